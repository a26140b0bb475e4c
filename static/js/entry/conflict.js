// A row that someone else changed meanwhile: both values, who and when, and two buttons.

import { element } from "./rows.js";

export class Conflicts {
  constructor(page, saving) {
    this.page = page;
    this.saving = saving;
    page.whenChanged(() => this.follow());
  }

  follow() {
    for (const row of this.page.rows) {
      const shown = row.el.nextElementSibling?.classList.contains("conflict-more");
      if (row.state === "conflict" && !shown) row.el.after(this.more(row));
      else if (row.state !== "conflict" && shown) row.el.nextElementSibling.remove();
    }
  }

  more(row) {
    const line = element("tr", "conflict-more");
    const wide = document.createElement("td");
    wide.colSpan = row.el.cells.length - 3;
    const [field, mine] = Object.entries(row.changes())[0] || ["decided", row.values.decided];
    const theirs = row.conflict.values[field];
    wide.append(
      this.part(this.page.say("you_typed"), field, mine, ""),
      this.part(this.page.say("stored"), field, theirs, `${row.conflict.by}, ${row.conflict.at}`),
      this.button("keep_mine", field, mine, () => this.keepMine(row)), " ",
      this.button("take_theirs", field, theirs, () => this.takeTheirs(row)),
    );
    line.append(...[1, 2, 3].map(() => document.createElement("td")), wide);
    return line;
  }

  part(words, field, value, who) {
    const part = element("span", "gap-after", `${words} `);
    part.append(this.shown(field, value), " ", element("span", "cap", who));
    return part;
  }

  shown(field, value) {
    return ["reason", "note"].includes(field) ? element("span", "xl", value || "—") : this.page.chip(value);
  }

  button(key, field, value, action) {
    const isText = ["reason", "note"].includes(field);
    const level = isText ? `“${value.slice(0, 24)}”` : value || this.page.say("not_rated");
    const button = element("button", "btn btn-plain btn-sm", this.page.say(key, { level }));
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }

  keepMine(row) {
    const mine = row.changes();
    row.version = row.conflict.version;
    row.stored = { ...row.conflict.values };
    row.values = { ...row.stored, ...mine };
    this.solved(row);
  }

  takeTheirs(row) {
    row.version = row.conflict.version;
    row.stored = { ...row.conflict.values };
    row.values = { ...row.stored };
    row.savedAt = row.conflict.at;
    this.solved(row);
  }

  solved(row) {
    row.state = "stored";
    row.conflict = null;
    row.touched = true;
    this.saving.touch([row]);
    row.cell("decided")?.focus();
  }
}
