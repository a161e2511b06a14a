// Folds the contents of the chronicle again once a reader has chosen from them, so that they cover nothing.
"use strict";
(() => {
  const contents = document.querySelector(".contents");
  contents?.addEventListener("click", (event) => {
    if (event.target.closest("a")) contents.open = false;
  });
})();
