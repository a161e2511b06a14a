// A box with the name by which other files know something: they are not cut off from it unawares.
import { ask, here } from "./api.js";
import { bar, button } from "./dom.js";
import { whenTyped } from "./typing.js";
import { t } from "./texts.js";

// What of a file, or of a row of one of its fields, is used elsewhere.
export const usersOf = (path, row = {}) => ask("GET", `uses?${new URLSearchParams({ path, ...row })}`);

// A name that is used elsewhere is not written before somebody has decided: it gets its new name everywhere, or keeps the old
// one. `field` is where it is written down, `known` gives the name that the file has, `written` writes another one, `isTaken`
// tells whether another row has a name; as one types where `isLive`. Whoever has the file open is asked by an event, "rename",
// to write it everywhere.
export const guarded = (node, field, { known, written, isTaken = () => false, isLive = false }) => {
  const box = node.querySelector("input"), choices = bar();
  // A value that no box can hold is shown as it is.
  if (!box) return node;
  let users = null, told = "";
  const look = () => { users = known() ? usersOf(here(), { field, id: known() }).catch(() => []) : Promise.resolve([]); };
  // What is told already stays: a button that is pressed, for which the box loses the caret, must not be another one by then.
  const tell = (why, ...buttons) => {
    const now = [why, ...buttons.map((one) => one.textContent)].join(" ");
    if (now === told) return;
    told = now;
    box.setCustomValidity(why);
    choices.replaceChildren(...buttons);
    box.dispatchEvent(new Event("held", { bubbles: true }));
  };
  const keep = () => { box.value = known(); tell(""); box.focus(); };
  const everywhere = (to) => () => box.dispatchEvent(new CustomEvent("rename", { bubbles: true, detail: { field, id: known(), to, done: () => {
    written(to);
    look();
    tell("");
    box.focus();
  } } }));
  const decide = async (isWritten) => {
    if (!users) look();
    const { length: n } = await users, wanted = box.value.trim(), name = known();
    const keeping = button(t("Keep “{name}”", { name }), keep);
    if (wanted === name) tell("");
    else if (isTaken(wanted)) tell(t("“{name}” is there already: choose another name.", { name: wanted }));
    else if (n && !wanted) tell(t("{n} texts use “{name}”.", { n, name }), keeping);
    else if (n) tell(t("{n} texts use “{name}”, and would not find it under another name.", { n, name }), button(t("Write “{name}” there, too", { name: wanted }), everywhere(wanted)), keeping);
    else { tell(""); if (isWritten) written(wanted); }
  };
  box.addEventListener("focus", look);
  whenTyped(box, () => decide(isLive));
  box.addEventListener("change", () => decide(true));
  choices.classList.add("choices");
  node.append(choices);
  return node;
};
