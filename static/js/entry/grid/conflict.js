// A row that someone else changed meanwhile: both values, who and when, and two buttons.

import { element, LEVEL_FIELDS, TITLE } from "./page.js";

export class Conflicts {
  constructor(page) {
    this.page = page;
    this.keep = this.take = () => {};
  }

  // The second line of a row; `old` where it still says the same.
  line(row, old) {
    if (row.state !== "conflict") return null;
    const fields = this.fields(row);
    const says = JSON.stringify([row.id, row.conflict.version, fields.map((field) => row.values[field])]);
    if (old?.says === says) return old;
    const line = element("tr", "conflict-more"), cell = element("td");
    line.says = says;
    cell.colSpan = 11;
    cell.append(...fields.map((field) => this.pair(row, field)), ...this.buttons(row, fields));
    line.append(cell);
    return line;
  }

  // The columns in which what is typed and what is stored now differ.
  fields(row) {
    const { values } = row.conflict;
    return [...LEVEL_FIELDS, TITLE, "reason", "note"].filter((field) => row.values[field] !== values[field]);
  }

  pair(row, field) {
    const { by, at, values } = row.conflict, pair = element("span", "pair");
    if (this.fields(row).length > 1) pair.append(element("b", "", `${this.page.say(`column_${field}`)}: `));
    pair.append(
      this.page.say("you_typed"), " ", this.shown(field, row.values[field]), " ",
      this.page.say("stored"), " ", this.shown(field, values[field]), " ",
      element("span", "cap", `${by}, ${at}`),
    );
    return pair;
  }

  shown(field, value) {
    return LEVEL_FIELDS.includes(field) ? this.page.chip(value) : element("span", "xl", value || "—");
  }

  buttons(row, fields) {
    const one = fields.length === 1 ? fields[0] : null;
    const words = (key, value) => this.page.say(key, { level: this.named(one, value) });
    return [
      this.page.button("btn-plain", one ? words("keep_mine", row.values[one]) : this.page.say("keep_all_mine"), () => this.keep(row)),
      " ",
      this.page.button("btn-plain", one ? words("take_theirs", row.conflict.values[one]) : this.page.say(row.conflict.own ? "take_all_own" : "take_all_theirs"), () => this.take(row)),
    ];
  }

  named(field, value) {
    if (LEVEL_FIELDS.includes(field)) return value || this.page.say("not_rated");
    return value.length > 24 ? `“${value.slice(0, 24)}…”` : `“${value}”`;
  }
}
