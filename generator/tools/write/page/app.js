// The writing page: a list of files, and one of them to write in.
import { ask, fileAt } from "./api.js";
import { el, say } from "./dom.js";
import { fieldOf } from "./fields.js";
import { Saver } from "./saving.js";
import { t } from "./texts.js";
import { toolbar } from "./toolbar.js";

const main = document.querySelector("main"), header = document.querySelector("header");
let site = null;
const button = (text, onclick, className = "") => el("button", { type: "button", onclick, className }, t(text));
const count = (problems) => problems?.length ?? (problems?.errors ?? 0) + (problems?.warnings ?? 0);

const create = (kind) => {
  const given = {};
  const form = site.forms[kind].filter((field) => field.required);
  const told = el("p", { className: "problem", role: "alert" });
  const window = el("dialog", { "aria-label": t(`New ${kind}`) });
  window.append(el("form", {
    method: "dialog",
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        const { path } = await ask("POST", "file", { kind, fields: given, text: "" });
        window.close();
        location.hash = encodeURIComponent(path);
      } catch (error) { told.textContent = error.message; }
    },
  }, el("h2", {}, t(`New ${kind}`)), ...form.map((field) => fieldOf(field, null, site, (one) => Object.assign(given, one))),
  told, el("button", { className: "main" }, t("Create")), button("Cancel", () => window.close())));
  window.onclose = () => window.remove();
  document.body.append(window);
  window.showModal();
};

const list = async () => {
  const files = await ask("GET", "files");
  const found = el("ul", { className: "files" });
  const kind = el("select", { id: "kind" }, el("option", { value: "" }, t("All")),
    ...[...new Set(files.map((one) => one.kind))].map((one) => el("option", { value: one }, t(one))));
  const search = el("input", { type: "search", id: "search" });
  const show = () => {
    const words = search.value.toLowerCase();
    const fit = files.filter((one) => (!kind.value || one.kind === kind.value)
      && `${one.title} ${one.date} ${one.path}`.toLowerCase().includes(words));
    found.replaceChildren(...fit.map((one) => el("li", {},
      el("a", { href: `#${encodeURIComponent(one.path)}` }, one.title || one.path),
      el("span", {}, [t(one.kind), one.date, one.draft && t("draft"), count(one.problems) && `${t("Problems")} ${count(one.problems)}`]
        .filter(Boolean).join(" · ")))));
    say(fit.length ? "" : t("Nothing found."));
  };
  kind.onchange = search.oninput = show;
  main.replaceChildren(el("h1", {}, site.title),
    el("div", { className: "bar" }, ...["entry", "target", "policy", "page"].map((one) => button(`New ${one}`, () => create(one), one === "entry" ? "main" : ""))),
    el("div", { className: "bar" }, el("label", { htmlFor: "search" }, t("Search")), search, el("label", { htmlFor: "kind" }, t("Kind")), kind), found);
  show();
};

const askWhich = (saver, now) => {
  const side = (name, text) => el("section", {}, el("h3", {}, t(name)), el("pre", { tabIndex: 0 }, text));
  const mine = [...Object.entries(saver.pending.fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`), saver.pending.text ?? ""];
  const window = el("dialog", { "aria-label": t("The file was changed elsewhere.") });
  const decide = async (isMine) => { window.close(); await saver.resume(now.version, isMine); location.reload(); };
  window.append(el("h2", {}, t("The file was changed elsewhere.")),
    el("div", { className: "sides" }, side("Yours", mine.join("\n")), side("On the disk", now.source ?? "")),
    button("Keep mine", () => decide(true)), button("Take the other", () => decide(false)), button("Cancel", () => window.close()));
  window.onclose = () => window.remove();
  document.body.append(window);
  window.showModal();
};

const write = async (path) => {
  const file = await ask("GET", fileAt(path));
  const state = el("span", { role: "status", className: "state" }, t("saved"));
  const problems = el("ul", { className: "problems" }), frame = el("iframe", { title: t("Preview") });
  const show = ({ problems: found = [], url }) => {
    for (const one of document.querySelectorAll(".field .problem")) one.textContent = "";
    problems.replaceChildren(...found.map((one) => el("li", {}, one.message, one.hint ? ` ${one.hint}` : "")));
    for (const one of found) {
      const place = document.getElementById(`field-${String(one.field ?? "").split(".")[0]}-problem`);
      if (place) place.textContent = one.message;
    }
    if (url && frame.getAttribute("src") !== url) frame.src = url;
  };
  const saver = new Saver(file, site.site_folder_name, {
    tell: (name, why) => { state.textContent = name === "unsaved" ? [t("not saved: kept in this browser"), why].filter(Boolean).join(" ") : t(name); },
    onSaved: show,
    onConflict: (now) => askWhich(saver, now),
  });
  const kept = saver.kept();
  if (kept) {
    saver.version = kept.version;
    Object.assign(file.fields, kept.fields);
    file.text = kept.text ?? file.text;
  }
  const text = el("textarea", { id: "text", rows: 20, value: file.text ?? "" });
  const typed = () => saver.change({ text: text.value });
  text.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  text.addEventListener("compositionend", typed);
  const form = (site.forms[file.kind] ?? []).filter((one) => one.name !== "status");
  const boxes = form.map((one) => fieldOf(one, file.fields[one.name], site, (fields) => saver.change({ fields })));
  const near = boxes.slice(0, 6), rest = boxes.slice(6);
  const publish = async () => {
    try {
      await saver.save();
      const answer = await ask("POST", "publish", { path, version: saver.version });
      saver.version = answer.version;
      say(t("Published."));
      state.textContent = t("Published.");
    } catch (error) { show({ problems: error.answer?.problems ?? [{ message: error.message }] }); problems.tabIndex = -1; problems.focus(); }
  };
  const hasText = !["settings", "people"].includes(file.kind);
  main.replaceChildren(el("div", { className: "bar" }, el("a", { href: "#" }, t("Back to the list")), state,
    ...(["entry", "page"].includes(file.kind) ? [button("Publish", publish, "main")] : [])),
  el("h1", {}, file.fields.title ?? file.fields.name ?? path), problems,
  el("div", { className: "desk" }, el("div", {}, ...near,
    ...(hasText ? [el("div", { className: "field" }, el("label", { htmlFor: "text" }, t("Text")), toolbar(text, { path, site }), text)] : []),
    ...(rest.length ? [el("details", {}, el("summary", {}, t("More")), ...rest)] : [])), frame));
  frame.hidden = !hasText;
  show(file);
  if (kept) { say(t("What you typed before was kept.")); saver.change({ fields: kept.fields, text: kept.text }); }
};

const route = async () => {
  const path = decodeURIComponent(location.hash.slice(1));
  try { await (path ? write(path) : list()); main.focus({ preventScroll: true }); } catch (error) { main.replaceChildren(el("p", { role: "alert" }, error.message || String(error))); }
};

site = await ask("GET", "site");
document.documentElement.lang = site.language;
document.title = site.title;
header.append(el("a", { href: "#" }, site.title));
addEventListener("hashchange", route);
// A page of the site follows each build by itself; where it was not built yet, it is asked for again.
new EventSource("/.rizhi/events").onmessage = () => {
  const frame = document.querySelector("iframe[src]");
  if (frame && !frame.contentDocument?.querySelector("script[data-version]")) frame.contentWindow.location.reload();
};
await route();
