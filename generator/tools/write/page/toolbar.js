// Buttons over the text: each writes Markdown at the cursor, so that the browser's undo takes it back.
import { ask, give, here } from "./api.js";
import { asked, button, el, fileLink, select } from "./dom.js";
import { Place } from "./place.js";
import { begin, isWritten, wantsDrafts } from "./review.js";
import { t } from "./texts.js";

// A window of one box; gives what `done` makes of what was written or chosen, null where it was left.
const askedFor = (title, box, help = "", shown = [], done = (text) => text) => asked(title,
  [shown, el("div", { className: "field" }, el("label", { htmlFor: box.id }, title), box, el("p", { className: "help" }, help))], "Insert", () => done(box.value.trim()));

// Shows a picture, and stores it once its caption is confirmed; null for one that is not wanted after all.
const captioned = async (file, store) => {
  const src = URL.createObjectURL(file);
  const stored = await askedFor(t("Caption of the picture"), el("input", { id: "caption", autocomplete: "off" }),
    t("Who and what is to be seen, where and when"), el("figure", {}, el("img", { src, alt: file.name })), store);
  URL.revokeObjectURL(src);
  return stored;
};

// What a file is, by its beginning: what is refused is refused before anybody decides or writes anything about it.
const BEGINNING = 1 << 16;
const looked = (file) => give(`upload/look?${new URLSearchParams({ name: file.name || "picture", size: file.size })}`, file.slice(0, BEGINNING));

