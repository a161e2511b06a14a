// One file to write in: its form, its text, and its page beside it.
import { ask, fileAt } from "./api.js";
import { deletedNotice, earlierState, remove, wantsDeletion, whichCounts } from "./dialogs.js";
import { button, el, say } from "./dom.js";
import { fieldOf } from "./fields.js";
import { build } from "./press.js";
import { preview } from "./preview.js";
import { firstProblem, showProblems } from "./problems.js";
import { Saver } from "./saving.js";
import { t } from "./texts.js";
import { toolbar } from "./toolbar.js";

// Which fields stand above the text and which below it; all others are behind “More”.
const ABOVE = {
  entry: "title date part place weather targets tags", target: "name kind short_name place summary",
  policy: "title number issuer level date topic", page: "title summary", people: "people", settings: "title description organization base_url kinds counters",
};
const BELOW = { entry: "requests counts policies cover summary", target: "aliases parent", policy: "files" };
const named = (fields, names = "") => names.split(" ").map((name) => fields.find((one) => one.name === name)).filter(Boolean);
const DRAFTS = ["draft", "review", "草稿", "待审"];
const STATES = { saved: "saved", saving: "saving", unsaved: "Not saved; kept in this browser, and tried again.", conflict: "Not saved: the file was changed elsewhere." };

const sections = (fields, kind, nodeOf) => {
  const above = named(fields, ABOVE[kind]), below = named(fields, BELOW[kind]);
  const rest = fields.filter((one) => !above.includes(one) && !below.includes(one));
  return [el("div", { className: "fields" }, above.map(nodeOf)), el("div", { className: "fields" }, below.map(nodeOf)),
    rest.length > 0 && el("details", {}, el("summary", {}, t("More")), el("div", { className: "fields" }, rest.map(nodeOf)))];
};

