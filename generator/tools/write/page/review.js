// A file that is to become drafts: what it says on one side, the drafts on the other, and first what has to be asked.
import { ask, fetched, give, here, linkTo } from "./api.js";
import { bar, button, dialog, el, fileLink, quoted } from "./dom.js";
import { fieldOf } from "./fields.js";
import { t } from "./texts.js";

const READ = /\.(docx?|wps|rtf|odt|html?|mht|mhtml|md|txt)$/i;
const WORDS = { official: "an official", representative: "a representative", private: "a private person", none: "no name", yes: "yes", no: "no", each: "ask about each",
  above: "above it", below: "below it, as under a letter" };

const AGAIN = { replace: "replace it", yes: "write it beside that", no: "leave it out" };

export const isWritten = (file) => READ.test(file.name);
// Reads a file, and leads to its review; nobody is led away who has gone elsewhere meanwhile. Gives whether it did.
export const begin = async (file, isShown) => {
  const { id } = await give(`import?${new URLSearchParams({ name: file.name })}`, file), isHere = isShown();
  if (isHere) location.hash = linkTo(`import/${id}`);
  else await ask("DELETE", `import/${id}`);
  return isHere;
};
// `why` says why it cannot stand in a text as well.
export const wantsDrafts = (file, why = "") => dialog(file.name, (close) => [
  el("p", {}, t(why ? "Is it to become drafts? It cannot be an attachment:" : "Is it to become drafts, or to stand in the text as an attachment?"), why),
  bar(button(t("Make drafts of it"), () => close("drafts"), "main"), !why && button(t("As an attachment"), () => close("attachment")), button(t("Cancel"), () => close())),
]);

const question = (one, at, answer) => {
  const given = (value) => () => answer({ [one.id]: one.answer === value ? null : value });
  const choices = one.options.map((value) => {
    // A day is an answer to whether an entry begins here, too: it does, on that day.
    const isDay = one.kind === "cut" && /^\d/.test(value);
    const made = button(isDay ? t("yes, on {day}", { day: value }) : t((one.kind === "again" && AGAIN[value]) || (WORDS[value] ?? value)), given(value));
    made.id = `question-${at}-${value}`;
    made.setAttribute("aria-pressed", String(one.answer === value));
    return made;
  });
  const isFree = ["year", "date", "weekday"].includes(one.kind);
  const box = el("input", { id: `question-${at}`, type: one.kind === "year" ? "text" : "date", value: one.options.includes(one.answer) ? "" : one.answer,
    inputMode: "numeric", "aria-label": t("Another") });
  box.onchange = () => answer({ [one.id]: box.value || null });
  return el("li", { className: one.is_needed && !one.answer ? "open" : "" }, el("p", {}, el("strong", {}, one.text), " ",
    el("span", { className: "help" }, [one.where, one.quote || (one.source !== one.text && one.source)].filter(Boolean).join("：")),
    one.is_needed && !one.answer && el("span", { className: "needed" }, ` ${t("needed")}`)),
  el("div", { className: "bar", role: "group", "aria-label": one.text }, choices, isFree && box));
};

// A picture comes when it is looked at.
const pictures = new Map();
const picture = (id, src, alt) => {
  const made = el("img", { alt });
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    observer.disconnect();
    const key = `${id} ${src}`;
    if (!pictures.has(key)) pictures.set(key, fetched(`import/${id}/picture?${new URLSearchParams({ src })}`).catch(() => ""));
    pictures.get(key).then((address) => { if (address) made.src = address; else made.replaceWith(t("a picture that the file does not hold")); });
  }).observe(made);
  return made;
};

const pieceOf = (id, one, numbers, answer) => {
  const isStart = one.entry === one.at;
  const cut = button(t(isStart ? "No new entry here" : "A new entry here"), () => answer({ [`cut:${one.at}`]: isStart ? "no" : "yes" }), "small");
  cut.id = `cut-${one.at}`;
  return el("li", { className: `${one.entry === null ? "left" : ""} ${isStart ? "start" : ""}` },
    isStart && el("span", { className: "mark" }, t("Draft {n}", { n: numbers.get(one.at) })),
    one.entry === null && el("span", { className: "mark" }, t("left out")), one.entry === "lead" && el("span", { className: "mark" }, t("the lead")),
    el("p", {}, one.text), one.pictures.map((src) => picture(id, src, "")), cut);
};

