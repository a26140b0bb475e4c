// What opens in a cell: the list of levels, or the text of a reason.

import { element } from "../saving/frame.js";
import { TITLE } from "./page.js";
import { squeeze } from "./text.js";

const LONGEST_TEXT = 200; // characters, as assessments/rules/ratings.py

export class Editor {
  constructor({ page, sheet, view, cursor, edits }) {
    Object.assign(this, { page, sheet, view, cursor, edits });
    this.list = null;
    this.tab = () => false;
    cursor.whenMoved.push((row) => this.list && !this.isListOf(row) && this.close());
  }

  open(row) {
    if (!row.canSet(this.cursor.field)) return false;
    if (this.cursor.field === "note") this.text(row);
    else if (this.cursor.field === TITLE) this.setTitle(row, !row.values[TITLE]);
    else this.openList(row);
    return true;
  }

  openWithKeys(row) {
    if (this.open(row)) this.list?.querySelector(".on, button").focus({ preventScroll: true });
    return true;
  }

  isListOf(row) {
    return this.list.row === row && this.list.field === this.cursor.field;
  }

  // The list of levels ------------------------------------------------------------------------

  openList(row) {
    this.close();
    const { cell, field } = this.cursor;
    const list = element("div", "keys");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.page.say("set_level"));
    Object.assign(list, { row, field });
    this.page.data.levels.forEach((level, index) => {
      list.append(this.choice(row, field, String(index + 1), level.code, level.name));
    });
    list.append(this.choice(row, field, "0", "", this.page.say("blank_level")));
    list.addEventListener("keydown", (event) => this.pressedInList(event));
    cell.append(list);
    const [, bottom] = this.view.band();
    list.classList.toggle("up", list.getBoundingClientRect().bottom > bottom);
    this.list = list;
    row.isEditing = true;
    this.sheet.touch(row);
  }

  choice(row, field, key, code, name) {
    const isOn = row.values[field] === code;
    const option = element("button", isOn && code ? "on" : "");
    option.type = "button";
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(isOn));
    option.append(element("kbd", "", key));
    if (code) option.append(this.page.chip(code));
    option.append(element("span", "cap", name));
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => {
      this.cursor.go(row, field);
      if (code) this.setLevel(row, code);
      else this.notRated(row);
    });
    return option;
  }

  // Arrows go through the list, a number chooses; the rest the grid does.
  pressedInList(event) {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) event.target[step]?.focus({ preventScroll: true });
    else if (event.key === "Enter" || event.key === " ") event.target.click();
    else {
      const { row } = this.list;
      const wanted = [...this.list.children].find((option) => option.firstChild.textContent === event.key);
      if (wanted) wanted.click();
      else this.cursor.go(row);
      if (!wanted) this.close();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  close() {
    const { list } = this;
    if (!list) return false;
    this.list = null;
    list.remove();
    list.row.isEditing = false;
    this.sheet.touch(list.row);
    return true;
  }

  setLevel(row, code) {
    this.edits.apply([[row, this.cursor.field, code]]);
    this.close();
  }

  setTitle(row, is) {
    this.edits.apply([[row, TITLE, is ? this.page.mark : ""]]);
    return true;
  }

  // Not rated: the level is cleared, and the reason is asked for.
  notRated(row) {
    const { field } = this.cursor;
    this.setLevel(row, "");
    if (field === "decided") {
      this.cursor.go(row, "note");
      this.text(row);
    }
    return true;
  }

  // The text ----------------------------------------------------------------------------------

  text(row, start = null) {
    const cell = this.cursor.cell;
    if (cell.querySelector("input")) return;
    const field = row.textField;
    const input = element("input", "form-control form-control-sm inrow");
    input.maxLength = LONGEST_TEXT;
    input.value = start ?? (row.values[field] || row.suggestion);
    input.placeholder = this.page.say("reason_hint");
    input.setAttribute("aria-label", this.page.say("reason_hint"));
    if (field === "reason") input.setAttribute("list", "reasons");
    cell.replaceChildren(input);
    input.focus({ preventScroll: true });
    let isOver = false;
    const finish = (isKept) => {
      if (isOver) return;
      isOver = true;
      input.remove();
      const text = squeeze(input.value);
      if (isKept && text !== row.values[field]) this.edits.apply([[row, field, text]]);
      this.sheet.touch(row);
    };
    input.addEventListener("blur", () => finish(true));
    input.addEventListener("keydown", (event) => this.pressedInText(event, row, finish));
  }

  pressedInText(event, row, finish) {
    if (event.isComposing || !["Enter", "Escape", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key !== "Escape");
    if (event.key === "Escape") this.cursor.go(row, "note");
    else if (event.key === "Enter") this.cursor.goTo(row.at + (event.shiftKey ? -1 : 1), "note");
    else if (!this.tab(event.shiftKey ? -1 : 1)) this.cursor.go(row, "note");
  }
}
