// One file to write in: its form, its text, and its page beside it.
import { ask, fileAt } from "./api.js";
import { deletedNotice, earlierState, goesOut, remove, wantsDeletion, whichCounts } from "./dialogs.js";
import { button, el, say } from "./dom.js";
import { fieldOf, whenTyped } from "./fields.js";
import { build } from "./outputs.js";
import { preview } from "./preview.js";
import { firstProblem, showProblems } from "./problems.js";
import { Saver } from "./saving.js";
import { t } from "./texts.js";
import { toolbar } from "./toolbar.js";
import { topBar } from "./topbar.js";

// Which fields stand above the text and which below it; all others are behind “More”.
const ABOVE = {
  entry: "title date part place weather targets tags", target: "name kind short_name place summary",
  policy: "title number issuer level date topic", page: "title summary", people: "people", settings: "title description organization base_url kinds counters",
};
const BELOW = { entry: "requests counts policies cover summary", target: "aliases parent", policy: "files" };
const named = (fields, names = "") => names.split(" ").map((name) => fields.find((one) => one.name === name)).filter(Boolean);
const HAS_TEXT = ["entry", "target", "policy", "page"];

class Editor {
  // `ways`: `leave` shows the list or another file, `reopen` this one again; `problemsOf` gives what the last build found.
  constructor(main, file, site, ways) {
    Object.assign(this, { main, file, site, path: file.path, own: file.problems, textLine: file.text_line, ...ways });
    this.hasText = HAS_TEXT.includes(file.kind);
    this.fields = (site.forms[file.kind] ?? []).filter((one) => one.name !== "status");
    this.preview = preview();
    this.unplaced = el("div", { hidden: true });
    this.node = el("div", { className: "editor" });
    this.bar = topBar(file.kind, {
      publish: this.trying(() => this.publish()), unpublish: () => this.change({ status: "draft" }), build, decide: this.trying(() => this.settle()),
      turn: this.hasText && ((which) => { this.node.dataset.shown = which; }),
    });
    this.saver = new Saver(file, site.id, {
      tell: this.bar.tell,
      onSaved: (answer) => {
        Object.assign(this, { own: answer.problems, textLine: answer.text_line });
        this.show();
        if (this.hasText) this.preview.look(answer.url);
      },
      onConflict: this.trying(() => this.settle()),
    });
  }

  // What fails is told among the problems.
  trying(work) {
    return () => work().catch((error) => {
      this.main.inert = false;
      this.own = [{ message: error.message || t("The program does not answer.") }];
      this.show();
    });
  }

  open() {
    const wasKept = this.saver.restore(this.file);
    this.fill();
    this.main.replaceChildren(this.bar.node, this.node);
    this.bar.show(this.file.fields);
    this.show();
    if (this.hasText) this.preview.look(this.file.url);
    if (wasKept) say(t("What you typed before was kept."));
  }

  fill() {
    const nodeOf = (one) => fieldOf(one, this.file.fields[one.name], this.site, (given) => this.change(given));
    const room = (fields) => el("div", { className: "fields" }, fields.map(nodeOf));
    const above = named(this.fields, ABOVE[this.file.kind]), below = named(this.fields, BELOW[this.file.kind]);
    const rest = this.fields.filter((one) => !above.includes(one) && !below.includes(one));
    this.node.append(el("div", { className: "form" }, this.unplaced, room(above), this.hasText && this.textBox(), room(below),
      rest.length > 0 && el("details", {}, el("summary", {}, t("More")), room(rest)),
      el("div", { className: "bar end" }, button(t("Earlier states"), this.trying(() => this.history())),
        this.hasText && this.renaming(), this.hasText && button(t("Delete"), this.trying(() => this.remove())))), ...(this.hasText ? [this.preview.node] : []));
    this.node.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      this.saver.save();
    });
  }

  textBox() {
    const text = el("textarea", { id: "text", rows: 18, value: this.file.text ?? "", "aria-describedby": "text-problem" });
    whenTyped(text, () => {
      this.file.text = text.value;
      this.saver.change({ text: text.value });
    });
    return el("div", { className: "field" }, el("label", { htmlFor: "text" }, t("Text")), toolbar(text, { path: this.path, site: this.site }), text,
      el("p", { id: "text-problem", className: "problem" }));
  }

  change(given) {
    Object.assign(this.file.fields, given);
    this.bar.show(this.file.fields);
    this.saver.change({ fields: given });
  }

  show() {
    showProblems([...this.own, ...this.problemsOf(this.path)], this.path, this.unplaced, this.textLine, () => this.hasText && this.renaming());
  }

  // After a build. What was changed elsewhere is shown as it is now, unless somebody writes here.
  async follow(isBuilt) {
    this.show();
    if (this.hasText) this.preview.look(undefined, isBuilt);
    const isQuiet = () => this.saver.isEmpty && !this.main.contains(document.activeElement);
    if (!isQuiet()) return;
    const now = await ask("GET", fileAt(this.path)).catch(() => null);
    if (now && isQuiet() && now.version !== this.saver.version) this.reopen();
  }

  async settle() {
    const { found, pending } = this.saver;
    const choice = await whichCounts(pending, found, (name) => this.fields.find((one) => one.name === name)?.label ?? name);
    if (!choice) return;
    this.main.inert = true;
    if (found.version) {
      await this.saver.resume(choice === "mine");
      this.reopen();
    } else {
      const { kind, fields, text } = this.file;
      const made = choice === "mine" && await ask("POST", "file", { kind, fields, text });
      this.saver.forget();
      this.leave(null, made ? made.path : "");
    }
  }

  async publish(asked = false) {
    try {
      const answer = await this.saver.alone((version) => ask("POST", "publish", { path: this.path, version, ...(asked && { asked }) }));
      if (!answer) return;
      if (answer.asks) {
        this.own = answer.asks;
        this.show();
        if (await goesOut(answer.asks)) await this.publish(true);
        return;
      }
      delete this.file.fields.status;
      this.own = [...answer.problems, ...answer.warnings].filter((one) => one.path === this.path);
      this.show();
      this.bar.show(this.file.fields);
      this.bar.tell("published");
    } catch (error) {
      if (error.status === 409) { this.saver.changedMeanwhile(error.answer); return; }
      if (!error.answer?.problems) throw error;
      this.own = error.answer.problems.filter((one) => one.is_error || one.path === this.path);
      this.show();
      this.bar.tell("refused");
      firstProblem(this.unplaced);
    }
  }

  async history() {
    await this.saver.save();
    const state = await earlierState(this.path);
    if (!state) return;
    this.main.inert = true;
    await this.saver.alone((version) => ask("POST", "history", { path: this.path, version, state }));
    this.reopen();
  }

  renaming() { return button(t("Name the file by its title"), this.trying(() => this.rename())); }

  async rename() {
    this.main.inert = true;
    const renamed = await this.saver.alone((version) => ask("POST", "rename", { path: this.path, version }));
    if (renamed && renamed.path !== this.path) { this.leave(null, renamed.path); return; }
    this.main.inert = false;
    if (renamed) this.bar.tell("named");
  }

  async remove() {
    await this.saver.save();
    if (!await wantsDeletion(this.bar.name())) return;
    const { undo } = await remove(this.path, this.saver.version);
    this.saver.forget();
    this.leave(deletedNotice(this.bar.name(), undo));
  }
}

// Shows a file; gives it, to be told of builds and to be closed.
export const write = async (main, path, site, ways) => {
  const editor = new Editor(main, await ask("GET", fileAt(path)), site, ways);
  editor.open();
  return editor;
};
