// Reaching a row by its number: the whole number in a box, or its last digit from the row one is on.

export class Jump {
  constructor(page, sheet, cursor) {
    Object.assign(this, { page, sheet, cursor });
    this.box = document.getElementById("goto");
    this.box.addEventListener("keydown", (event) => this.pressedInBox(event));
  }

  ask() {
    this.box.value = "";
    this.box.focus();
  }

  pressedInBox(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const row = event.key === "Enter" ? this.sheet.rows[Number(this.box.value) - 1] : this.cursor.row;
    if (row && row.at >= 0) this.cursor.go(row);
    else this.page.report(this.page.say("no_such_row", { number: this.box.value }));
    this.box.value = "";
  }

  // Alt and a digit: the next row whose number ends with it; with Shift the one before.
  pressed(event) {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    if (!digit) return false;
    const { shown } = this.sheet, { row } = this.cursor, step = event.shiftKey ? -1 : 1;
    const isBefore = !this.page.table.contains(document.activeElement) && row === shown[0];
    let at = row && row.at >= 0 && !isBefore ? row.at + step : 0;
    while (shown[at] && shown[at].number % 10 !== Number(digit)) at += step;
    if (shown[at]) this.cursor.go(shown[at]);
    return true;
  }
}
