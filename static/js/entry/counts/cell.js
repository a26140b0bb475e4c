// One count of one organization, or the total on its paper: what is typed, what is stored and on which
// version, what the server says of it.

import { COUNT, FIELDS, plain, REASON, whole } from "./page.js";

export class Cell {
  // `el`: the element that shows it (templates/assessments/entry/counts/_cell.html).
  constructor(page, el) {
    const id = el.dataset.cell, { count, reason, ...state } = JSON.parse(el.dataset.state);
    Object.assign(this, { page, el, id, ...state }); // name, code, version, last, isAsked, told
    this.organization = id.slice(0, id.lastIndexOf(":"));
    this.isPaper = id.startsWith("paper:");
    this.input = el.querySelector("[data-count-input]");
    this.reasonRow = el.parentElement.querySelector(`[data-reason-of="${id}"]`);
    this.reasonInput = this.reasonRow?.querySelector("input");
    this.stored = { [COUNT]: count, [REASON]: reason };
    this.values = { ...this.stored };
    this.savedAt = "";
    this.state = "stored"; // stored, waiting, saving, failed, refused, conflict
    this.why = "";
    this.conflict = null;
    this.unread = null;
  }

  get title() {
    return this.name;
  }

  // Something that is typed, the total on the paper apart.
  get isCount() {
    return Boolean(this.input) && !this.isPaper;
  }

  get number() {
    return whole(this.values[COUNT]);
  }

  get isBlank() {
    return !this.values[COUNT];
  }

  get isDirty() {
    return FIELDS.some((field) => this.values[field] !== this.stored[field]);
  }

  get isUnsaved() {
    return this.isDirty;
  }

  get hasUnsavedText() {
    return this.values[REASON] !== this.stored[REASON];
  }

  get isWrong() {
    return this.state === "refused" || this.state === "conflict";
  }

  // Fails a check that asks for a reason, and has none yet.
  get isOwed() {
    return this.told.asks && !this.values[REASON] && this.state === "stored";
  }

  changes() {
    const names = FIELDS.filter((field) => this.values[field] !== this.stored[field]);
    return Object.fromEntries(names.map((field) => [field, this.values[field]]));
  }

  canSet() {
    return !this.page.isLocked;
  }

  set(field, value) {
    this.values[field] = field === COUNT ? plain(value) : value;
  }

  accept(answer, sent) {
    const typed = this.changes();
    const isSame = FIELDS.every((field) => !(field in typed) || typed[field] === sent[field]);
    this.rebase(answer, isSame ? {} : typed);
  }

  // Take over what the system holds; `mine`: what is typed again on top of it.
  rebase({ version, values, at }, mine = {}) {
    this.version = version;
    this.stored = { ...values };
    this.values = { ...values, ...mine };
    this.savedAt = at;
    this.conflict = null;
    this.state = this.isDirty ? "waiting" : "stored";
  }

  putBack({ version, values }) {
    this.version = version;
    for (const [field, value] of Object.entries(values)) this.set(field, value);
  }
}
