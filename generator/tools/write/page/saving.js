// Saves a file as somebody types. What the server does not have yet is kept in the browser, so no reload loses it.
import { ask, fileAt } from "./api.js";

const PAUSE = 800, RETRY = 5000;

export class Saver {
  // `tell` is called with "saved", "saving" or "unsaved"; `onSaved` with the answer; `onConflict` with what is there now.
  constructor(file, room, { tell, onSaved, onConflict }) {
    Object.assign(this, { path: file.path, version: file.version, tell, onSaved, onConflict });
    this.key = `rizhi:${room}:${file.path}`;
    this.pending = { fields: {} };
    this.timer = this.running = null;
    this.isHeld = false;
    addEventListener("beforeunload", (event) => { if (!this.isEmpty && !this.isKept) event.preventDefault(); });
  }

  get isEmpty() { return this.pending.text === undefined && !Object.keys(this.pending.fields).length; }

  // What was typed before and did not reach the server.
  kept() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }

  change({ fields = {}, text }) {
    Object.assign(this.pending.fields, fields);
    if (text !== undefined) this.pending.text = text;
    this.keep();
    this.tell("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keep() {
    try {
      if (this.isEmpty) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ version: this.version, ...this.pending }));
      this.isKept = true;
    } catch { this.isKept = false; }
  }

  // One request at a time: the next needs the version that this one makes.
  async save() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.isEmpty || this.isHeld) return;
    this.running = this.send();
    try { await this.running; } finally { this.running = null; }
    if (!this.isEmpty && !this.isHeld && !this.failed) await this.save();
  }

  async send() {
    const sent = this.pending;
    this.pending = { fields: {} };
    this.failed = false;
    try {
      const answer = await ask("PATCH", fileAt(this.path), { version: this.version, ...sent });
      this.version = answer.version;
      this.keep();
      this.onSaved(answer);
      if (this.isEmpty) this.tell("saved");
    } catch (error) {
      this.failed = true;
      this.pending = { ...sent, ...this.pending, fields: { ...sent.fields, ...this.pending.fields } };
      this.keep();
      this.tell("unsaved", error.message);
      if (error.status === 409) {
        this.isHeld = true;
        this.onConflict(error.answer);
      } else if (!error.status) this.timer = setTimeout(() => this.save(), RETRY);
    }
  }

  // After a conflict: with what was typed on the version that is there now, or without it.
  resume(version, isMine) {
    this.version = version;
    this.isHeld = false;
    if (!isMine) this.pending = { fields: {} };
    this.keep();
    return this.save();
  }
}
