// What the grid was given: levels, rights, columns; and the chips drawn from them.

import { element, Frame } from "../saving/frame.js";

export const LEVEL_FIELDS = ["self_rated", "proposed", "decided"];
export const TITLE = "awarded"; // a mark: "x" or ""

export class Page extends Frame {
  constructor(form) {
    super(form);
    this.draftsOnly = form.dataset.drafts === "1";
    this.mark = Object.values(this.data.marks).find(Boolean);
    this.table = document.getElementById("grid");
    this.levels = new Map(this.data.levels.map((level) => [level.code, level]));
    this.isFormer = this.levels.size > 4;
  }

  // The column that filling many rows at once writes into.
  get mainField() {
    return this.draftsOnly ? "self_rated" : "decided";
  }

  chip(code) {
    return this.paintChip(element("span"), code);
  }

  paintChip(span, code) {
    const level = this.levels.get(code);
    span.className = level ? `lv l${level.rank}${this.isFormer ? " old" : ""}` : "lv l0";
    span.textContent = level ? code : this.say("not_rated");
    span.title = level ? level.name : "";
    return span;
  }

  shown(field, value) {
    return LEVEL_FIELDS.includes(field) ? this.chip(value) : super.shown(field, value);
  }

  named(field, value) {
    return LEVEL_FIELDS.includes(field) ? value || this.say("not_rated") : super.named(field, value);
  }

  told(field, value) {
    return super.told(field, LEVEL_FIELDS.includes(field) ? value || this.say("not_rated") : value);
  }
}
