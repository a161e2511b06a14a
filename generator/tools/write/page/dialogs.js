// Windows in which something is decided about a file: what counts after a change elsewhere, an earlier state, its end.
import { ask, giveUp, here, linkTo } from "./api.js";
import { bar, button, dialog, el, quoted } from "./dom.js";
import { USED, usersOf } from "./names.js";
import { words } from "./problems.js";
import { forget } from "./saving.js";
import { t } from "./texts.js";

const side = (name, text) => el("section", {}, el("h3", {}, t(name)), quoted(t(name), text));

const lines = (fields, text, labelOf) => [...Object.entries(fields).map(([name, value]) =>
  `${labelOf(name)}：${value && typeof value === "object" ? JSON.stringify(value, null, 1) : value ?? ""}`), text ?? ""].join("\n\n").trim();

// What was typed beside the same parts of the file as it is now. Gives "mine" or "theirs"; null for going on as it is.
export const whichCounts = (mine, theirs, isGone, labelOf) =>
  dialog(t(isGone ? "The file was deleted elsewhere." : "The file was changed elsewhere."), (close) => [
    el("p", {}, t(isGone ? "Nothing of yours is lost. Decide whether it is to be written again." : "Nothing was overwritten. What you did not touch stays as it is now on the disk. Decide which of these is to count.")),
    el("div", { className: "sides" }, side("Yours", lines(mine.fields, mine.text, labelOf)),
      !isGone && side("On the disk", lines(theirs.fields, theirs.text, labelOf))),
    bar(button(t(isGone ? "Write it again" : "Keep mine"), () => close("mine"), "main"),
      button(t(isGone ? "Leave it deleted" : "Take the other"), () => close("theirs")), button(t("Go on writing"), () => close())),
  ]);

// What was typed into a file that is gone: shown until it is written again, or given up.
// What was kept are the changed fields only: without a title among them, the file's name serves as one.
const KINDS = { entries: "entry", targets: "target", policies: "policy", pages: "page" };
export const rescue = (site, path, kept, done) => {
  const told = el("p", { className: "problem", role: "alert" });
  const kind = KINDS[path.split("/")[1]], title = kind === "target" ? "name" : "title";
  const stem = path.split("/").pop().replace(/\.md$/, "");
  const settled = async (answer) => {
    try {
      const made = await answer;
      forget(site.id, path);
      done(made.path);
    } catch (error) { told.textContent = error.message; }
  };
  const again = () => ask("POST", "file", { kind, fields: { ...kept.fields, [title]: kept.fields[title] || stem }, text: kept.text ?? "" });
  return [el("h1", {}, t("The file was deleted elsewhere.")), side("Yours", lines(kept.fields, kept.text, (name) => name)), told,
    bar(button(t("Write it again"), () => settled(again()), "main"), button(t("Leave it deleted"), () => settled(giveUp(path, kept))))];
};

// What somebody should look at before a draft is final. Gives whether it is as it is.
export const goesOut = (asks) => dialog(t("Please look at this before it is final"), (close) => [
  el("ul", { className: "reminders" }, asks.map((one) => el("li", {}, words(one)))),
  bar(button(t("Go back and mend it"), () => close(), "main"), button(t("Make it final all the same"), () => close(true))),
]);

// What uses a file, or a row of one of its fields, would have to be mended.
const MOST = 10;
const toldUsers = (users) => {
  const more = users.length > MOST && el("li", {}, t("{n} more: search for them.", { n: users.length - MOST }));
  return users.length ? [el("p", { className: "problem" }, t("{n} texts use it, and have to be mended before the site can be built again:", { n: users.length })),
    el("ul", {}, users.slice(0, MOST).map((one) => el("li", {}, el("a", { href: linkTo(one.path) }, one.title))), more)] : [];
};
const goes = (title, told, name) => dialog(title, (close) => [
  ...told, bar(button(name, () => close(true), "main"), button(t("Cancel"), () => close())),
]);

// Gives whether the file is to be deleted, which these files use.
export const wantsDeletion = (title, users) => goes(t("Delete"),
  [el("p", {}, t("“{title}” is taken out of the site. It can be brought back at once.", { title })), ...toldUsers(users)], t("Delete"));

// Gives whether a row may be removed: what nothing else uses goes without a question.
export const mayGo = async (field, row, title) => {
  if (!USED.includes(field) || !row) return true;
  const place = location.hash, name = `${t("Remove")} ${title}`;
  const users = await usersOf(here(), { field, row }).catch((error) => error);
  if (place !== location.hash) return false;
  if (users instanceof Error) return dialog(name, (close) => [el("p", { className: "problem" }, users.message), bar(button(t("Close"), () => close(false)))]);
  return !users.length || goes(name, toldUsers(users), t("Remove"));
};

// Gives the name of the state that is to be taken.
export const earlierState = (path, states) => {
  const shown = quoted(t("Earlier states"), "");
  shown.hidden = true;
  let chosen = null;
  return dialog(t("Earlier states"), (close) => {
    const take = button(t("Take this state"), () => close(chosen), "main");
    take.disabled = true;
    const look = async (one, own) => {
      const { source } = await ask("GET", `history?path=${encodeURIComponent(path)}&state=${encodeURIComponent(one.state)}`);
      for (const other of own.closest("ul").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === own));
      Object.assign(shown, { textContent: source, hidden: false });
      chosen = one.state;
      take.disabled = false;
    };
    return [states.length ? el("ul", { className: "states" }, states.map((one) => {
      const own = button(new Date(one.time).toLocaleString(document.documentElement.lang), () => look(one, own));
      return el("li", {}, own);
    })) : el("p", {}, t("There is none yet.")), shown, bar(states.length > 0 && take, button(t("Cancel"), () => close()))];
  });
};

// A button that brings a deleted file back; what goes wrong is told beside it.
const back = (undo) => {
  const own = button(t("Bring it back"), async () => {
    try {
      const { path } = await ask("POST", "undo", { undo });
      if (own.isConnected) location.hash = linkTo(path);
    } catch (error) { own.replaceWith(el("span", { className: "problem", role: "alert" }, error.message)); }
  });
  return own;
};
export const deletedNotice = (title, undo) => el("p", { className: "notice" }, t("“{title}” was deleted.", { title }), " ", back(undo));

// All files that were deleted, asked for when somebody looks.
export const deletedFiles = () => {
  const rows = el("ul", { className: "files" });
  const none = (text) => el("li", { className: "none" }, text);
  const fill = async () => {
    const files = await ask("GET", "deleted").catch((error) => error);
    if (files instanceof Error) { rows.replaceChildren(none(files.message)); return; }
    rows.replaceChildren(...files.map(({ title, time, undo }) => el("li", {}, el("span", { className: "when" }, new Date(time).toLocaleDateString(document.documentElement.lang)),
      el("span", {}, title), back(undo))), ...(files.length ? [] : [none(t("There is none yet."))]));
  };
  const room = el("details", { ontoggle: () => { if (room.open) fill(); } }, el("summary", {}, t("Deleted files")), rows);
  return room;
};
