// One row: what is typed, what is stored, on which version, and what became of it. No element.

import { TITLE } from "./page.js";

const EXEMPT = 1, ACCEPTED = 2, DISCIPLINED = 4, MENDED = 8, RECENT = 16, AWARDED = 32;
const FIELDS = ["self_rated", "proposed", "decided", "awarded", "reason", "note"];

export class Row {
  // `cells`: as assessments/entry/grid/data.py writes them.
  constructor(page, cells, at) {
    const { levels, lasts, names } = page.data;
    const [
      id, version, code, name, place, group, last, self_rated, proposed, decided, marks,
      savedAt = "", reason = "", note = "", returned = "",
    ] = cells;
    const codeOf = (index) => (index ? levels[index - 1].code : "");
    this.page = page;
    this.id = id;
    this.version = version;
    this.number = at + 1;
    this.at = at; // its place among the rows listed now; -1 when a filter hides it
    this.code = code;
    this.name = name;
    this.place = names[place] || "";
    this.group = group;
    [this.last, this.lastRank] = lasts[last] || ["", null];
    this.stored = {
      self_rated: codeOf(self_rated), proposed: codeOf(proposed), decided: codeOf(decided),
      awarded: marks & AWARDED ? page.mark : "", reason, note,
    };
    this.values = { ...this.stored };
    this.unread = null; // field → text that is no level of this year: shown, never sent
    this.isExempt = Boolean(marks & EXEMPT);
    this.isAccepted = Boolean(marks & ACCEPTED);
    this.isDisciplined = Boolean(marks & DISCIPLINED);
    this.returned = returned; // why the Board gave it back
    this.isMended = Boolean(marks & MENDED); // written into since
    this.isRecent = Boolean(marks & RECENT); // admitted too late in the year to be rated
    this.savedAt = savedAt;
    this.state = "stored"; // stored, waiting, saving, failed, refused, conflict
    this.why = "";
    this.conflict = null;
    this.isChanged = false; // by the user, since the page was opened
    this.isEditing = false;
    this.isPicked = false;
    this.overCaps = 0; // bits: the caps whose group is over and that this row's level counts to
    this.chargedCaps = 0; // those of them for which this row needs a reason
    this.owedCaps = 0; // those of them for which it still owes one
    this.flags = 0;
  }

  get isLocked() {
    return this.page.isLocked || this.isExempt || this.isAccepted;
  }

  get isDirty() {
    const { values, stored } = this;
    return FIELDS.some((name) => values[name] !== stored[name]);
  }

  get isToAnswer() {
    return Boolean(this.returned) && !this.isMended;
  }

  get isUnsaved() {
    return Boolean(this.unread) || this.isDirty;
  }

  // What is typed and is kept nowhere but on this page.
  get hasUnsavedText() {
    const { values, stored } = this;
    return Boolean(this.unread) || values.reason !== stored.reason || values.note !== stored.note;
  }

  get isBlank() {
    return !this.values.decided && !this.values.reason && !this.isExempt;
  }

  // The reason that stands there by itself and is not stored.
  get suggestion() {
    return this.isRecent && this.isBlank ? this.page.data.recent : "";
  }

  // As a list of what was not saved names it.
  get title() {
    return `${this.number}. ${this.code} ${this.name}`;
  }

  changes() {
    const names = FIELDS.filter((name) => this.values[name] !== this.stored[name]);
    return Object.fromEntries(names.map((name) => [name, this.values[name]]));
  }

  canSet(field) {
    return !this.isLocked && !(this.page.draftsOnly && ["decided", "awarded"].includes(field));
  }

  set(field, value) {
    this.read(field);
    this.values[field] = value;
    if (field === "decided" && value) this.values.reason = "";
  }

  read(field) {
    if (!this.unread) return;
    delete this.unread[field];
    if (!Object.keys(this.unread).length) this.unread = null;
  }

  // What was kept from before a reload; a level that the scheme no longer has is shown, never sent.
  putBack({ version, values }) {
    this.version = Math.min(version, this.version);
    for (const [field, code] of Object.entries(values)) {
      if (!code || this.page.levels.has(code) || field === TITLE) this.set(field, code);
      else this.unread = { ...this.unread, [field]: code };
    }
  }

  // The one text shown in the last column: the reason when not rated, else the note.
  get textField() {
    return this.values.decided ? "note" : "reason";
  }

  accept({ version, at }, sent) {
    this.isMended ||= Boolean(this.returned) && version > this.version;
    this.version = version;
    Object.assign(this.stored, sent);
    this.savedAt = at;
    this.conflict = null;
    this.state = this.isDirty ? "waiting" : "stored";
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
}
