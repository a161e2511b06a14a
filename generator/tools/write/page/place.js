// A place in a box of text: it stays where it is in the text, whatever is written before and behind it meanwhile.
export class Place {
  // Where the caret is, or what is chosen.
  constructor(box) {
    Object.assign(this, { box, known: box.value, first: box.selectionStart, last: box.selectionEnd });
    this.follow = () => this.moved();
  }

  keep() {
    this.box.addEventListener("input", this.follow);
    return this;
  }

  leave() { this.box.removeEventListener("input", this.follow); }

  // What was written ends at the caret, so the same letters before and behind it are told apart.
  moved() {
    const { box, known } = this, now = box.value, most = Math.min(known.length, now.length), grown = now.length - known.length;
    if (now === known) return;
    let behind = 0, before = 0;
    while (behind < Math.min(most, now.length - box.selectionEnd) && known.at(-1 - behind) === now.at(-1 - behind)) behind += 1;
    while (before < most - behind && known[before] === now[before]) before += 1;
    const move = (at) => (at <= before ? at : Math.max(at, known.length - behind) + grown);
    Object.assign(this, { known: now, first: move(this.first), last: move(this.last) });
  }

  // Writes a text there, so that the browser's undo takes it back. The place is behind it then; whoever has the caret
  // elsewhere keeps it there.
  put(text) {
    this.moved();
    const { box, first, last } = this, own = [box.selectionStart, box.selectionEnd], before = box.value.length;
    const isHere = own[0] === first && own[1] === last;
    // Who writes in another box by now, maybe in another file, is not disturbed.
    const other = document.activeElement !== box && document.activeElement?.matches("input, textarea, select");
    if (!other) box.focus();
    box.setSelectionRange(first, last);
    if (text && !(document.activeElement === box && document.execCommand("insertText", false, text))) {
      box.setRangeText(text, first, last, "end");
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    Object.assign(this, { known: box.value, first: box.selectionEnd, last: box.selectionEnd });
    if (!isHere) box.setSelectionRange(...own.map((at) => (at < last ? at : at + box.value.length - before)));
  }
}
