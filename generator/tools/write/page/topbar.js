// What stands over a file: its title, whether it is a draft, whether it is saved, and what can be done with it.
import { button, el } from "./dom.js";
import { t } from "./texts.js";

const DRAFTS = ["draft", "review", "草稿", "待审"];
const STATES = {
  saved: "saved", saving: "saving", unsaved: "Not saved; kept in this browser, and tried again.", conflict: "Not saved: the file was changed elsewhere.",
  gone: "The file was deleted or renamed elsewhere.", overtaken: "The file was changed elsewhere, and is shown as it is now.", named: "The file is named by its title already.",
  checking: "The whole site is being checked", working: "Working",
  held: "Not saved: mend what is marked first.", final: "Final: it goes out when the site is built next.", refused: "Not final yet: mend what is marked first.",
};

// Of a file that cannot be read, nobody knows whether it is a draft.
export const topBar = (kind, can, isReadable = true) => {
  const title = el("h1"), mark = el("span", { className: "mark" }), state = el("span", { role: "status", className: "state" });
  const publish = button(t("Make it final"), can.publish, "main"), unpublish = button(t("Back to draft"), can.unpublish);
  const build = button(t("Build the site"), can.build, "main"), decide = button(t("Decide"), can.decide, "main");
  const hasDrafts = isReadable && ["entry", "page"].includes(kind);
  const switches = ["Write", "Preview"].map((name) => el("button", { type: "button", value: name, onclick: () => turn(name) }, t(name)));
  const turn = (which) => {
    for (const one of switches) one.setAttribute("aria-pressed", String(one.value === which));
    can.turn(which);
  };
  const show = (fields) => {
    const isDraft = DRAFTS.includes(fields.status), focused = document.activeElement;
    title.textContent = fields.title || fields.name || t(kind);
    Object.assign(mark, { hidden: !hasDrafts, textContent: t(isDraft ? "draft" : "final") });
    publish.hidden = !hasDrafts || !isDraft;
    unpublish.hidden = !hasDrafts || isDraft;
    build.hidden = hasDrafts && isDraft;
    // A button that is gone would leave the keyboard nowhere: what comes next is focused.
    if ([publish, unpublish, build].includes(focused) && focused.hidden) [build, publish].find((one) => !one.hidden)?.focus();
  };
  // Saving goes on while something else is done: what it tells would hide that, so it waits. `why` is what the server says.
  let doing = "", last = ["saved"];
  const tell = (name, why = "") => {
    if (doing && ["saved", "saving"].includes(name)) { last = [name]; return; }
    last = [name, why];
    state.textContent = [t(STATES[name]), why].filter(Boolean).join(" ");
    state.classList.toggle("bad", ["unsaved", "conflict", "gone", "overtaken", "held", "refused"].includes(name));
    decide.hidden = name !== "conflict";
  };
  // Gives null where other work is not done yet. A button that was disabled would lose the focus, so they only look so.
  const during = async (name, work) => {
    if (doing) return null;
    const buttons = [publish, unpublish, build];
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    doing = name;
    state.textContent = `${t(STATES[name])}…`;
    try { return await work(); } finally {
      doing = "";
      for (const one of buttons) one.removeAttribute("aria-disabled");
      tell(...last);
    }
  };
  const node = el("div", { className: "top" }, el("a", { href: "#" }, t("Back to the list")), title, mark, state, decide,
    el("span", { className: "switch", role: "group", "aria-label": t("Show"), hidden: !can.turn }, switches), unpublish, publish, build);
  if (can.turn) turn("Write");
  tell("saved");
  return { node, show, tell, during, name: () => title.textContent };
};
