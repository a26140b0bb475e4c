// The queue: each changed row is sent by itself within a moment, many in few requests, until the
// server has answered for it. Nothing typed is dropped.

const WAIT = 100; // milliseconds after a change
const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];

export class Saving {
  constructor(page, sheet, store, post) {
    Object.assign(this, { page, sheet, store, post });
    this.dirty = new Set();
    this.trouble = ""; // why the last request failed
    this.tries = 0;
    this.isSending = false;
    this.whenTrouble = () => {};
    this.whenAnswered = () => {}; // with all that the answer says, once the rows have taken theirs
    for (const name of ["online", "focus"]) addEventListener(name, () => this.dirty.size && this.soon(0));
    document.addEventListener("visibilitychange", () => this.dirty.size && this.send());
    addEventListener("beforeunload", (event) => {
      if (this.wouldLose()) event.preventDefault();
    });
  }

  // Texts are not kept in the browser; levels and numbers are, where the browser can.
  wouldLose() {
    return this.sheet.rows.some((row) => row.hasUnsavedText || (this.store.isFull && row.isDirty));
  }

  queue(rows) {
    for (const row of rows) this.follow(row);
    this.store.keep(rows);
    if (this.dirty.size) this.soon(WAIT);
  }

  follow(row) {
    if (row.state === "conflict" || row.state === "refused") return;
    if (row.isDirty) {
      this.dirty.add(row);
      row.state = "waiting";
    } else {
      this.dirty.delete(row);
      if (row.state !== "saving") row.state = "stored";
    }
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  async send() {
    if (this.isSending || !this.dirty.size) return;
    const rows = [...this.dirty].slice(0, this.page.data.atOnce);
    const sent = new Map(rows.map((row) => [row.id, row.changes()]));
    const lines = rows.map((row) => ({ line: row.id, version: row.version, changes: sent.get(row.id) }));
    this.isSending = true;
    rows.forEach((row) => (row.state = "saving"));
    this.sheet.touch(...rows);
    const outcome = await this.post.send(lines);
    this.isSending = false;
    if (outcome.failure) this.failed(outcome.failure);
    else this.answered(rows, sent, outcome);
  }

  failed(failure) {
    const isOld = this.trouble === failure;
    this.trouble = failure;
    for (const row of this.dirty) {
      row.state = "failed";
      row.why = failure;
    }
    this.sheet.touch(...this.dirty);
    if (!isOld) this.page.announce(this.page.say(failure));
    this.whenTrouble();
    this.soon(RETRIES[Math.min(this.tries, RETRIES.length - 1)]);
    this.tries += 1;
  }

  answered(rows, sent, outcome) {
    const { answers, refusal } = outcome;
    this.trouble = "";
    this.tries = 0;
    if (refusal) rows.forEach((row) => this.refuse(row, refusal));
    for (const answer of answers || []) this.take(this.sheet.byId.get(answer.line), answer, sent);
    this.store.keep(rows);
    this.sheet.touch(...rows);
    this.whenTrouble();
    this.whenAnswered(outcome);
    if (this.dirty.size) this.soon(0);
  }

  take(row, answer, sent) {
    this.dirty.delete(row);
    if (answer.state === "saved") {
      row.accept(answer, sent.get(row.id));
      if (row.isDirty) this.dirty.add(row);
    } else if (answer.state === "conflict") {
      row.state = "conflict";
      row.conflict = answer;
      this.page.announce(`${row.name}: ${this.page.say(answer.own ? "conflict_own" : "conflict")}`);
    } else this.refuse(row, answer.why);
  }

  refuse(row, why) {
    this.dirty.delete(row);
    row.state = "refused";
    row.why = why;
    this.page.announce(`${row.name}: ${this.page.say("refused", { why })}`);
  }
}
