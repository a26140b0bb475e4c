// The list in memory: all rows, those listed now, and who must hear of a change.

import { FlagCounts, flagsOf } from "./flags.js";
import { Ledger } from "./ledger.js";
import { Row } from "./row.js";

const AFTER_A_KEY = 40; // milliseconds

export class Sheet {
  constructor(page) {
    this.page = page;
    this.rows = page.data.rows.map((cells, at) => new Row(page, cells, at));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    this.shown = this.rows;
    this.ledger = new Ledger(page, this.rows);
    this.all = new FlagCounts();
    this.listed = new FlagCounts();
    this.rows.forEach((row) => this.mark(row));
    this.stale = new Set();
    this.isDue = false;
    this.watchers = [];
    this.followers = [];
    this.unfollowed = new Set();
  }

  // `watcher(rows)`: called once after all changes of a moment, with the rows that they touched.
  watch(watcher) {
    this.watchers.push(watcher);
  }

  // As `watch`, but after the key that caused it is painted; keys typed in a row count as one.
  follow(follower) {
    this.followers.push(follower);
  }

  touch(...rows) {
    rows.forEach((row) => this.stale.add(row));
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => this.settle());
  }

  settle() {
    const rows = this.stale;
    this.stale = new Set();
    this.isDue = false;
    this.ledger.follow(rows);
    rows.forEach((row) => this.mark(row));
    this.watchers.forEach((watcher) => watcher(rows));
    rows.forEach((row) => this.unfollowed.add(row));
    clearTimeout(this.following);
    this.following = setTimeout(() => this.catchUp(), AFTER_A_KEY);
  }

  catchUp() {
    const rows = this.unfollowed;
    this.unfollowed = new Set();
    this.followers.forEach((follower) => follower(rows));
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
