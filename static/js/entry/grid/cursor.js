// Where the user is: the row and the column. The cell itself has the focus while it is drawn,
// the table while it is scrolled away.

import { cellOf } from "./draw.js";
import { LEVEL_FIELDS, TITLE } from "./page.js";

export class Cursor {
  constructor(page, sheet, view) {
    Object.assign(this, { page, sheet, view });
    this.row = sheet.shown[0] || null;
    this.field = page.mainField;
    this.whenMoved = [];
    view.afterDraw = () => this.keepStop();
    view.afterEdges = () => this.keepInSight();
    view.beforeRelease = (el) => this.park(el);
    page.table.addEventListener("focusin", (event) => this.focused(event));
    this.keepStop();
  }

  get columns() {
    const { classList } = this.page.table;
    const hidden = [classList.contains("slim") && "proposed", classList.contains("untitled") && TITLE];
    return [...LEVEL_FIELDS, "note", TITLE].filter((field) => !hidden.includes(field));
  }

  get cell() {
    const el = this.row && this.view.drawn.get(this.row);
    return el ? cellOf(el, this.field) : null;
  }

  // Goes to a row and column, scrolling so far that they are seen.
  go(row, field = this.field) {
    if (!row || row.at < 0) return;
    const cell = cellOf(this.view.reveal(row), field);
    cell.focus({ preventScroll: true });
    if (this.view.isNarrow) cell.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }

  goTo(at, field) {
    const { shown } = this.sheet;
    this.go(shown[Math.max(0, Math.min(shown.length - 1, at))], field);
  }

  // Back into the grid, where one was.
  enter() {
    this.go(this.row && this.row.at >= 0 ? this.row : this.sheet.shown[0]);
  }

  focused(event) {
    const cell = event.target.closest("td.cell"), row = cell?.closest("tr").row;
    if (!row) return;
    this.leave();
    this.row = row;
    this.field = cell.dataset.field;
    row.isCurrent = true;
    cell.classList.add("focus");
    this.view.paint(row);
    this.keepStop();
    this.whenMoved.forEach((listener) => listener(row));
  }

  leave() {
    const { row, cell } = this;
    if (!row) return;
    row.isCurrent = false;
    if (!cell) return;
    cell.classList.remove("focus");
    cell.tabIndex = -1;
    this.view.paint(row);
  }

  // The Tab key finds the cell, or the table where the cell is not drawn.
  keepStop() {
    const { cell } = this, { table } = this.page, stop = cell ? -1 : 0;
    if (cell) cell.tabIndex = 0;
    if (table.tabIndex !== stop || !table.hasAttribute("tabindex")) table.tabIndex = stop;
  }

  // When a notice or the bar grows over the row one is on; not when one has scrolled away from it.
  keepInSight() {
    const { cell } = this;
    if (!cell?.contains(document.activeElement)) return;
    const { top } = cell.getBoundingClientRect();
    if (top > 0 && top < innerHeight) this.view.reveal(this.row);
  }

  // Before an element is taken away or given to another row.
  park(el) {
    const holdsFocus = el.contains(document.activeElement);
    if (holdsFocus && document.activeElement.tagName === "INPUT") document.activeElement.blur();
    for (const cell of el.querySelectorAll("td.cell")) {
      cell.classList.remove("focus");
      cell.tabIndex = -1;
      cell.querySelector(".keys")?.remove();
    }
    if (holdsFocus) this.page.table.focus({ preventScroll: true });
  }
}
