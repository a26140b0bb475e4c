// The list in memory: all rows, those listed now, and what is counted of them.

import { Rows } from "../saving/rows.js";
import { FlagCounts, flagsOf } from "./flags.js";
import { Ledger } from "./ledger.js";
import { Row } from "./row.js";

export class Sheet extends Rows {
  constructor(page) {
    super(page.data.rows.map((cells, at) => new Row(page, cells, at)));
    this.page = page;
    this.shown = this.rows;
    this.ledger = new Ledger(page, this.rows);
    this.all = new FlagCounts();
    this.listed = new FlagCounts();
    this.rows.forEach((row) => this.mark(row));
  }

  reckon(rows) {
    this.ledger.follow(rows);
    rows.forEach((row) => this.mark(row));
  }

  mark(row) {
    const flags = flagsOf(row);
    if (flags === row.flags) return;
    this.all.move(row.flags, flags);
    if (row.at >= 0) this.listed.move(row.flags, flags);
    row.flags = flags;
  }

  // Lists only some rows, in their order.
  list(rows) {
    this.rows.forEach((row) => (row.at = -1));
    this.listed = new FlagCounts();
    rows.forEach((row, at) => {
      row.at = at;
      this.listed.move(0, row.flags);
    });
    this.shown = rows;
    this.touch();
  }
}
