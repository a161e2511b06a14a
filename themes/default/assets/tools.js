// What a reader may do with a page: copy its link or another one, print it.
"use strict";
(() => {
  const bar = document.querySelector(".tools");
  if (!bar) return;

  const address = (button) => button.dataset.address ?? document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];

  // Only secure pages have a clipboard; others copy what is selected.
  const copySelected = (text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelected(text);
    }
  };

  bar.addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.does === "print") window.print();
    if (button?.dataset.does !== "copy" || !(await copy(address(button)))) return;
    const words = button.textContent;
    if (words === button.dataset.done) return;
    button.textContent = button.dataset.done;
    button.focus();
    setTimeout(() => {
      button.textContent = words;
    }, 4000);
  });
  bar.toggleAttribute("data-works", true);
})();
