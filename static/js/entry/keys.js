// Moving through the grid and typing into it, with the keyboard and the mouse.

import { LEVEL_FIELDS, element } from "./rows.js";

const PAGE_OF_ROWS = 15;

export class Keys {
  constructor(page, edits, tools) {
    this.page = page;
    this.edits = edits;
    this.tools = tools;
    this.columns = [...LEVEL_FIELDS, "note"].filter((name) => page.rows[0]?.cell(name));
    this.row = null;
    this.field = this.columns.includes("decided") && !page.draftsOnly ? "decided" : this.columns[0];
    this.prepare();
    tools.enter = (row) => this.go(row);
    page.table.addEventListener("keydown", (event) => this.pressed(event));
    page.table.addEventListener("click", (event) => this.clicked(event));
    page.table.addEventListener("focusin", (event) => this.focused(event));
    document.addEventListener("keydown", (event) => this.pressedAnywhere(event));
  }

  prepare() {
    for (const row of this.page.rows) {
      for (const field of this.columns) {
        const cell = row.cell(field);
        cell.tabIndex = -1;
        if (field !== "note") row.paintLevel(cell, field);
        if (!row.canSet(field)) cell.setAttribute("aria-readonly", "true");
      }
    }
    const first = this.page.rows[0];
    if (first) first.cell(this.field).tabIndex = 0;
  }

  go(row, field = this.field) {
    const cell = row?.cell(field);
    if (!cell) return;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
  }

