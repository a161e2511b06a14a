// Saves a file as somebody types. What the server does not have yet is kept in the browser, so no reload loses it.
import { ask, fileAt } from "./api.js";
import { t } from "./texts.js";

// In milliseconds: after the last key, after a failure, and until an answer counts as lost.
const PAUSE = 800, RETRY = 5000, PATIENCE = 30_000;
const keyOf = (site, path) => `rizhi:${site}:${path}`;
const isSame = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

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

export class Saver {
  // `tell` is called with "saved", "saving", "unsaved" or "conflict" and the reason; `onSaved` with the answer;
  // `onConflict` with what is there now.
  constructor(file, site, { tell, onSaved, onConflict }) {
    Object.assign(this, { site, path: file.path, version: file.version, tell, onSaved, onConflict });
    this.key = keyOf(site, file.path);
    this.owner = crypto.randomUUID();
    this.pending = { fields: {} };
    this.timer = this.running = this.found = this.lost = null;
    this.isSafe = true;
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

  get isEmpty() { return this.pending.text === undefined && !Object.keys(this.pending.fields).length; }

  // What was typed before and did not reach the server, put into the file that the form is made of.
  restore(file) {
    const kept = keptOf(this.site, this.path);
    if (!kept) return false;
    this.version = kept.version;
    Object.assign(file.fields, kept.fields);
    file.text = kept.text ?? file.text;
    this.change({ fields: kept.fields, text: kept.text });
    return true;
  }

  change({ fields = {}, text }) {
    Object.assign(this.pending.fields, fields);
    if (text !== undefined) this.pending.text = text;
    this.keep();
    if (!this.found) this.tell("saving");
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
      if (!this.isEmpty) localStorage.setItem(this.key, JSON.stringify({ owner: this.owner, version: this.version, ...this.pending }));
      else if (owner === this.owner) localStorage.removeItem(this.key);
    } catch { /* The browser keeps nothing: it asks before it leaves the page. */ }
  }

  // One request at a time: the next needs the version that this one makes. Gives whether all is saved.
  async save() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.isEmpty || this.found) return this.isEmpty;
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
    const sent = this.pending;
    this.pending = { fields: {} };
    try {
      const answer = await ask("PATCH", fileAt(this.path), { version: this.version, ...sent }, AbortSignal.timeout(PATIENCE));
      this.version = answer.version;
      this.lost = null;
      this.keep();
      this.onSaved(answer);
      if (this.isEmpty) this.tell("saved");
      return true;
    } catch (error) {
      this.pending = { ...sent, ...this.pending, fields: { ...sent.fields, ...this.pending.fields } };
      this.keep();
      return this.refused(error, sent);
    }
  }

  refused(error, sent) {
    if (error.status === 409 || error.status === 404) return this.changedMeanwhile(error.answer);
    this.tell("unsaved", error.status ? error.message : t("The program does not answer."));
    if (!error.status) this.lost = sent;
    // What the server finds wrong waits for the next change; all else may go by.
    if (error.status !== 422 && error.status !== 413) this.later(RETRY);
    return false;
  }

  // Where the file says just what was sent, an answer was lost on its way, and nothing else.
  changedMeanwhile(now) {
    const { fields, text } = this.lost ?? this.pending;
    if (now.version && (text === undefined || text === now.text) && Object.keys(fields).every((name) => isSame(fields[name], now.fields[name]))) {
      this.version = now.version;
      if (!this.lost) this.pending = { fields: {} };
      this.lost = null;
      this.keep();
      if (this.isEmpty) this.tell("saved");
      return true;
    }
    this.found = now;
    this.tell("conflict");
    this.onConflict(now);
    return false;
  }

  // After a conflict: with what was typed on the version that is there now, or without it.
  async resume(isMine) {
    this.version = this.found.version;
    this.found = null;
    // What gives way is kept among the earlier states, however short ago the last one was.
    if (isMine) this.pending.keeps = true;
    else this.pending = { fields: {} };
    this.keep();
    return this.save();
  }

  // The file is gone, and what was typed stands elsewhere.
  forget() {
    Object.assign(this, { pending: { fields: {} }, found: null });
    this.keep();
  }

  // The page turns to another file. What could not be saved stays in the browser.
  async close() {
    this.onConflict = () => {};
    await this.save();
    clearTimeout(this.timer);
    this.timer = null;
    this.later = () => {};
    removeEventListener("beforeunload", this.leaving);
    removeEventListener("online", this.back);
    document.removeEventListener("visibilitychange", this.back);
  }
}
