// The page that is being written, as readers will see it, or what keeps it from being shown.
import { el } from "./dom.js";
import { standsStill, wrongPaths } from "./problems.js";
import { t } from "./texts.js";

export const preview = (path, site) => {
  const frame = el("iframe", { title: t("Preview"), hidden: true });
  const told = el("p", { className: "help", role: "status" });
  let wanted = null, missed = "";
  const isShown = () => wanted !== null && frame.getAttribute("src") === wanted;
  const why = () => {
    if (!wanted || wrongPaths(site).includes(path)) return [t("The page is shown here when what is marked is mended.")];
    const still = standsStill(site);
    return still.length || isShown() ? still : [t("The page is being made.")];
  };
  // What leads out of this site has no place beside it.
  frame.onload = () => frame.contentDocument?.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    if (link && link.origin !== location.origin) link.target = "_blank";
  });
  // Somebody may have followed a link in it, or it did not come; of a page that did not come, a browser tells nothing.
  const isThere = () => { try { return frame.contentWindow.location.pathname === new URL(wanted, location).pathname; } catch { return false; } };
  // A reload keeps the place in the page. Before anything is loaded, it would take the place of what is on its way.
  const again = () => {
    if (isThere()) frame.contentWindow.location.reload();
    else frame.src = wanted;
  };
  // A page is shown as soon as it is there, and again after each build; what a build did not make is not asked for again.
  const look = async (url = wanted, isBuilt = false) => {
    wanted = url;
    if (site.left_out.includes(path)) frame.hidden = true;
    else if (isShown()) {
      if (isBuilt || frame.hidden) again();
      frame.hidden = false;
    } else if (url && missed !== `${site.version} ${url}`) {
      told.replaceChildren(...why());
      const asked = `${site.version} ${url}`;
      const answer = await fetch(url, { method: "HEAD" }).catch(() => null);
      if (answer?.ok === false) missed = asked;
      else if (answer && url === wanted) Object.assign(frame, { src: url, hidden: false });
    }
    told.replaceChildren(...why());
  };
  return { node: el("div", { className: "preview" }, told, frame), look };
};