const draftOf = (id, one, number, site, answer, isOpen) => {
  const title = el("input", { id: `title-${one.start}`, value: one.title, autocomplete: "off" });
  title.onchange = () => answer({ [`title:${one.start}`]: title.value.trim() || null });
  const date = site.forms.entry.find((field) => field.name === "date");
  const names = one.targets.map((target) => site.targets.find((known) => known.id === target)?.name ?? target);
  return el("fieldset", {}, el("legend", {}, t("Draft {n}", { n: number })),
    el("div", { className: "field" }, el("label", { htmlFor: title.id }, t("Title")), title),
    fieldOf({ ...date, help: one.evidence || one.source, at: `date-${one.start}` }, one.date || null, site, (given) => answer({ [`date:${one.start}`]: given.date })),
    el("p", { className: "help" }, [names.length && `${t("Service targets")}：${names.join("、")}`, one.weather, one.place].filter(Boolean).join(" · ")),
    el("details", { open: isOpen }, el("summary", {}, t("Text")), quoted(t("Text"), one.markdown.trim()),
      one.pictures.map((each) => el("figure", {}, picture(id, each.src, each.alt), el("figcaption", { className: "help" }, each.name))),
      one.gaps.length > 0 && el("p", { className: "problem" }, `${t("Pictures that are missing:")} ${one.gaps.join(" · ")}`)));
};

const written = (paths) => el("p", { className: "notice" }, t("{n} drafts were made:", { n: paths.length }), " ",
  paths.map((path) => [fileLink(path), " "]));

const side = (name, ...content) => el("section", { "aria-label": t(name) }, el("h2", {}, t(name)), content);
const leadOf = (lead) => lead.markdown.trim()
  && el("fieldset", {}, el("legend", {}, t("A page for the lead")), el("p", {}, lead.title), quoted(t("A page for the lead"), lead.markdown.trim()));
const leftOut = (all) => all.length > 0
  && el("details", {}, el("summary", {}, `${t("Left out")} ${all.length}`), el("ul", {}, all.map((one) => el("li", {}, `${one.kind}：${one.text}`))));

// `leave` shows the list again, with a line about what was done.
export const review = async (main, id, site, leave) => {
  let found = await ask("GET", `import/${id}`);
  let answers = Promise.resolve(), isPressed = false, isOld = false;
  const told = el("p", { className: "problem told", role: "alert" });
  const fail = (error) => { told.textContent = error.message; };
  const isShown = () => here() === `import/${id}`;
  const answer = (given) => {
    answers = answers.then(async () => {
      found = await ask("PATCH", `import/${id}`, { answers: given });
      told.textContent = "";
      isOld = true;
      showState();
      update();
    }).catch(fail);
  };
  const write = async () => {
    told.textContent = "";
    await answers;
    if (told.textContent) return;
    make.disabled = true;
    state.textContent = `${t("Working")}…`;
    try {
      const made = await ask("POST", `import/${id}/write`);
      if (isShown()) leave(written(made.written));
    } catch (error) {
      showState();
      fail(error);
    }
  };
  const forget = async () => { await ask("DELETE", `import/${id}`).catch(() => {}); if (isShown()) leave(); };

  const state = el("span", { role: "status" }), make = button(t("Make drafts of it"), write, "main"), notes = el("div", { className: "notes" }), editor = el("div", { className: "editor" });
  const showState = () => {
    const open = found.questions.filter((one) => !one.answer), needed = open.filter((one) => one.is_needed);
    make.disabled = found.problems.some((one) => one.is_error);
    state.className = `state ${needed.length ? "bad" : ""}`;
    if (needed.length) state.textContent = t("{n} questions have to be answered first.", { n: needed.length });
    else if (!open.length) state.textContent = t("All questions are answered.");
    else state.textContent = t(make.disabled ? "{n} questions are open." : "{n} questions are open; drafts can be written without their answers.", { n: open.length });
  };
  const show = () => {
    const focused = document.activeElement?.id, numbers = new Map(found.entries.map((one, at) => [one.start, at + 1]));
    notes.replaceChildren(
      el("ul", { className: "problems", hidden: !found.problems.length }, found.problems.map((one) => el("li", {}, one.message))),
      ...(found.questions.length ? [side("Questions", el("ul", { className: "questions" }, found.questions.map((one, at) => question(one, at, answer))))] : []),
      ...found.notes.map((one) => el("p", { className: "help" }, one)));
    editor.replaceChildren(
      side("What the file says", el("ol", { className: "pieces" }, found.pieces.map((one) => pieceOf(id, one, numbers, answer))), leftOut(found.left_out)),
      side("The drafts", el("div", { className: "rows" },
        found.entries.map((one, at) => draftOf(id, one, at + 1, site, answer, found.entries.length < 6)), leadOf(found.lead))));
    document.getElementById(focused)?.focus({ preventScroll: true });
    isOld = false;
  };
  // Nothing is made anew under somebody's hands: neither a box that is written in nor a button that is pressed.
  const update = () => {
    if (!isOld || isPressed || document.activeElement?.matches("main input")) return;
    const scrolled = scrollY;
    show();
    scrollTo(0, scrolled);
  };
  main.replaceChildren(el("div", { className: "top" }, el("h1", {}, found.file), state, button(t("Leave it"), forget), make, told), notes, editor);
  editor.parentElement.onpointerdown = () => { isPressed = true; };
  editor.parentElement.onpointerup = editor.parentElement.onpointercancel = () => { isPressed = false; setTimeout(update); };
  for (const room of [notes, editor]) room.addEventListener("focusout", () => setTimeout(update));
  showState();
  show();
};