  focused(event) {
    const cell = event.target.closest("td.cell");
    const row = cell && this.rowOf(cell);
    if (!row) return;
    this.leave();
    this.row = row;
    this.field = cell.dataset.field;
    this.page.table.querySelectorAll('td.cell[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
    cell.tabIndex = 0;
    cell.classList.add("focus");
    row.el.classList.add("focusrow");
  }

  leave() {
    if (!this.row) return;
    const cell = this.row.cell(this.field);
    cell.classList.remove("focus");
    this.row.el.classList.remove("focusrow");
    this.closeList(cell);
  }

  rowOf(node) {
    return this.page.byId.get(Number(node.closest("tr").dataset.line));
  }

  clicked(event) {
    const cell = event.target.closest("td.cell");
    if (!cell || event.target.closest(".keys")) return;
    const row = this.rowOf(cell);
    if (!row) return;
    event.preventDefault();
    this.go(row, cell.dataset.field);
    if (!event.target.closest("input")) this.open(row, cell);
  }

  open(row, cell) {
    if (!row.canSet(this.field)) return;
    if (this.field === "note") this.editText(row, cell);
    else this.openList(row, cell);
  }

  pressedAnywhere(event) {
    const isTyping = event.target.closest("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping) {
      event.preventDefault();
      this.tools.undo();
    } else if (!isTyping && !event.ctrlKey && !event.altKey && event.key === "/") {
      event.preventDefault();
      this.tools.filter.focus();
    } else if (!isTyping && event.key === "?") {
      const all = document.getElementById("allkeys");
      if (all) all.hidden = !all.hidden;
    }
  }

  pressed(event) {
    if (event.target.closest("input") || !this.row) return;
    if (event.altKey || (event.metaKey && !event.ctrlKey)) return;
    if (this.move(event) || (!event.ctrlKey && this.type(event.key))) event.preventDefault();
  }

  move(event) {
    const rows = this.page.rowsShown();
    const at = rows.indexOf(this.row), column = this.columns.indexOf(this.field);
    const line = (index) => this.go(rows[Math.max(0, Math.min(rows.length - 1, index))]);
    const along = (index) => this.go(this.row, this.columns[Math.max(0, Math.min(this.columns.length - 1, index))]);
    switch (event.key) {
      case "ArrowDown": line(event.ctrlKey ? rows.length : at + 1); return true;
      case "ArrowUp": line(event.ctrlKey ? 0 : at - 1); return true;
      case "ArrowLeft": along(column - 1); return true;
      case "ArrowRight": along(column + 1); return true;
      case "Enter": line(event.shiftKey ? at - 1 : at + 1); return true;
      case "PageDown": line(at + PAGE_OF_ROWS); return true;
      case "PageUp": line(at - PAGE_OF_ROWS); return true;
      case "Home": event.ctrlKey ? line(0) : along(0); return true;
      case "End": event.ctrlKey ? line(rows.length) : along(this.columns.length); return true;
      case "Tab": return this.tab(rows, at, column, event.shiftKey ? -1 : 1);
    }
    return false;
  }

  // Tab goes cell by cell, and out of the grid at its ends.
  tab(rows, at, column, step) {
    const next = column + step;
    if (next >= 0 && next < this.columns.length) {
      this.go(this.row, this.columns[next]);
      return true;
    }
    const row = rows[at + step];
    if (row) this.go(row, this.columns[step > 0 ? 0 : this.columns.length - 1]);
    return Boolean(row);
  }

  type(key) {
    const row = this.row, cell = row.cell(this.field);
    if (key === "Escape") return this.closeList(cell);
    if ((key === "x" || key === "X") && this.field !== "note") return this.tools.toggle(row);
    if (key === " " || key === "F2") return this.open(row, cell) || true;
    if (!row.canSet(this.field)) return false;
    if (this.field === "note") return this.typeText(row, cell, key);
    if (key === "Delete" || key === "Backspace") return this.setLevel(row, "");
    if (key === "0") return this.notRated(row);
    const level = this.page.data.levels[Number(key) - 1];
    return level && /^[1-9]$/.test(key) ? this.setLevel(row, level.code) : false;
  }

  setLevel(row, code) {
    this.edits.apply([[row, this.field, code]]);
    this.closeList(row.cell(this.field));
    return true;
  }

  notRated(row) {
    this.setLevel(row, "");
    if (this.field === "decided") {
      this.go(row, "note");
      this.editText(row, row.cell("note"));
    }
    return true;
  }

  typeText(row, cell, key) {
    if (key === "Delete" || key === "Backspace") {
      this.edits.apply([[row, row.textField, ""]]);
      return true;
    }
    if (key.length !== 1) return false;
    this.editText(row, cell, key);
    return true;
  }

  editText(row, cell, start = null) {
    if (cell.querySelector("input")) return;
    const field = row.textField;
    const input = element("input", "form-control form-control-sm inrow");
    input.maxLength = 200;
    input.value = start ?? row.values[field];
    input.placeholder = this.page.say("reason_hint");
    input.setAttribute("aria-label", this.page.say("reason_hint"));
    cell.replaceChildren(input);
    input.focus();
    let isOver = false;
    const finish = (keep) => {
      if (isOver) return;
      isOver = true;
      input.remove();
      row.paint();
      if (keep) this.edits.apply([[row, field, input.value.trim().replace(/\s+/g, " ")]]);
      row.paint();
    };
    input.addEventListener("blur", () => finish(true));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape" && event.key !== "Tab") return;
      event.preventDefault();
      event.stopPropagation();
      finish(event.key !== "Escape");
      if (event.key === "Escape") this.go(row, "note");
      else this.afterText(row, event);
    });
  }

  afterText(row, event) {
    const rows = this.page.rowsShown();
    const at = rows.indexOf(row);
    if (event.key === "Enter") this.go(rows[Math.min(rows.length - 1, at + 1)] || row, "note");
    else if (!this.tab(rows, at, this.columns.indexOf("note"), event.shiftKey ? -1 : 1)) this.go(row, "note");
  }

  openList(row, cell) {
    if (cell.querySelector(".keys")) return;
    const list = element("div", "keys");
    list.setAttribute("role", "listbox");
    this.page.data.levels.forEach((level, index) => {
      list.append(this.choice(row, String(index + 1), level.code, level.name));
    });
    list.append(this.choice(row, "0", "", this.page.say("blank_level")));
    cell.append(list);
    row.el.querySelector(".st").replaceChildren(this.page.sign("none", this.page.say("editing"), "pencil"));
  }

  choice(row, key, code, name) {
    const option = element("button", row.values[this.field] === code && code ? "on" : "");
    option.type = "button";
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(row.values[this.field] === code));
    option.append(element("kbd", "", key));
    if (code) option.append(this.page.chip(code));
    option.append(element("span", "cap", name));
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => (code ? this.setLevel(row, code) : this.notRated(row)));
    return option;
  }

  closeList(cell) {
    const list = cell.querySelector(".keys");
    if (!list) return false;
    list.remove();
    this.rowOf(cell).paintState();
    return true;
  }
}
