// Tells what was typed, but never in the middle of a word that an input method makes.
export const whenTyped = (box, tell) => {
  box.addEventListener("input", (event) => { if (!event.isComposing) tell(); });
  box.addEventListener("compositionend", tell);
};