// A caption stands between brackets: what would end it there is written as itself.
const escaped = (text) => text.replace(/[\\[\]`*_<]/g, "\\$&").replace(/\s+/g, " ");
const SOON = 100;
// Characters of what is chosen that may be a name, which a role takes the place of.
const LONGEST_NAME = 20;
const quoted = (text) => text.replace(/[\\"]/g, "\\$&").trim();

export const toolbar = (area, { path, site }) => {
  let isComposing = false;
  area.addEventListener("compositionstart", () => { isComposing = true; });
  area.addEventListener("compositionend", () => { isComposing = false; });

  // Whether the file is the one that is shown: nobody who has gone elsewhere is asked about its pictures, or led away.
  const isShown = () => area.isConnected && here() === path;
  // A word that an input method makes is not broken into. A box that has gone makes none, and does not say so.
  const composed = async () => {
    while (isComposing && area.isConnected) await new Promise((done) => { setTimeout(done, SOON); });
    isComposing = false;
  };
  const insert = (text, place = new Place(area)) => { if (!isComposing) place.put(text); };
  const chosen = () => area.value.slice(area.selectionStart, area.selectionEnd);
  // A block stands alone: an empty line before and after it.
  const block = (text, place = new Place(area)) => {
    place.moved();
    const before = area.value.slice(0, place.first), after = area.value.slice(place.last);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${text}${after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"}`, place);
  };
  // What is chosen stays, and something comes behind it.
  const behind = () => {
    const place = new Place(area);
    place.first = place.last;
    return place;
  };
  const bold = () => {
    const words = chosen(), at = area.selectionStart;
    insert(`**${words || t("bold")}**`);
    if (!words) area.setSelectionRange(at + 2, area.selectionEnd - 2);
  };
  // It stands until the next thing is put in, or it is put away.
  const tell = (...texts) => {
    const said = texts.filter(Boolean).flatMap((one) => [one, " "]);
    told.className = "problem";
    told.replaceChildren(...said, ...(said.length ? [button(t("Close"), () => tell(), "small")] : []));
    if (said.length) told.scrollIntoView({ block: "nearest" });
  };

  // Files come to stand where the caret was when they were chosen, in their order.
  const put = async (files) => {
    const failed = [], place = behind().keep();
    for (const file of files) {
      try {
        const { is_picture: isPicture, refused } = await looked(file).catch((error) => ({ refused: error }));
        if (refused && !(refused.status && isWritten(file))) throw refused;
        const wish = isShown() && isWritten(file) ? await wantsDrafts(file, refused?.message) : "attachment";
        if (!isShown()) break;
        if (!wish) continue;
        if (!isPicture) tell(t("Storing"), file.name);
        if (wish === "drafts") { await begin(file, isShown); break; }
        const store = async (caption = "") => ({ caption, ...await give(`upload?${new URLSearchParams({ path, name: file.name || "picture" })}`, file) });
        const stored = await (isPicture ? captioned(file, store) : store());
        tell();
        await composed();
        if (!stored) continue;
        const { caption, markdown } = stored;
        if (!markdown.startsWith("!")) { insert(markdown, place); continue; }
        // Who cannot see the picture hears the caption, too.
        block(caption ? markdown.replace("[]", () => `[${escaped(caption)}]`).replace(/\)$/, () => ` "${quoted(caption)}")`) : markdown, place);
        if (!caption) failed.push(`${file.name} ${t("has no caption yet: write it between the brackets.")}`);
      } catch (error) { failed.push(`${file.name}：${error.message}`); }
    }
    place.leave();
    tell(...failed);
  };
  const paste = async (html, plain) => {
    const local = /\bsrc\s*=\s*["']?file:/i.test(html)
      && t("The browser may not read the pictures of Word: save them as files and put them in with the button for pictures.");
    const place = new Place(area).keep();
    const answer = await ask("POST", "paste", { html }).catch(() => null);
    await composed();
    insert(answer?.markdown ?? plain, place);
    place.leave();
    const { left_out: left = [], gaps = [] } = answer ?? {};
    if (!answer) tell(t("Only the plain text was pasted."), local);
    else tell(left.length && `${t("Left out:")} ${left.map((one) => `${one.kind}: ${one.text}`).join(" · ")}`, gaps.length && `${t("Pictures that are missing:")} ${gaps.join(" · ")}`, local);
  };
  area.addEventListener("paste", (event) => {
    const { files } = event.clipboardData, html = event.clipboardData.getData("text/html"), plain = event.clipboardData.getData("text/plain");
    tell();
    // Word and WPS give a picture of the text beside the text: the text counts.
    if (files.length && !plain.trim()) { event.preventDefault(); put([...files]); }
    else if (/<(?:img|table|[bi]|strong|em|h[1-6]|[uo]l|a|p|su[bp])\b/i.test(html)) { event.preventDefault(); paste(html, plain); }
  });
  area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    put([...event.dataTransfer.files]);
  });
  area.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "b" && !event.isComposing) { event.preventDefault(); bold(); }
  });

  const picker = el("input", { type: "file", multiple: true, hidden: true, "aria-label": t("Picture") });
  picker.onchange = async () => { await put([...picker.files]); picker.value = ""; };
  const pick = async (title, all, written, none) => {
    if (!all.length) { tell(...none); told.className = "help"; return; }
    const place = (chosen().length > LONGEST_NAME || chosen().includes("\n") ? behind() : new Place(area)).keep(), id = await askedFor(title, select("chosen", all));
    if (id) insert(written(id), place);
    place.leave();
  };
  const person = () => pick(t("Person"), site.persons.map((one) => [one.id, one.shown || one.name]), (id) => `{person}\`${id}\``,
    [t("Nobody is registered yet. Add them here, then come back:"), fileLink("content/people.yaml")]);
  const target = () => pick(t("Service target"), site.targets.map((one) => [one.id, one.name]), (id) => `{target}\`${id}\``,
    [t("There is none yet. Make one with “New target” in an entry, or in the list under “Service targets”.")]);
  const request = () => pick(t("Request"), site.requests.map((one) => [one.id, one.title || one.id]), (id) => `{request}\`${id}\``,
    [t("There is none yet. An entry raises one with “New request”, below its text.")]);
  const footnote = () => {
    let n = 1;
    while (area.value.includes(`[^${n}]`)) n += 1;
    const at = area.selectionEnd;
    area.setSelectionRange(at, at);
    insert(`[^${n}]`);
    area.setSelectionRange(area.value.length, area.value.length);
    insert(`${area.value.endsWith("\n") ? "\n" : "\n\n"}[^${n}]: `);
  };
  const buttons = [
    ["Heading", () => block(`## ${chosen() || t("Heading")}`)], ["Bold", bold],
    ["List", () => block((chosen() || t("Item")).split("\n").map((line) => `- ${line}`).join("\n"))],
    ["Table", () => block(`| ${t("Column")} 1 | ${t("Column")} 2 |\n|---|---|\n|  |  |`, behind())], ["Picture", () => picker.click()],
    ["Service target", target], ["Request", request], ["Person", person], ["Footnote", footnote],
  ];
  const told = el("p", { className: "problem", role: "status" });
  return el("div", {}, el("div", { className: "tools", role: "group", "aria-label": t("Write into the text") },
    buttons.map(([name, onclick]) => button(t(name), () => { tell(); onclick(); })), picker), told);
};
