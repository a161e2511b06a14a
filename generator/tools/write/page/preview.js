// The page that is being written, as readers will see it.
import { el } from "./dom.js";
import { t } from "./texts.js";

export const preview = () => {
  const frame = el("iframe", { title: t("Preview"), hidden: true });
  const told = el("p", { className: "help", role: "status" }, t("The page is being made."));
  let wanted = null;
  // A page is shown as soon as it is there, and again after each build.
  const look = async (url = wanted, isBuilt = false) => {
    wanted = url;
    if (!url) { told.textContent = t("The page is shown here when title and date are right."); return; }
    if (frame.getAttribute("src") === url) {
      if (isBuilt) frame.contentWindow.location.reload();
      return;
    }
    const { ok } = await fetch(url, { method: "HEAD" }).catch(() => ({ ok: false }));
    if (ok && url === wanted) { Object.assign(frame, { src: url, hidden: false }); told.textContent = ""; }
  };
  return { node: el("div", { className: "preview" }, told, frame), look };
};
