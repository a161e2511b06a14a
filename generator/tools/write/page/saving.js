// Saves a file as somebody types. What the server does not have yet is kept in the browser, so no reload loses it.
import { ask, fileAt, giveUp } from "./api.js";

// In milliseconds: after the last key, after a failure, and until an answer counts as lost.
const PAUSE = 800, RETRY = 5000, PATIENCE = 30_000;
const keyOf = (site, path) => `rizhi:${site}:${path}`;
const isEmpty = (value) => value === undefined || value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);
// What is empty in the form does not stand in the file.
const isSame = (one, other) => (isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other));

// A file by its parts, which are its fields and its text; no field has this name.
export const TEXT = "---";
const partsOf = ({ fields = {}, text }) => ({ ...fields, ...(typeof text === "string" && { [TEXT]: text }) });
const fileOf = ({ [TEXT]: text, ...fields }) => ({ fields, text });
const only = (names, parts) => Object.fromEntries(names.map((name) => [name, parts[name]]));

// What of a file has not reached the server; null where nothing has not.
export const keptOf = (site, path) => {
  try { return JSON.parse(localStorage.getItem(keyOf(site, path))); } catch { return null; }
};
export const forget = (site, path) => { try { localStorage.removeItem(keyOf(site, path)); } catch { /* Nothing is kept. */ } };

// The files of which something is kept.
export const keptPaths = (site) => {
  const start = keyOf(site, "");
  try { return Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length)); } catch { return []; }
};

// The part that something is wrong with.
const partOf = (problem) => problem.field ?? (problem.line ? TEXT : "");

// `base` is what the form was made of, `disk` what the file says as far as is known, `pending` what was typed since. `refusals`
// are problems of what the server refuses of it: that waits until it is typed anew, and all else goes on.
export class Saver {
  // `tell` is called with "saved", "saving", "unsaved", "held" or "conflict" and the reason; `onSaved` with the answer;
  // `onRefused` where there are refusals; `onConflict` where somebody has to decide; `onMet` after the file was found changed.
  constructor(file, site, { tell, onSaved, onRefused, onConflict, onMet }) {
    Object.assign(this, { site, path: file.path, version: file.version, tell, onSaved, onRefused, onConflict, onMet });
    this.key = keyOf(site, file.path);
    this.owner = crypto.randomUUID();
    this.disk = partsOf(file);
    this.base = { ...this.disk };
    this.pending = {};
    this.refusals = [];
    this.timer = this.running = this.lost = null;
    this.isGone = this.isStopped = this.keeps = false;
    this.leaving = (event) => {
      if (this.isEmpty) return;
      this.save();
      event.preventDefault();
    };
    this.back = () => this.save();
    addEventListener("beforeunload", this.leaving);
    addEventListener("online", this.back);
    document.addEventListener("visibilitychange", this.back);
  }

  get isEmpty() { return !Object.keys(this.pending).length; }
  get isIdle() { return this.isEmpty && !this.running; }
  get ready() { return Object.keys(this.pending).filter((name) => !this.refusals.some((one) => partOf(one) === name)); }

  // The parts that were changed both here and elsewhere, and not alike.
  get contested() {
    return Object.keys(this.pending).filter((name) => ![this.base, this.pending].some((known) => isSame(known[name], this.disk[name])));
  }

  // What somebody has to decide about: both sides of it; of a file that is gone, all that was typed.
  get sides() {
    const names = this.isGone ? Object.keys(this.pending) : this.contested;
    return [this.pending, this.isGone ? {} : this.disk].map((parts) => fileOf(only(names, parts)));
  }

  // What was typed before and did not reach the server, put into the file that the form is made of.
  restore(file) {
    const kept = keptOf(this.site, this.path);
    if (!kept) return false;
    const parts = partsOf(kept);
    Object.assign(this.base, only(Object.keys(parts), kept.base ?? {}));
    this.keeps = kept.keeps ?? false;
    Object.assign(file.fields, kept.fields);
    file.text = kept.text ?? file.text;
    this.change(parts);
    return true;
  }

