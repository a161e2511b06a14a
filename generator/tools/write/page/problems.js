// Problems beside the fields that they are about, the others above the form.
import { button, el, fileLink, wrongOf } from "./dom.js";
import { t } from "./texts.js";

export const words = (problem) => [problem.message, problem.hint].filter(Boolean).join("\n");

// The files with errors; and what tells of those that keep the preview from being made anew, or are left out of it.
export const wrongPaths = (site) => Object.entries(site.problems).filter(([, found]) => found.some((one) => one.is_error)).map(([path]) => path);
export const standsStill = (site) => {
  const paths = wrongPaths(site).filter((path) => !site.left_out.includes(path));
  return paths.length ? [t("The preview stands still until this is mended:"), " ", ...paths.flatMap((path) => [fileLink(path, site.titles), " "])] : [];
};
const MOST = 5;
export const leftOut = (site) => {
  const shown = site.left_out.slice(0, MOST), n = site.left_out.length - MOST;
  return shown.length ? [t("The preview leaves out what is wrong in drafts until it is mended:"), " ", ...shown.flatMap((path) => [fileLink(path, site.titles), " "]),
    n > 0 && t("{n} more.", { n })].filter(Boolean) : [];
};

const within = (room, id) => room.querySelector(`#${CSS.escape(id)}`);

// The line under the box in a room that a problem is about: that of an inner field, else of the field around it.
const placeOf = (problem, room) => {
  for (let place = problem.place ?? []; place.length; place = place.slice(0, -1)) {
    const found = within(room, `field-${place.join("-")}-problem`);
    if (found) return found;
  }
  return problem.line && !problem.place ? within(room, "text-problem") : null;
};

// Leads to a line of the text.
const toLine = (number, box) => button(t("Line {n}", { n: number }), () => {
  const lines = box.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
}, "small");

// A group of boxes cannot be invalid in the eyes of a screen reader; a box can.
const mark = (line, isWrong) => {
  const box = within(line.parentElement, line.id.replace(/-problem$/, ""));
  const name = box?.tagName === "DIV" ? "data-invalid" : "aria-invalid";
  if (isWrong) box?.setAttribute(name, "true");
  else box?.removeAttribute(name);
};

// Whether the box of a line has to be filled, and is empty: what is wrong is said in two words then, whatever the file lacks.
const boxOf = (line) => line.parentElement.querySelector("input, select, textarea");
const isMissing = (line) => line.matches("[data-required] > .problem") && boxOf(line)?.value.trim() === "";

// Asks for what has to be filled in a room and is empty; gives whether anything is.
export const asksToFill = (room) => {
  const lines = [...room.querySelectorAll("[data-required] > .problem")], missing = lines.filter(isMissing);
  for (const line of lines) {
    line.replaceChildren(missing.includes(line) ? t("Please fill this in") : "");
    mark(line, missing.includes(line));
  }
  if (missing.length) boxOf(missing[0]).focus();
  return missing.length > 0;
};

// `above` is the room for what has no box in the form: what is wrong, and folded what should be looked at. A window over the
// form, and the form behind a window, keep what was said in them.
export const showProblems = (problems, path, above, textLine = 1, renaming = () => null) => {
  const all = above.closest(".editor, dialog") ?? above;
  for (const line of all.querySelectorAll(".field > .problem:not(:empty)")) {
    line.replaceChildren();
    mark(line, false);
  }
  const unplaced = [];
  for (const one of new Map(problems.map((each) => [words(each), each])).values()) {
    const line = !one.path || one.path === path ? placeOf(one, all) : null;
    if (!line) { unplaced.push(one); continue; }
    // What was missing when the file was read stands there by now.
    if (one.is_missing && line.matches("[data-required] > .problem") && !isMissing(line)) continue;
    const isInText = line.id === "text-problem" && one.line >= textLine;
    line.append(el("span", { className: one.is_error === false ? "reminder" : "" }, isInText && [toLine(one.line - textLine + 1, within(all, "text")), " "], isMissing(line) ? t("Please fill this in") : words(one)));
    if (one.is_error !== false) mark(line, true);
    if (one.is_error !== false) for (let room = line.closest("details"); room; room = room.parentElement.closest("details")) room.open = true;
  }
  const list = (found, className) => found.length > 0 && el("ul", { className }, found.map((one) => el("li", {},
    one.path && one.path !== path && [fileLink(one.path), " "], words(one),
    one.is_file_name && one.path === path && [" ", renaming()])));
  const [errors, reminders] = [true, false].map((isError) => unplaced.filter((one) => (one.is_error !== false) === isError));
  const isOpen = Boolean(above.querySelector(":scope > details")?.open);
  above.replaceChildren(...[list(errors, "problems"), reminders.length > 0 && el("details", { open: isOpen },
    el("summary", {}, t("{n} reminders", { n: reminders.length })), list(reminders, "reminders"))].filter(Boolean));
  above.hidden = !unplaced.length;
};

// Leads to what has to be mended first: to what is told above the form, if anything is.
export const firstProblem = (above = null) => {
  if (above) above.tabIndex = -1;
  const found = above && !above.hidden ? above : document.querySelector("[aria-invalid], [data-invalid]");
  (found?.dataset.invalid ? found.querySelector("[aria-invalid]") ?? found.querySelector("input, select, textarea, button") : found)?.focus();
};

// Boxes in a room whose value cannot be written into a file, so that the file keeps another: said beside each until it is mended.
// `onChange` is called where one comes or goes.
export const heldBoxes = (room, onChange) => {
  const held = new Map();
  const look = ({ target: box }) => {
    const why = box.matches("input, textarea") ? wrongOf(box) : "";
    if (why === (held.get(box) ?? "")) return;
    if (why) {
      held.set(box, why);
      box.setAttribute("aria-invalid", "true");
    } else {
      held.delete(box);
      box.removeAttribute("aria-invalid");
    }
    onChange();
    if (why) lineOf(box)?.scrollIntoView({ block: "nearest" });
  };
  for (const event of ["input", "change", "focusout", "held"]) room.addEventListener(event, look);
  const here = () => [...held].filter(([box]) => box.isConnected);
  const lineOf = (box) => box.closest(".field").querySelector(":scope > .problem");
  const show = () => here().forEach(([box, why]) => {
    const line = lineOf(box);
    line.replaceChildren(el("span", {}, why));
    mark(line, true);
  });
  return { show, isEmpty: () => !here().length };
};
