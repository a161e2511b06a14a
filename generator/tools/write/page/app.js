// The writing page: a list of files, and one of them to write in.
import { followBuilds } from "/.rizhi/builds.js";
import { ask, here, linkTo, siteId } from "./api.js";
import { rescue } from "./dialogs.js";
import { button, el, fileLink } from "./dom.js";
import { write } from "./editor.js";
import { list } from "./list.js";
import { leftOut, standsStill } from "./problems.js";
import { review } from "./review.js";
import { keptOf } from "./saving.js";
import { t } from "./texts.js";

const main = document.querySelector("main"), header = document.querySelector("header");
const site = {};
const RETRY = 3000;
let editor = null, listed = null, notice = null, waiting = null, routing = Promise.resolve();

const brand = el("a", { href: "#", className: "brand" });
const warned = el("aside", { className: "notice", hidden: true });
const refresh = async () => {
  Object.assign(site, await ask("GET", "site"));
  document.title = brand.textContent = site.title;
  warned.replaceChildren(...[standsStill(site), leftOut(site)].filter((one) => one.length).map((one) => el("p", {}, one)));
  warned.hidden = !warned.hasChildNodes();
};

// What was shown is gone: the browser's way back does not lead to it.
const leave = (said = null, other = "") => {
  notice = said;
  if (linkTo(other) === location.hash) route();
  else location.replace(linkTo(other));
};
const opened = (path) => write(main, path, site, {
  leave,
  reopen: () => route(),
  problemsOf: (one) => site.problems[one] ?? [],
});

// What could not be shown, until the program is there again.
const failed = (error, again) => {
  const retry = () => { waiting = setTimeout(() => siteId().then(again, retry), RETRY); };
  if (error.status === 0) retry();
  main.replaceChildren(el("p", { role: "alert" }, error.message, error.status === 0 && ` ${t("It is tried again by itself.")}`),
    button(t("Back to the list"), () => { history.replaceState(null, "", "#"); again(); }));
};

const shown = async () => {
  clearTimeout(waiting);
  // Nobody types into what is about to go.
  main.inert = true;
  await editor?.saver.close();
  editor = listed = null;
  const path = here(), said = notice;
  notice = null;
  try {
    await refresh();
    if (path.startsWith("import/")) await review(main, path.slice("import/".length), site, leave);
    else if (path) editor = await opened(path);
    else listed = await list(main, site, said);
  } catch (error) {
    const kept = error.status === 404 && keptOf(site.id, path);
    if (kept) main.replaceChildren(...rescue(site, path, kept, (other) => leave(null, other)));
    else {
      notice = said;
      failed(error, route);
    }
  }
  for (const one of header.querySelectorAll("nav a")) {
    if (one.hash && one.hash === location.hash) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  main.inert = false;
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
};
// One place after the other, however fast somebody goes.
const route = () => { routing = routing.then(shown); return routing; };

try { await refresh(); site.id = await siteId(); } catch (error) {
  failed(error, () => location.reload());
  throw error;
}
document.documentElement.lang = site.language === "zh" ? "zh-CN" : site.language;
header.append(brand, el("nav", { "aria-label": t("Site") },
  fileLink("content/people.yaml"), fileLink("content/site.yaml"),
  el("a", { href: "/", target: "_blank" }, t("See the whole site"))));
header.after(warned);
addEventListener("hashchange", route);
// A file that is dropped beside what takes it must not open in the place of this page.
addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
addEventListener("drop", (event) => {
  if (event.defaultPrevented || !event.dataTransfer.files.length) return;
  event.preventDefault();
  listed?.take(event.dataTransfer.files);
});
let { version } = site;
followBuilds(async (state) => {
  const isBuilt = state.version !== version;
  version = state.version;
  try { await refresh(); } catch { return; }
  editor?.follow(isBuilt);
  listed?.follow();
});
await route();
