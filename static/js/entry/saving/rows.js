// The rows in memory, and who must hear of a change.

const AFTER_A_KEY = 40; // milliseconds

export class Rows {
  constructor(rows) {
    this.rows = rows;
    this.byId = new Map(rows.map((row) => [row.id, row]));
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
    this.reckon(rows);
    this.watchers.forEach((watcher) => watcher(rows));
    rows.forEach((row) => this.unfollowed.add(row));
    clearTimeout(this.following);
    this.following = setTimeout(() => this.catchUp(), AFTER_A_KEY);
  }

  // What is reckoned of the rows touched before anyone hears of them; may add to them.
  reckon() {}

  catchUp() {
    const rows = this.unfollowed;
    this.unfollowed = new Set();
    this.followers.forEach((follower) => follower(rows));
  }
}
