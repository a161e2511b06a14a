// One file to write in: its form, its text, and its page beside it.
import { ask, fileAt, giveUp, here } from "./api.js";
import { created } from "./creating.js";
import { deletedNotice, earlierState, goesOut, wantsDeletion, whichCounts } from "./dialogs.js";
import { asked, button, el, say } from "./dom.js";
import { fieldOf } from "./fields.js";
import { guarded, usersOf } from "./names.js";
import { build, exportEntry } from "./outputs.js";
import { preview } from "./preview.js";
import { firstProblem, heldBoxes, showProblems, words } from "./problems.js";
import { Saver, TEXT } from "./saving.js";
import { strangers } from "./strange.js";
import { t } from "./texts.js";
import { toolbar } from "./toolbar.js";
import { topBar } from "./topbar.js";
import { whenTyped } from "./typing.js";

// Which fields stand above the text and which below it; all others are behind “More”.
const ABOVE = {
  entry: "title date part place weather targets tags", target: "name kind short_name place summary",
  policy: "title number issuer level date topic", page: "title summary", people: "people", settings: "title description organization base_url kinds counters",
};
const BELOW = { entry: "requests counts policies cover summary", target: "aliases parent", policy: "files" };
const named = (fields, names = "") => names.split(" ").map((name) => fields.find((one) => one.name === name)).filter(Boolean);
const NAMES = ["name", "short_name", "aliases"];
const HAS_TEXT = ["entry", "target", "policy", "page"];

// Thrown where an answer comes for somebody who has gone elsewhere meanwhile.
class Left extends Error {}

class Editor {
  // `ways`: `leave` shows the list or another file, `reopen` this one again; `problemsOf` gives what the last build found.
  constructor(main, file, site, ways) {
    Object.assign(this, { main, file, site, path: file.path, ...ways });
    this.boxes = {};
    this.isDeciding = false;
    this.hasText = HAS_TEXT.includes(file.kind);
    this.textAtFirst = file.text;
    this.isCorrected = this.isGone = false;
    this.correcting = el("p", { className: "correcting", hidden: true }, t("Readers have seen this text. If what you change matters to them, tell them."), " ", button(t("Write a correction"), () => this.correct()));
    this.fields = (site.forms[file.kind] ?? []).filter((one) => one.name !== "status");
    this.preview = preview(file.path, site);
    this.unplaced = el("div", { hidden: true });
    this.failed = el("p", { className: "problem told", role: "alert" });
    this.node = el("div", { className: "editor" });
    this.held = heldBoxes(this.node, () => {
      this.show();
      if (this.saver.isIdle) this.tell("saved");
    });
    this.bar = topBar(file.kind, {
      publish: this.trying(() => this.publish()), unpublish: () => this.change({ status: "draft" }), build, decide: this.trying(() => this.decide()),
      turn: this.hasText && ((which) => { this.node.dataset.shown = which; }),
    }, file.is_readable !== false);
    this.saver = new Saver(file, site.id, {
      tell: (name, why) => this.tell(name, why),
      onSaved: (answer) => this.found(answer),
      onRefused: () => this.show(),
      onConflict: this.trying(() => this.decide()),
      onMet: () => this.catchUp(),
    });
  }

  // What is held back in a box is not saved, whatever else is.
  tell(name, why) { this.bar.tell(name === "saved" && !this.held.isEmpty() ? "held" : name, why); }

  get isShown() { return this.node.isConnected && here() === this.path; }

  // Gives an answer to go on with, as long as the file is the one that is shown: no window opens over another one, and
  // nobody is led away from it.
  async still(asked) {
    const answer = await asked;
    if (!this.isShown) throw new Left();
    return answer;
  }