// Gives what ends it: saves, and lets go of the page. `leave` shows another place; `reopen` this file again.
export const write = async (main, path, site, { leave, reopen, problemsOf, onBuilt }) => {
  const file = await ask("GET", fileAt(path));
  const state = el("span", { role: "status", className: "state" }), mark = el("span", { className: "mark" });
  const decide = button(t("Decide"), () => told(settle)(), "main"), publish = button(t("Publish"), () => publishIt(), "main");
  const toDraft = button(t("Back to draft"), () => { saver.change({ fields: { status: "draft" } }); file.fields.status = "draft"; showState(); });
  const toBuild = button(t("Build the site"), build, "main");
  const problems = el("ul", { className: "problems", hidden: true }), view = preview();
  toBuild.hidden = true;
  const title = el("h1", {}, file.fields.title ?? file.fields.name ?? t(file.kind));
  let own = file.problems, textLine = file.text_line;
  const show = () => showProblems([...own, ...problemsOf(path)], path, problems, textLine);
  const showState = () => {
    const isDraft = DRAFTS.includes(file.fields.status), hasDrafts = ["entry", "page"].includes(file.kind);
    Object.assign(mark, { hidden: !hasDrafts, textContent: t(isDraft ? "draft" : "published") });
    Object.assign(publish, { hidden: !hasDrafts || !isDraft });
    Object.assign(toDraft, { hidden: !hasDrafts || isDraft });
  };
  const labelOf = (name) => fields.find((one) => one.name === name)?.label ?? name;
  const settle = async () => {
    const choice = await whichCounts(saver.pending, saver.found, labelOf);
    if (!choice) return;
    main.inert = true;
    if (saver.found.version) await saver.resume(choice === "mine");
    else if (choice === "mine") return again();
    else { saver.forget(); return leave(); }
    return reopen();
  };
  const again = async () => {
    const made = await ask("POST", "file", { kind: file.kind, fields: { ...file.fields, ...saver.pending.fields }, text: saver.pending.text ?? text.value });
    saver.forget();
    return leave(null, made.path);
  };
  const saver = new Saver(file, site.id, {
    tell: (name, why) => {
      state.textContent = [t(STATES[name]), name === "unsaved" && why].filter(Boolean).join(" ");
      state.classList.toggle("bad", ["unsaved", "conflict"].includes(name));
      decide.hidden = name !== "conflict";
    },
    onSaved: (answer) => { ({ problems: own, text_line: textLine } = answer); show(); view.look(answer.url); },
    onConflict: () => told(settle)(),
  });
  saver.tell("saved");
  const wasKept = saver.restore(file);
  const changed = (given) => {
    Object.assign(file.fields, given);
    title.textContent = file.fields.title || file.fields.name || t(file.kind);
    saver.change({ fields: given });
  };
  const publishIt = async () => {
    try {
      if (!await saver.save()) return;
      const answer = await ask("POST", "publish", { path, version: saver.version });
      saver.version = answer.version;
      delete file.fields.status;
      own = [...answer.problems, ...answer.warnings].filter((one) => one.path === path);
      showState();
      show();
      toBuild.hidden = false;
      state.textContent = t("Published: it goes out when the site is built next.");
    } catch (error) {
      if (error.status === 409) { saver.changedMeanwhile(error.answer); return; }
      own = error.answer?.problems?.filter((one) => one.is_error || one.path === path) ?? [{ message: error.message || t("The program does not answer.") }];
      showProblems(own, path, problems, textLine);
      state.textContent = t("Not published yet: mend what is marked first.");
      firstProblem(problems);
    }
  };
  const history = async () => {
    await saver.save();
    const chosen = await earlierState(path);
    if (!chosen) return;
    main.inert = true;
    await ask("POST", "history", { path, version: saver.version, state: chosen });
    reopen();
  };
  const deletion = async () => {
    await saver.save();
    if (!await wantsDeletion(title.textContent)) return;
    const { undo } = await remove(path, saver.version);
    saver.forget();
    leave(deletedNotice(title.textContent, undo));
  };
  const told = (work) => () => work().catch((error) => { main.inert = false; own = [{ message: error.message || t("The program does not answer.") }]; show(); });

  const hasText = !["settings", "people"].includes(file.kind);
  const text = el("textarea", { id: "text", rows: 18, value: file.text ?? "" });
  const typed = () => saver.change({ text: text.value });
  text.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  text.addEventListener("compositionend", typed);
  const fields = (site.forms[file.kind] ?? []).filter((one) => one.name !== "status");
  const [above, below, rest] = sections(fields, file.kind, (one) => fieldOf(one, file.fields[one.name], site, changed));
  text.setAttribute("aria-describedby", "text-problem");
  const body = hasText && el("div", { className: "field" }, el("label", { htmlFor: "text" }, t("Text")), toolbar(text, { path, site }), text,
    el("p", { id: "text-problem", className: "problem" }));
  const desk = el("div", { className: "desk" }, el("div", { className: "form" }, problems, above, body, below, rest,
    el("div", { className: "bar end" }, button(t("Earlier states"), told(history)), hasText && button(t("Delete"), told(deletion)))), hasText && view.node);
  desk.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    saver.save();
  });
  const turn = (which) => { desk.dataset.shown = which; for (const one of switches) one.setAttribute("aria-pressed", String(one.value === which)); };
  const switches = ["Write", "Preview"].map((name) => el("button", { type: "button", value: name, onclick: () => turn(name) }, t(name)));
  turn("Write");
  main.replaceChildren(el("div", { className: "top" }, el("a", { href: "#" }, t("Back to the list")), title, mark, state, decide,
    hasText && el("span", { className: "switch", role: "group", "aria-label": t("Show") }, switches), toDraft, publish, toBuild), desk);
  showState();
  show();
  if (hasText) view.look(file.url);
  if (wasKept) say(t("What you typed before was kept."));
  onBuilt(async (isBuilt) => {
    show();
    if (hasText) view.look(undefined, isBuilt);
    // Changed elsewhere, while nobody writes here: the form shows what is there now.
    if (!saver.isEmpty || main.contains(document.activeElement)) return;
    const now = await ask("GET", fileAt(path)).catch(() => null);
    if (now && saver.isEmpty && now.version !== saver.version && !main.contains(document.activeElement)) reopen();
  });
  return () => saver.close();
};
