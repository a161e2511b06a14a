// Reloads the page when the site was built anew; shows what is wrong while it is wrong.
import { followBuilds } from "./builds.js";

const { version, status } = document.querySelector("script[data-version]").dataset;
let overlay = null;

const show = (problems) => {
  overlay?.remove();
  overlay = null;
  if (!problems) return;
  overlay = document.createElement("pre");
  overlay.id = "rizhi-problems";
  overlay.setAttribute("role", "alert");
  overlay.textContent = problems;
  overlay.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:80vh;overflow:auto;margin:0;padding:1.25rem 1.5rem;" +
    "background:#2b1512;color:#ffe9e4;border-top:4px solid #f08a7e;font:15px/1.6 ui-monospace,'Noto Sans Mono CJK SC',monospace;" +
    "white-space:pre-wrap;text-align:left";
  document.body.append(overlay);
};

// The writing page, which frames what is being written, follows the builds itself.
if (window === parent) {
  followBuilds((state) => {
    // In the place of a page that is not there, what keeps drafts from being shown is told, too.
    show(state.problems || (status === "404" && state.left_out));
    if (!state.problems && state.version !== Number(version)) location.reload();
  });
}
