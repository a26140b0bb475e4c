// Choosing rows, one by one or a range, to change them together.

export class Picks {
  constructor(page, sheet, cursor) {
    Object.assign(this, { page, sheet, cursor });
    this.rows = new Set();
    this.anchor = null;
    page.table.setAttribute("aria-multiselectable", "true");
  }

  set(row, is) {
    if (row.isLocked || row.isPicked === is) return;
    row.isPicked = is;
    if (is) this.rows.add(row);
    else this.rows.delete(row);
    this.sheet.touch(row);
  }

  toggle(row) {
    this.set(row, !row.isPicked);
    this.anchor = row;
    return true;
  }

  // A click on the box: with Shift all rows from the last one chosen to this.
  clicked(row, event) {
    if (event.shiftKey) this.extendTo(row);
    else this.toggle(row);
    this.cursor.go(row);
  }

  extendTo(row) {
    const from = (this.anchor || this.cursor.row || row).at;
    this.range(from, row.at);
  }

  range(from, to) {
    const { shown } = this.sheet;
    for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) if (shown[at]) this.set(shown[at], true);
  }

  // Shift and an arrow: the row one is on and the next one.
  stretch(step) {
    const { row } = this.cursor, next = this.sheet.shown[row.at + step];
    if (!row.isPicked) this.anchor = row;
    this.set(row, true);
    if (!next) return true;
    if (next.isPicked) this.set(row, false);
    this.set(next, true);
    this.cursor.go(next);
    return true;
  }

  all() {
    this.sheet.shown.forEach((row) => this.set(row, true));
    return true;
  }

  none() {
    if (!this.rows.size) return false;
    [...this.rows].forEach((row) => this.set(row, false));
    this.anchor = null;
    return true;
  }
}
