// Typing: focus selects, Enter and the arrows move, a field that is left is saved; F goes to the first
// count that is wrong or owes a reason, C and K say yes and no.

import { COUNT, REASON } from "./page.js";

const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
const YES_NO = { c: "1", 1: "1", k: "0", 0: "0", Delete: "", Backspace: "" };

export class Fields {
  constructor({ page, sheet, edits }) {
    Object.assign(this, { page, sheet, edits });
    const { form } = page;
    form.addEventListener("focusin", ({ target }) => target.matches("input[data-count-input]") && target.select());
    form.addEventListener("mousedown", (event) => isUntyped(event.target) && event.preventDefault());
    form.addEventListener("input", ({ target }) => (target.isTyped = true));
    form.addEventListener("focusout", ({ target }) => this.take(target));
    form.addEventListener("change", ({ target }) => target.matches("select") && this.take(target));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("visibilitychange", () => this.take(document.activeElement), true);
    addEventListener("pagehide", () => this.take(document.activeElement));
  }

  // The cell of a field, and which of its two columns the field is.
  of(field) {
    const place = field.closest?.("[data-cell], [data-reason-of]");
    const cell = place && this.sheet.byId.get(place.dataset.cell || place.dataset.reasonOf);
    if (!cell) return [];
    return field === cell.input ? [cell, COUNT] : field === cell.reasonInput ? [cell, REASON] : [];
  }

  // What stands in a field becomes the value of its cell.
  take(field) {
    const [cell, column] = this.of(field || document.body);
    if (cell) field.isTyped = false;
    if (cell?.canSet(column)) this.edits.apply([[cell, column, field.value.trim()]]);
    if (cell) this.sheet.touch(cell);
  }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) return this.chord(event);
    const { target } = event, [cell, column] = this.of(target), key = event.key.toLowerCase();
    const isText = column === REASON || (!cell && target.matches("input:not([type=checkbox]), textarea, select"));
    const isDone = cell ? this.inField(event, target) : false;
    if (isDone || (!isText && key === "f" && this.toWrong())) event.preventDefault();
  }

  inField(event, field) {
    const { key } = event;
    if (key === "Escape") return this.putBack(field);
    if (field.matches("select") && this.answer(field, key)) return true;
    const step = STEPS[key];
    if (step) this.go(field, key === "Enter" && event.shiftKey ? -1 : step);
    return Boolean(step);
  }

  answer(field, key) {
    const value = YES_NO[key.length === 1 ? key.toLowerCase() : key];
    if (value === undefined) return false;
    field.value = value;
    this.take(field);
    return true;
  }

  putBack(field) {
    const [cell, column] = this.of(field);
    Object.assign(field, { value: cell.values[column], isTyped: false });
    field.select?.();
    return true;
  }

  // To the next field in the order of the page, or after the last one to what comes after.
  go(field, step) {
    const fields = this.shown(), next = fields[fields.indexOf(field) + step];
    if (next) next.focus();
    else if (step > 0) (document.querySelector("[data-next]") || field).focus();
    if (next || step < 0) return;
    this.take(field);
  }

  shown() {
    const fields = [...this.page.form.querySelectorAll("[data-count-input], [data-reason-of] input")];
    return fields.filter((field) => !field.closest("[hidden]"));
  }

  // The first that is wrong, else the first that owes a reason, else the first that is blank.
  toWrong() {
    const ways = [(cell) => cell.isWrong, (cell) => cell.isOwed, (cell) => cell.isBlank && cell.isAsked];
    const found = ways.map((is) => this.sheet.rows.find(is)).find(Boolean);
    if (!found) return false;
    (found.isOwed && !found.isWrong ? found.reasonInput : found.input)?.focus();
    return true;
  }

  // Undo, where nothing is typed in the field that the browser itself takes back.
  chord(event) {
    const [cell, column] = this.of(event.target);
    const isTyping = cell && event.target.value.trim() !== cell.values[column];
    if (event.key.toLowerCase() !== "z" || isTyping || (!cell && event.target.matches("input, textarea"))) return;
    if (this.page.undo()) event.preventDefault();
  }
}

// A field that one is in and has typed nothing into: a click on it leaves its content selected.
function isUntyped(field) {
  return field.matches("input[data-count-input]") && field === document.activeElement && !field.isTyped;
}