  // What fails is told beside the button that was pressed, or in the bar, which is always in view. A file that is another by
  // now is shown as it is, before anything is done with it.
  trying(work) {
    return (event) => {
      const room = event?.target.closest(".bar, .top, .field") ?? this.bar.node;
      this.failed.remove();
      return work(event).catch((error) => {
        if (error instanceof Left || !this.isShown) return;
        this.main.inert = false;
        if (error.status === 409) { this.overtaken(error.answer); return; }
        (room.isConnected ? room : this.bar.node).append(this.failed);
        Object.assign(this.failed, { textContent: error.message, status: error.status });
        this.failed.scrollIntoView({ block: "nearest" });
      });
    };
  }

  overtaken(now) {
    this.saver.meet(now);
    if (this.saver.isGone) { this.saver.stop(); return; }
    this.found(now);
    this.bar.tell("overtaken");
  }

  // What the server says of the file: what is wrong, where its text and its page are.
  found({ problems, text_line: textLine, url, is_public: isPublic }) {
    Object.assign(this, { own: problems, textLine, isPublic });
    this.failed.remove();
    this.show();
    this.offerCorrection();
    if (this.hasText) this.preview.look(url);
  }

  open() {
    const wasKept = this.saver.restore(this.file);
    this.own = this.file.problems;
    this.fill();
    this.main.replaceChildren(this.bar.node, this.node);
    this.bar.show(this.file.fields);
    this.found(this.file);
    if (wasKept) say(t("What you typed before was kept."));
  }

