// Two switches for readers who want larger letters or more contrast. What they choose is remembered on their device.
"use strict";
(() => {
  const bar = document.querySelector(".reading");
  if (!bar) return;
  const root = document.documentElement;
  // A browser that keeps nothing still switches, for this page.
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
        // Its store is full or shut.
      }
    });
  }
  bar.toggleAttribute("data-works", true);
})();
