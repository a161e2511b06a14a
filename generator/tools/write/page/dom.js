// Elements, made of values only: nothing that a person wrote is ever read as HTML.
import { linkTo } from "./api.js";
import { t } from "./texts.js";

export const el = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((one) => one || one === 0));
  return made;
};
// Whoever presses it twice, or while it still works, means it once: after the first time, something else may stand there.
export const button = (text, onpress, className = "") => {
  let isAtWork = false;
  const onclick = async (event) => {
    if (isAtWork || event.detail > 1) return;
    isAtWork = true;
    try { await onpress(event); } finally { isAtWork = false; }
  };
  return el("button", { type: "button", onclick, className }, text);
};
export const bar = (...buttons) => el("div", { className: "bar" }, buttons);
export const select = (id, all) => el("select", { id }, all.map(([value, text]) => el("option", { value }, text)));
// The two files of which there is one each are called as in the head of the page.
const SINGLE = { "content/people.yaml": "People", "content/site.yaml": "Settings" };
export const fileLink = (path, titles = {}) => el("a", { href: linkTo(path) }, SINGLE[path] ? t(SINGLE[path]) : titles[path] || path.split("/").pop());
// The days that a box for one takes.
export const DAYS = { type: "date", min: "1900-01-01", max: `${new Date().getFullYear() + 10}-12-31` };
export const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
};

// Empty where what stands in a box can be written into a file.
export const wrongOf = (box) => {
  const { badInput, rangeUnderflow, rangeOverflow, stepMismatch, customError } = box.validity;
  if (customError) return box.validationMessage;
  if (box.type === "number" && rangeOverflow) return t("This number is too large: it may have nine digits.");
  if (box.type === "number") return badInput || rangeUnderflow || stepMismatch ? t("Write a whole number, 0 or more.") : "";
  if (box.type !== "date") return "";
  if (badInput) return t("The day is not complete, or there is none such.");
  const isFar = box.value && (box.value.length > 10 || box.value < DAYS.min || box.value > DAYS.max);
  return isFar ? t("The year must be from {first} to {last}.", { first: DAYS.min.slice(0, 4), last: DAYS.max.slice(0, 4) }) : "";
};

// It may be longer than its room, so a keyboard can scroll it.
export const quoted = (name, text) => el("pre", { tabIndex: 0, role: "group", "aria-label": name }, text);

export const say = (text) => { document.getElementById("said").textContent = text; };

// `fill` gets a function that closes the window, and makes what is in it; the promise gives what it was closed with, null where
// it was only left. What is asked of one page is not asked over another, so it closes with the page. Browsers bring back the
// box in which somebody wrote, but not the caret; it is there before the next key, so not with their late event of the closing.
export const dialog = (title, fill) => new Promise((done) => {
  const from = document.activeElement, [first, last] = [from?.selectionStart, from?.selectionEnd];
  const window = el("dialog", { "aria-label": title });
  const close = (value = null) => {
    removeEventListener("hashchange", left);
    window.close();
    window.remove();
    if (Number.isInteger(first) && document.activeElement === from) from.setSelectionRange(first, last);
    done(value);
  };
  const left = () => close();
  addEventListener("hashchange", left);
  window.oncancel = (event) => {
    if (event.target !== window) return;
    event.preventDefault();
    close();
  };
  window.append(el("h2", {}, title), ...fill(close));
  document.body.append(window);
  window.showModal();
});

// The window stays where `done` gives nothing, or fails: what was filled in is not lost.
export const asked = (title, boxes, name, done, away = "Cancel") => dialog(title, (close) => {
  const told = el("p", { className: "problem", role: "alert" });
  const onsubmit = async (event) => {
    event.preventDefault();
    const { submitter, target } = event;
    told.textContent = [...target.querySelectorAll("input")].map(wrongOf).find(Boolean) ?? "";
    if (told.textContent) return;
    submitter.disabled = true;
    submitter.textContent = `${t("Working")}…`;
    try {
      const given = await done(target);
      if (given !== undefined) close(given);
    } catch (error) { told.textContent = error.message; }
    submitter.textContent = t(name);
    submitter.disabled = false;
  };
  return [el("form", { onsubmit, noValidate: true }, boxes, told, bar(el("button", { className: "main" }, t(name)), button(t(away), () => close())))];
});