  fill() {
    const room = (fields) => el("div", { className: "fields" }, fields.map((one) => this.fieldBox(one)));
    const isUnread = this.file.is_readable === false;
    const above = named(this.fields, ABOVE[this.file.kind]), below = named(this.fields, BELOW[this.file.kind]);
    const rest = this.fields.filter((one) => !above.includes(one) && !below.includes(one));
    this.node.append(el("div", { className: "form" }, this.unplaced, isUnread && el("p", { className: "notice" },
      t("The beginning of this file cannot be read, so the boxes are empty."), " ", button(t("Mend the file's own text"), this.trying(() => this.mend()))),
      strangers(this.site.forms[this.file.kind] ?? [], this.file.fields, "", (given) => this.change(given)), room(above), this.hasText && this.textBox(), room(below),
      rest.length > 0 && el("details", {}, el("summary", {}, t("More")), room(rest)),
      el("div", { className: "bar end" }, button(t("Earlier states"), this.trying(() => this.history())),
        this.file.kind === "entry" && button(t("Export as a document"), this.trying(() => this.export())),
        this.hasText && this.renaming(), this.hasText && button(t("Delete"), this.trying(() => this.remove())))), ...(this.hasText ? [this.preview.node] : []));
    // What could not be shown under somebody's hands is shown once they are elsewhere.
    this.node.addEventListener("focusout", () => setTimeout(() => this.catchUp()));
    // What was missing and is filled in is not asked for any more.
    this.node.addEventListener("input", ({ target }) => { if (target.closest("[data-required]")?.querySelector(":scope > .problem:not(:empty)")) this.show(); });
    this.node.addEventListener("rename", this.trying(({ detail }) => this.bar.during("working", () => this.renameUsed(detail))));
    this.node.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      this.saver.save();
    });
  }

  fieldBox(one) {
    const value = this.file.fields[one.name];
    const plain = (given) => fieldOf(one, value, this.site, given), changed = (given) => this.change(given);
    const box = this.file.kind !== "target" || !NAMES.includes(one.name) ? plain(changed) : guarded(plain, one.name, {
      known: () => [this.file.fields[one.name] ?? []].flat(), written: (names) => changed({ [one.name]: one.name === "aliases" ? names : names[0] ?? null }),
      isTaken: (name) => this.site.targets.some((other) => !this.path.endsWith(`/${other.id}.md`) && [other.id, other.name, ...other.names].includes(name)), isLive: true, changed });
    if (one.type === "targets") box.children[1].after(button(t("New target"), this.trying(() => this.newTarget())));
    this.boxes[one.name] = box;
    return box;
  }

  // What no form can show is mended as it stands.
  async mend() {
    const text = el("textarea", { id: "source", rows: 14, value: this.file.source, spellcheck: false });
    const mended = await asked(t("Mend the file's own text"), [this.own.map((one) => el("p", { className: "problem" }, one.line && `${t("Line {n}", { n: one.line })} `, words(one))),
      el("div", { className: "field" }, el("label", { htmlFor: "source" }, this.path.split("/").pop()), text)],
    "Save", () => ask("PATCH", fileAt(this.path), { version: this.saver.version, source: text.value }));
    if (mended && this.isShown) this.reopen();
  }

  renew(name) {
    const field = this.fields.find((one) => one.name === name);
    if (field) this.boxes[name].replaceWith(this.fieldBox(field));
  }

  // A target that is met for the first time is made where it is needed, and chosen.
  async newTarget() {
    const path = await created("target", this.site);
    if (!path) return;
    Object.assign(this.site, await ask("GET", "site"));
    for (const name of ["targets", "requests"]) this.renew(name);
    const id = path.split("/").pop().replace(/\.md$/, "");
    const fresh = [...this.boxes.targets.querySelectorAll("input[type=checkbox]")].find((one) => one.value === id);
    fresh.click();
    fresh.focus();
  }

  textBox() {
    const text = el("textarea", { id: "text", rows: 18, value: this.file.text ?? "", "aria-describedby": "text-problem" });
    whenTyped(text, () => {
      this.file.text = text.value;
      this.saver.change({ [TEXT]: text.value });
      this.offerCorrection();
    });
    this.boxes[TEXT] = text;
    return el("div", { className: "field" }, el("label", { htmlFor: "text" }, t("Text")), toolbar(text, { path: this.path, site: this.site }), text,
      el("p", { id: "text-problem", className: "problem" }), this.correcting);
  }

  // Who changes what was published may want to say so, in the field that is for that.
  offerCorrection() {
    this.correcting.hidden = !this.isPublic || this.isCorrected || !this.boxes.corrections || this.file.text === this.textAtFirst;
  }

  correct() {
    const box = this.boxes.corrections;
    box.closest("details").open = true;
    box.querySelector(".rows > button").click();
  }

  change(given) {
    Object.assign(this.file.fields, given);
    this.bar.show(this.file.fields);
    this.saver.change(given);
    if ("corrections" in given) {
      this.isCorrected = true;
      this.offerCorrection();
    }
  }

  // Shows what was changed elsewhere, but nothing anew in which somebody is writing.
  catchUp() {
    this.saver.catchUp((name) => this.boxes[name]?.contains(document.activeElement), (name, value) => {
      if (name === TEXT) {
        this.file.text = this.boxes[TEXT].value = value;
        return;
      }
      this.file.fields[name] = value;
      this.renew(name);
      this.bar.show(this.file.fields);
    });
  }

  show() {
    showProblems([...this.own, ...this.saver.refusals, ...this.problemsOf(this.path)], this.path, this.unplaced, this.textLine, () => this.hasText && this.renaming());
    this.held.show();
  }

  // After a build. What was changed elsewhere is shown as it is now.
  async follow(isBuilt) {
    // There is news of the program, so it answers again.
    if (this.failed.status === 0) this.failed.remove();
    this.show();
    if (this.hasText) this.preview.look(undefined, isBuilt);
    if (!this.saver.isIdle) return;
    const now = await ask("GET", fileAt(this.path)).catch((error) => (error.status === 404 ? {} : null));
    if (!now || !this.saver.isIdle || !this.node.isConnected) return;
    const isGone = !now.version;
    if (isGone !== this.isGone) this.tell(isGone ? "gone" : "saved");
    this.isGone = isGone;
    if (isGone || now.version === this.saver.version) return;
    this.saver.meet(now);
    this.found(now);
  }

  // One window at a time, each with what is there at that moment.
  async decide() {
    if (this.isDeciding) return;
    this.isDeciding = true;
    try {
      while (await this.still(this.saver.isUndecided())) {
        const choice = await whichCounts(...this.saver.sides, this.saver.isGone, (name) => this.fields.find((one) => one.name === name)?.label ?? name);
        this.main.inert = Boolean(choice);
        if (!choice) return;
        if (this.saver.isGone) {
          await this.settleGone(choice === "mine");
          return;
        }
        await this.saver.resume(choice === "mine");
      }
    } finally { this.isDeciding = false; }
    this.reopen();
  }

  async settleGone(isWanted) {
    const { kind, fields, text } = this.file;
    const made = isWanted ? await ask("POST", "file", { kind, fields, text }) : await giveUp(this.path, { fields, text });
    this.saver.forget();
    if (this.isShown) this.leave(null, made.path);
  }

  async publish(asked = false) {
    if (!this.held.isEmpty()) {
      this.bar.tell("held");
      firstProblem();
      return;
    }
    try {
      const answer = await this.bar.during("checking", () => this.saver.alone((version) => ask("POST", "publish", { path: this.path, version, ...(asked && { asked }) })));
      if (!answer) return;
      if (answer.asks) {
        this.own = answer.asks;
        this.show();
        if (this.isShown && await goesOut(answer.asks)) await this.publish(true);
        return;
      }
      delete this.file.fields.status;
      this.saver.took({ status: null });
      this.own = [...answer.problems, ...answer.warnings].filter((one) => one.path === this.path);
      this.show();
      this.bar.show(this.file.fields);
      this.bar.tell("final");
    } catch (error) {
      if (error.status === 409 || !error.answer?.problems || !this.isShown) throw error;
      this.own = error.answer.problems.filter((one) => one.is_error || one.path === this.path);
      this.show();
      this.bar.tell("refused");
      firstProblem(this.unplaced);
    }
  }

  // What other files use is called by another name there and here.
  async renameUsed({ field, id, to, done }) {
    const now = await this.saver.alone((version) => ask("POST", "uses", { path: this.path, version, field, id, to }));
    if (!now) return;
    const [name] = field.split("."), given = { [name]: now.fields[name] };
    Object.assign(this.file.fields, given);
    this.saver.took(given);
    done();
    // Its own text may have called it so, too.
    this.saver.meet(now);
    this.bar.show(this.file.fields);
    this.found(now);
    Object.assign(this.site, await ask("GET", "site"));
  }

  async export() {
    if (await this.still(this.saver.save())) await exportEntry(this.path);
  }

  async history() {
    await this.saver.save();
    const state = await earlierState(this.path, await this.still(ask("GET", `history?path=${encodeURIComponent(this.path)}`)));
    if (!state) return;
    this.main.inert = true;
    const typed = this.saver.pending;
    await this.still(this.saver.giveWay());
    try {
      await this.still(this.saver.alone((version) => ask("POST", "history", { path: this.path, version, state })));
    } catch (error) {
      this.saver.takeBack(typed);
      throw error;
    }
    this.reopen();
  }

  renaming() { return button(t("Name the file by its title"), this.trying(() => this.rename())); }

  async rename() {
    this.main.inert = true;
    const renamed = await this.still(this.bar.during("working", () => this.saver.alone((version) => ask("POST", "rename", { path: this.path, version }))));
    if (renamed && renamed.path !== this.path) { this.leave(null, renamed.path); return; }
    this.main.inert = false;
    if (renamed) this.bar.tell("named");
  }

  async remove() {
    await this.saver.save();
    if (!await wantsDeletion(this.bar.name(), await this.still(usersOf(this.path)))) return;
    await this.still(this.saver.keepTyped());
    const { undo } = await ask("DELETE", fileAt(this.path), { version: this.saver.version });
    this.saver.forget();
    if (this.isShown) this.leave(deletedNotice(this.bar.name(), undo));
  }
}

// Shows a file; gives it, to be told of builds and to be closed.
export const write = async (main, path, site, ways) => {
  const editor = new Editor(main, await ask("GET", fileAt(path)), site, ways);
  editor.open();
  return editor;
};
