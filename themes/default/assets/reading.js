// Two switches for larger letters and more contrast. The choice is stored on the reader's device.
"use strict";
(() => {
  const bar = document.querySelector(".reading");
  if (!bar) return;
  const root = document.documentElement;
  // Without storage, a switch still works for this page.
  const memory = (() => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  })();

  const switches = [...bar.querySelectorAll("button")];
  const apply = (button, isOn) => {
    root.toggleAttribute(`data-${button.dataset.name}`, isOn);
    button.setAttribute("aria-pressed", String(isOn));
  };
  for (const button of switches) {
    const key = `rizhi-${button.dataset.name}`;
    apply(button, memory?.getItem(key) === "on");
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      apply(button, isOn);
      try {
        if (isOn) memory?.setItem(key, "on");
        else memory?.removeItem(key);
      } catch {
        // The storage is full or disabled.
      }
    });
  }
  bar.toggleAttribute("data-works", true);
})();
