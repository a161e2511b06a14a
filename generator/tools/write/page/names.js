// Boxes with names by which other files know something: they are not cut off from it unawares.
import { ask, here } from "./api.js";
import { bar, button } from "./dom.js";
import { t } from "./texts.js";
import { whenTyped } from "./typing.js";

// The fields whose rows are used elsewhere.
export const USED = ["people", "counters", "kinds", "requests"];
const RETRY = 3000;

// What of a file, of a row of one of its fields, or of what has a name there, is used elsewhere.
export const usersOf = (path, part = {}) => ask("GET", `uses?${new URLSearchParams({ path, ...part })}`);

// A name that is used elsewhere is not written before somebody has decided: it gets its new name everywhere, or keeps the old
// one. `make` makes the box and is given what is called when it changes. `field` is where the names are given, `known` gives
// those that the file has, `written` writes others, `isTaken` tells whether something else has a name; as one types where
// `isLive`. Whoever has the file open is asked by an event, "rename", to write a name everywhere.
export const guarded = (make, field, { known, written, isTaken = () => false, isLive = false, isUsed = true, changed = () => {} }) => {
  const node = make(() => {}), box = node.querySelector("input, textarea"), choices = bar();
  // A value that no box can hold can only be taken off.
  if (!box) return make(changed);
  const numbers = new Map();
  let turn = 0, told = "";
  const numberOf = async (name) => {
    if (isUsed && !numbers.has(name)) numbers.set(name, (await usersOf(here(), { field, id: name })).length);
    return numbers.get(name) ?? 0;
  };
  // A button that is pressed, for which the box loses the caret, must not be another one by then.
  const tell = (why, ...buttons) => {
    const now = [why, ...buttons.map((one) => one.textContent)].join(" ");
    if (now === told) return;
    told = now;
    box.setCustomValidity(why);
    choices.replaceChildren(...buttons);
    box.dispatchEvent(new Event("held", { bubbles: true }));
  };
  const keep = () => {
    turn += 1;
    box.value = known().join("\n");
    tell("");
    box.focus();
  };
  const everywhere = (id, to, names) => () => box.dispatchEvent(new CustomEvent("rename", { bubbles: true, detail: { field, id, to, done: () => {
    written(names);
    numbers.clear();
    tell("");
    box.focus();
  } } }));
  const decide = async (isWritten) => {
    turn += 1;
    const own = turn, names = box.value.split("\n").map((one) => one.trim()).filter(Boolean);
    const lost = known().filter((one) => !names.includes(one)), fresh = names.filter((one) => !known().includes(one));
    const taken = fresh.find(isTaken), keeping = (name) => button(t("Keep “{name}”", { name }), keep);
    if (taken) { tell(t("“{name}” is there already: choose another name.", { name: taken }), ...known().slice(0, 1).map(keeping)); return; }
    let name = null, n = 0;
    try {
      for (name of lost) {
        n = await numberOf(name);
        if (n) break;
      }
    } catch (error) {
      if (own !== turn) return;
      tell([error.message, t("It is tried again by itself.")].join(" "), keeping(name));
      setTimeout(() => { if (own === turn && box.isConnected) decide(isWritten); }, RETRY);
      return;
    }
    // Something else was typed meanwhile, and is decided about.
    if (own !== turn) return;
    if (!n) { tell(""); if (isWritten && names.join("\n") !== known().join("\n")) written(names); } else if (!fresh.length) tell(t("{n} texts use “{name}”.", { n, name }), keeping(name));
    else tell(t("{n} texts use “{name}”, and would not find it under another name.", { n, name }),
      ...(lost.length === 1 && fresh.length === 1 ? [button(t("Write “{name}” there, too", { name: fresh[0] }), everywhere(name, fresh[0], names))] : []), keeping(name));
  };
  box.addEventListener("focus", () => numbers.clear());
  whenTyped(box, () => decide(isLive));
  box.addEventListener("change", () => decide(true));
  choices.classList.add("choices");
  node.append(choices);
  return node;
};
