// A row that someone else changed meanwhile: both values, who and when, and two buttons.

import { element } from "./frame.js";

export class Conflicts {
  // `fields`: the columns, in order; `make(parts)`: the element that holds what is said.
  constructor(page, fields, make) {
    Object.assign(this, { page, names: fields, make });
    this.keep = this.take = () => {};
  }

  // The second line of a row; `old` where it still says the same.
  line(row, old) {
    if (row.state !== "conflict") return null;
    const fields = this.fields(row);
    const says = JSON.stringify([row.id, row.conflict.version, fields.map((field) => row.values[field])]);
    if (old?.says === says) return old;
    const line = this.make([...fields.map((field) => this.pair(row, field)), ...this.buttons(row, fields)]);
    line.says = says;
    return line;
  }

  // The columns in which what is typed and what is stored now differ.
  fields(row) {
    const { values } = row.conflict;
    return this.names.filter((field) => row.values[field] !== values[field]);
  }

  pair(row, field) {
    const { by, at, values } = row.conflict, pair = element("span", "pair"), { page } = this;
    if (this.fields(row).length > 1) pair.append(element("b", "", `${page.say(`column_${field}`)}: `));
    pair.append(
      page.say("you_typed"), " ", page.shown(field, row.values[field]), " ",
      page.say("stored"), " ", page.shown(field, values[field]), " ",
      element("span", "cap", `${by}, ${at}`),
    );
    return pair;
  }

  buttons(row, fields) {
    const one = fields.length === 1 ? fields[0] : null, { page } = this;
    const words = (key, value) => page.say(key, { level: page.named(one, value) });
    return [
      page.button("btn-plain", one ? words("keep_mine", row.values[one]) : page.say("keep_all_mine"), () => this.keep(row)),
      " ",
      page.button("btn-plain", one ? words("take_theirs", row.conflict.values[one]) : page.say(row.conflict.own ? "take_all_own" : "take_all_theirs"), () => this.take(row)),
    ];
  }

  // What the two buttons do; `go(row)` leads back to the row.
  settleBy({ saving, sheet, edits, go }) {
    const settle = (row) => {
      saving.queue([row]);
      sheet.touch(row);
      go(row);
    };
    this.keep = (row) => {
      row.rebase(row.conflict, row.changes());
      settle(row);
    };
    this.take = (row) => {
      row.rebase(row.conflict);
      edits.forget(row);
      settle(row);
    };
  }
}
