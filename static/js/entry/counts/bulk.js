// Many cells at once: as last year, one value, pasted columns; each said with its number, and undone.

import { COUNT } from "./page.js";
import { element } from "../saving/frame.js";

export class Bulk {
  constructor({ page, sheet, edits }) {
    Object.assign(this, { page, sheet, edits });
    this.actions = document.getElementById("actions");
    this.box = document.getElementById("undo");
    this.value = document.getElementById("value");
    this.said = "";
    this.tracked = null;
    page.undo = () => this.undo();
    page.track = (words, cells) => this.track(words, cells);
    sheet.follow(() => this.paint());
    this.value?.addEventListener("input", () => this.paint());
    page.form.addEventListener("change", ({ target }) => target.matches("[data-pick]") && this.paint());
  }

  get picked() {
    const boxes = this.page.form.querySelectorAll("[data-pick]:checked");
    return [...boxes].map((box) => this.sheet.byId.get(box.closest("[data-cell]").dataset.cell));
  }

  paint() {
    if (this.actions && !this.page.isLocked) this.offer();
    this.count();
  }

  offer() {
    const picked = this.picked, cells = picked.length ? picked : this.sheet.rows.filter((cell) => cell.isBlank && cell.isCount);
    const like = cells.filter((cell) => cell.isAsked && cell.isBlank && cell.last);
    const value = this.value?.value.trim() || "", others = cells.filter((cell) => cell.values[COUNT] !== value);
    const parts = [
      like.length && ["like_last", { count: like.length, year: String(this.page.data.lastYear) }, () => this.fill(like, (cell) => cell.last)],
      value && others.length && [picked.length ? "fill_picked" : "fill_blank", { count: others.length, value }, () => this.fill(others, () => value)],
    ].filter(Boolean);
    const says = JSON.stringify(parts.map(([key, values]) => [key, values]));
    if (says === this.offered) return;
    this.offered = says;
    this.actions.replaceChildren(...parts.map(([key, values, run]) => this.page.button("btn-plain", this.page.say(key, values), run)));
  }

  fill(cells, value) {
    this.track("filled", this.edits.apply(cells.map((cell) => [cell, COUNT, value(cell)])));
    this.page.form.querySelectorAll("[data-pick]:checked").forEach((box) => (box.checked = false));
  }

  undo() {
    const cells = this.edits.undo();
    if (cells) this.track("undone", cells);
    return Boolean(cells);
  }

  track(what, cells) {
    this.tracked = { what, cells };
    this.count();
  }

  // Goes on counting while the answers come in.
  count() {
    if (!this.tracked) return;
    const { what, cells } = this.tracked, left = cells.filter((cell) => cell.isWrong).length;
    const words = this.page.say(left ? `${what}_but` : what, { count: cells.length - left, left });
    if (words === this.said) return;
    this.said = words;
    this.box.hidden = false;
    this.box.replaceChildren(
      this.page.icon("check-lg"), element("span", "", words),
      ...(what === "undone" ? [] : [this.page.button("btn-plain", this.page.say("undo"), () => this.undo())]),
    );
  }
}