  change(parts) {
    Object.assign(this.pending, parts);
    // In a draft may stand what may not go out.
    this.refusals = this.refusals.filter((one) => !(partOf(one) in parts || "status" in parts));
    this.keep();
    if (!this.isStopped) this.tell("saving");
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // Another window may have the same file open: what it keeps is not taken away.
  keep() {
    try {
      const { owner } = JSON.parse(localStorage.getItem(this.key)) ?? {};
      const base = only(Object.keys(this.pending), this.base);
      if (!this.isEmpty) localStorage.setItem(this.key, JSON.stringify({ owner: this.owner, base, keeps: this.keeps, ...fileOf(this.pending) }));
      else if (owner === this.owner) localStorage.removeItem(this.key);
    } catch { /* The browser keeps nothing: it asks before it leaves the page. */ }
  }

  // One request at a time: the next needs the version that this one makes. Gives whether all is saved.
  async save() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.ready.length || this.isStopped) return this.isEmpty;
    this.running = this.send();
    const isDone = await this.running;
    this.running = null;
    return isDone && (this.isEmpty || this.save());
  }

  // Something else that makes a new version of the file, in a turn of its own; null where not all could be saved before.
  async alone(work) {
    if (!await this.save()) return null;
    const turn = work(this.version).then((answer) => {
      this.version = answer.version;
      return answer;
    }).finally(() => { this.running = null; });
    this.running = turn.catch(() => {});
    return turn;
  }

  async send() {
    if (this.isGone || this.contested.length) return this.stop();
    const sent = only(this.ready, this.pending);
    for (const name of Object.keys(sent)) delete this.pending[name];
    try {
      const asked = { version: this.version, ...fileOf(sent), ...(this.keeps && { keeps: true }) };
      const answer = await ask("PATCH", fileAt(this.path), asked, AbortSignal.timeout(PATIENCE));
      this.took(sent);
      Object.assign(this, { version: answer.version, lost: null, keeps: false });
      this.keep();
      this.onSaved(answer);
      if (!this.ready.length) this.tell(this.isEmpty ? "saved" : "held");
      return true;
    } catch (error) {
      this.pending = { ...sent, ...this.pending };
      this.keep();
      return this.refused(error, sent);
    }
  }

  // The file has these parts now, as the form has.
  took(parts) {
    Object.assign(this.base, parts);
    Object.assign(this.disk, parts);
  }

  refused(error, sent) {
    if (error.status === 409 || error.status === 404) {
      this.meet(error.answer);
      return this.send();
    }
    if (error.status === 422) return this.refuse(error, sent);
    this.tell("unsaved", error.message);
    if (!error.status) this.lost = sent;
    // What is too large waits for the next change; all else may go by.
    if (error.status !== 413) this.later(RETRY);
    return false;
  }

  // What the server finds wrong waits for the next change.
  refuse(error, sent) {
    // What was typed again meanwhile is sent by itself.
    const fresh = error.answer.problems.filter((one) => partOf(one) in sent && this.pending[partOf(one)] === sent[partOf(one)]);
    this.refusals.push(...fresh);
    this.onRefused();
    if (fresh.length && this.ready.length) return this.send();
    if (fresh.length) this.tell("held");
    else this.tell("unsaved", error.message);
    return false;
  }

  // What is on the disk now; without a version, there is no such file any more.
  meet(now) {
    this.isGone = !now.version;
    if (this.isGone) return;
    Object.assign(this, { version: now.version, disk: partsOf(now) });
    // Where the file says what was sent, an answer was lost on its way: nobody else has changed that.
    for (const [name, value] of Object.entries(this.lost ?? {})) if (isSame(value, this.disk[name])) this.base[name] = value;
    this.lost = null;
    this.onMet();
  }

  // Takes over what was changed elsewhere and not here. `show` gets each such part; `isBusy` says which to leave for now.
  catchUp(isBusy, show) {
    for (const name of new Set([...Object.keys(this.base), ...Object.keys(this.disk)])) {
      if (name in this.pending || isSame(this.base[name], this.disk[name]) || isBusy(name)) continue;
      this.base[name] = this.disk[name];
      show(name, this.disk[name]);
    }
  }

  stop() {
    this.isStopped = true;
    this.tell("conflict");
    this.onConflict();
    return false;
  }

  // Whether there is something to decide, by what is on the disk at this moment.
  async isUndecided() {
    if (!this.isStopped) return false;
    this.meet(await ask("GET", fileAt(this.path)).catch((error) => {
      if (error.status !== 404) throw error;
      return {};
    }));
    this.isStopped = this.isGone || this.contested.length > 0;
    return this.isStopped;
  }

  // After a decision: what was typed counts, or what is on the disk, where both were changed.
  async resume(isMine) {
    if (!isMine) await giveUp(this.path, this.sides[0]);
    for (const name of this.contested) {
      if (isMine) this.base[name] = this.disk[name];
      else delete this.pending[name];
    }
    // What gives way is kept among the earlier states, however short ago the last one was.
    this.keeps = isMine;
    this.isStopped = false;
    this.keep();
    return this.save();
  }

  // What was typed and could not be saved is kept among the earlier states, since another one is to take its place.
  async giveWay() {
    await this.keepTyped();
    this.forget();
  }

  takeBack(typed) {
    this.pending = typed;
    this.keep();
  }

  async keepTyped() {
    if (!this.isEmpty) await giveUp(this.path, fileOf(this.pending));
  }

  // What was typed stands elsewhere.
  forget() {
    Object.assign(this, { pending: {}, refusals: [], isStopped: false });
    this.keep();
  }

  // The page turns to another file. What could not be saved stays in the browser.
  async close() {
    this.onConflict = this.onMet = () => {};
    await this.save();
    clearTimeout(this.timer);
    this.timer = null;
    this.later = () => {};
    removeEventListener("beforeunload", this.leaving);
    removeEventListener("online", this.back);
    document.removeEventListener("visibilitychange", this.back);
  }
}
