// The list of what the site is made of, and what can be done with the site as a whole.
import { ask, here, linkTo } from "./api.js";
import { created } from "./creating.js";
import { deletedFiles } from "./dialogs.js";
import { bar, button, el, fileLink, say } from "./dom.js";
import { outputBar } from "./outputs.js";
import { begin } from "./review.js";
import { keptOf, keptPaths } from "./saving.js";
import { t } from "./texts.js";

const TABS = { entry: "Entries", target: "Service targets", policy: "Policies", page: "Pages", request: "Requests" };
const MOST = 300;
const row = (title, href, when, marks) => el("li", {}, el("span", { className: "when" }, when), el("a", { href }, title),
  el("span", { className: "marks" }, marks.filter(Boolean).map(([text, className = ""]) => el("span", { className: `mark ${className}` }, text))));

const rowOf = (file, site) => {
  const kind = site.targets.find((one) => file.kind === "target" && file.path.endsWith(`/${one.id}.md`))?.kind;
  const errors = (site.problems[file.path] ?? []).filter((one) => one.is_error).length, reminders = file.problems - errors;
  return row(file.title || file.path, linkTo(file.path), file.date || (site.kinds.find((one) => one.id === kind)?.name ?? ""), [
    keptOf(site.id, file.path) && [t("not saved yet"), "bad"], file.draft && [t("draft")],
    errors > 0 && [`${t("Problems")} ${errors}`, "bad"], reminders > 0 && [t("{n} reminders", { n: reminders })],
  ]);
};
const rowsOf = (kind, files, site) => (kind === "request"
  ? site.requests.map((one) => ({ title: one.title || one.id, node: row(one.title || one.id, linkTo(one.path), one.since ?? "", [[labelOf(site, one.status), one.status]]) }))
  : files.filter((one) => one.kind === kind).map((one) => ({ path: one.path, title: `${one.title} ${one.date} ${one.path}`, node: rowOf(one, site) })));
const labelOf = (site, status) => site.forms.entry.find((one) => one.name === "requests").fields
  .find((one) => one.name === "status").choices.find((one) => one.value === status)?.label ?? status;

// The tab that was looked at last stays open while the page is.
let tab = "entry";
// Files that were handed in together and have not had their turn.
let waiting = [];

// Gives what takes in files, and what shows the list as it is after a build.
export const list = async (main, site, notice) => {
  let files = await ask("GET", "files");
  const found = el("ul", { className: "files" });
  const search = el("input", { type: "search", id: "search", autocomplete: "off" });
  const make = bar();
  let sought = "", within = new Set(), timer = null;
  const numberOf = (kind) => (kind === "request" ? site.requests.length : files.filter((one) => one.kind === kind).length);
  const tabs = Object.entries(TABS).map(([kind, name]) =>
    el("button", { type: "button", value: kind, onclick: () => turn(kind) }, t(name), el("small")));
  const told = el("p", { className: "problem", role: "status" });
  const isShown = () => found.isConnected && !here();
  const create = async () => {
    const path = await created(tab, site);
    if (path) location.hash = linkTo(path);
  };
  // Files that were written elsewhere: one after the other, since each has its questions.
  const queue = bar();
  const showQueue = () => queue.replaceChildren(...(waiting.length ? [
    el("span", { role: "status" }, t("{n} more files wait: {names}", { n: waiting.length, names: waiting.slice(0, 5).map((one) => one.name).join("、") })),
    button(t("Take in the next one"), next), button(t("Leave them"), () => { waiting = []; showQueue(); })] : []));
  const next = async () => {
    const file = waiting.shift();
    showQueue();
    told.textContent = `${t("Reading")} ${file.name}`;
    told.scrollIntoView({ block: "nearest" });
    try { if (!await begin(file, isShown)) waiting.unshift(file); } catch (error) { told.textContent = `${file.name}：${error.message}`; }
  };
  const take = (files) => { waiting.push(...files); return next(); };
  const picker = el("input", { type: "file", multiple: true, hidden: true, "aria-label": t("Take in a file"), accept: ".docx,.doc,.wps,.rtf,.odt,.html,.htm,.mht,.mhtml,.md,.txt" });
  picker.onchange = () => { if (picker.files.length) take(picker.files); picker.value = ""; };
  const turn = (kind) => {
    tab = kind;
    for (const one of tabs) one.setAttribute("aria-pressed", String(one.value === tab));
    make.replaceChildren(...(tab === "request" ? [] : [button(t(`New ${tab}`), create, "main")]), button(t("Take in a file"), () => picker.click()), picker, ...outputBar(site));
    show();
  };
  const show = () => {
    for (const one of tabs) one.lastChild.textContent = ` ${numberOf(one.value)}`;
    const words = search.value.trim().toLowerCase();
    const fit = rowsOf(tab, files, site).filter((one) => one.title.toLowerCase().includes(words) || (words === sought && within.has(one.path))).map((one) => one.node);
    const more = fit.length > MOST && el("li", { className: "none" }, t("{n} more: search for them.", { n: fit.length - MOST }));
    found.replaceChildren(...fit.slice(0, MOST), ...(more ? [more] : []), ...(fit.length ? [] : [el("li", { className: "none" }, t(words ? "Nothing found." : "There is nothing here yet."))]));
    say(words ? t("{n} found.", { n: fit.length }) : "");
  };
  // What stands in the titles is found at once, what stands in the texts a moment later.
  const lookWithin = async () => {
    const words = search.value.trim().toLowerCase();
    const rows = words ? await ask("GET", `files?${new URLSearchParams({ q: words })}`).catch((error) => error) : [];
    if (!isShown() || words !== search.value.trim().toLowerCase()) return;
    // Nobody knows what stands in the texts.
    if (rows instanceof Error) { found.prepend(el("li", { className: "none" }, el("span", { role: "alert" }, rows.message))); return; }
    sought = words;
    within = new Set(rows.map((one) => one.path));
    show();
  };
  search.oninput = () => {
    show();
    clearTimeout(timer);
    timer = setTimeout(lookWithin, 300);
  };
  // Settings and persons are there as soon as somebody writes in them, so they are never gone.
  const lost = keptPaths(site.id).filter((path) => path.split("/").length > 2 && !files.some((one) => one.path === path));
  main.replaceChildren(el("h1", { className: "unseen" }, t("All that is written")), ...(notice ? [notice] : []),
    ...lost.map((path) => el("p", { className: "notice" }, t("Not saved, since the file is gone:"), " ", fileLink(path))), make, told, queue,
    bar(el("div", { className: "tabs", role: "group", "aria-label": t("Kind") }, tabs),
      el("span", { className: "search" }, el("label", { htmlFor: "search" }, t("Search")), search)), found, deletedFiles());
  showQueue();
  turn(tab);
  // Nothing is made anew under somebody's hands.
  const follow = async () => {
    const now = await ask("GET", "files").catch(() => null);
    if (!now || !isShown() || found.contains(document.activeElement)) return;
    files = now;
    show();
  };
  return { take, follow };
};
