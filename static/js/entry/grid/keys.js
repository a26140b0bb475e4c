// What the keys and the mouse do in the grid.

import { FLAGS } from "./flags.js";
import { TITLE } from "./page.js";

export class Keys {
  constructor(parts) {
    Object.assign(this, parts);
    const { page } = parts;
    page.table.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  clicked(event) {
    const el = event.target.closest("tbody tr"), row = el?.row;
    if (!row || event.target.closest(".keys, a, button")) return;
    const cell = event.target.closest("td.cell");
    if (event.target.closest(".c-pick")) return this.picks.clicked(row, event);
    if (!cell) return this.cursor.go(row);
    if (event.target.tagName === "INPUT") return;
    if (event.shiftKey) return this.picks.extendTo(row);
    this.cursor.go(row, cell.dataset.field);
    if (!event.ctrlKey) this.editor.open(row);
  }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (isTyping) return;
    const isInGrid = this.page.table.contains(event.target);
    const isDone = this.anywhere(event) || (isInGrid && !event.target.closest("tr button") && this.inGrid(event));
    if (isDone) event.preventDefault();
  }

  // Keys that work wherever nothing is being typed.
  anywhere(event) {
    const key = event.key.toLowerCase(), isChord = event.ctrlKey || event.metaKey;
    if (isChord && key === "z") return this.bulk.undo();
    if (isChord) return false;
    if (event.altKey) return this.jump.pressed(event);
    if (this.isInText) return false;
    switch (key) {
      case "/": this.filters.focus(); return true;
      case "g": this.jump.ask(); return true;
      case "?": return this.help.toggle();
      case "f": return this.bulk.focusFirst();
      case "l": return this.bulk.focusLikeLast();
    }
    return false;
  }

  // In the column of reasons letters are text.
  get isInText() {
    return this.cursor.field === "note" && this.page.table.contains(document.activeElement);
  }

  inGrid(event) {
    const { row } = this.cursor;
    if (!row || event.altKey) return event.key === "ArrowDown" && event.altKey && this.editor.openWithKeys(row);
    if (event.ctrlKey && event.key.toLowerCase() === "a") return this.picks.all();
    if (event.shiftKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      return this.picks.stretch(event.key === "ArrowDown" ? 1 : -1);
    }
    return this.move(event) || (!event.ctrlKey && !event.metaKey && this.type(event, row));
  }

  move(event) {
    const { cursor } = this, { columns } = cursor;
    const at = Math.max(0, cursor.row.at), column = columns.indexOf(cursor.field);
    const along = (index) => cursor.go(cursor.row, columns[Math.max(0, Math.min(columns.length - 1, index))]);
    switch (event.key) {
      case "ArrowDown": event.ctrlKey ? this.toBlank(1) : cursor.goTo(at + 1); return true;
      case "ArrowUp": event.ctrlKey ? this.toBlank(-1) : cursor.goTo(at - 1); return true;
      case "ArrowLeft": along(column - 1); return true;
      case "ArrowRight": along(column + 1); return true;
      case "Enter": cursor.goTo(event.shiftKey ? at - 1 : at + 1); return true;
      case "PageDown": cursor.goTo(at + this.view.rowsInBand()); return true;
      case "PageUp": cursor.goTo(at - this.view.rowsInBand()); return true;
      case "Home": event.ctrlKey ? cursor.goTo(0) : along(0); return true;
      case "End": event.ctrlKey ? cursor.goTo(Infinity) : along(columns.length); return true;
      case "Tab": return this.tab(event.shiftKey ? -1 : 1);
    }
    return false;
  }

  // Tab goes cell by cell, and out of the grid at its ends.
  tab(step) {
    const { cursor, sheet } = this, { columns } = cursor;
    const next = columns.indexOf(cursor.field) + step;
    if (next >= 0 && next < columns.length) {
      cursor.go(cursor.row, columns[next]);
      return true;
    }
    const row = sheet.shown[cursor.row.at + step];
    cursor.go(row, step > 0 ? columns[0] : columns.at(-1));
    return Boolean(row);
  }

  // The next row that is not rated, down or up; without one the last or first row.
  toBlank(step) {
    const { shown } = this.sheet;
    let at = this.cursor.row.at + step;
    while (shown[at] && !(shown[at].flags & FLAGS.blank)) at += step;
    this.cursor.goTo(at);
  }

  type(event, row) {
    const { key } = event, { field } = this.cursor;
    if (key === "Escape") return this.editor.close() || this.help.close() || this.picks.none();
    if (field === TITLE) return this.typeTitle(key, row);
    if (key === " " || key === "F2") return this.editor.openWithKeys(row);
    if (field === "note") return this.typeText(event, row);
    if (key === "x" || key === "X") return this.picks.toggle(row);
    if (!row.canSet(field)) return false;
    if (key === "Delete" || key === "Backspace") return this.setLevel(row, "");
    if (key === "0") return this.editor.notRated(row);
    const level = /^[1-9]$/.test(key) && this.page.data.levels[Number(key) - 1];
    return level ? this.setLevel(row, level.code) : false;
  }

  // x or 1 marks, 0 or Delete takes the mark back, the space bar does the one or the other.
  typeTitle(key, row) {
    if (!row.canSet(TITLE)) return false;
    if (key === " " || key === "F2") return this.editor.open(row);
    if (["x", "X", "1"].includes(key)) return this.editor.setTitle(row, true);
    return ["0", "Delete", "Backspace"].includes(key) && this.editor.setTitle(row, false);
  }

  setLevel(row, code) {
    this.editor.setLevel(row, code);
    return true;
  }

  // A letter opens the text and is typed into it by the browser, so that input methods work.
  typeText(event, row) {
    if (!row.canSet("note")) return false;
    if (event.key === "Delete" || event.key === "Backspace") {
      this.edits.apply([[row, row.textField, ""]]);
      return true;
    }
    if (event.key.length === 1 || event.key === "Process") this.editor.text(row, "");
    return false;
  }
}
