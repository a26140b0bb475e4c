// Filters above the grid; choosing rows, filling many at once, and undo below it.

import { element } from "./rows.js";

export class Tools {
  constructor(page, edits) {
    this.page = page;
    this.edits = edits;
    this.filter = document.getElementById("filter");
    this.buttons = [...document.querySelectorAll("[data-filter]")];
    this.shown = document.getElementById("shown");
    this.bar = document.getElementById("bulk");
    this.level = page.data.levels[1]?.code || page.data.levels[0]?.code;
    this.last = null;
    this.enter = () => {};
    this.filter.hidden = document.getElementById("filters").hidden = false;
    this.filter.addEventListener("input", () => this.narrow());
    this.filter.addEventListener("keydown", (event) => this.leaveFilter(event));
    this.buttons.forEach((button) => button.addEventListener("click", () => this.press(button)));
    if (!page.isLocked) this.prepareBoxes();
    page.whenChanged(() => this.follow());
  }

  prepareBoxes() {
    for (const row of this.page.rows) {
      row.box = row.el.querySelector("input[type=checkbox]");
      row.box.hidden = row.isLocked;
      row.box.addEventListener("change", () => this.pick(row));
    }
  }

  toggle(row) {
    if (row.isLocked) return false;
    row.box.checked = !row.box.checked;
    this.pick(row);
    return true;
  }

  pick(row) {
    row.el.classList.toggle("picked", row.box.checked);
    this.follow();
  }

  unpick(rows) {
    for (const row of rows) {
      row.box.checked = false;
      row.el.classList.remove("picked");
    }
    this.follow();
  }

  picked() {
    return this.page.rows.filter((row) => row.box?.checked);
  }

  tests = {
    blank: (row) => row.isBlank,
    unsaved: (row) => row.isUnsaved || row.state === "conflict",
    conflict: (row) => row.state === "conflict",
    owed: (row) => Boolean(row.owed),
  };

  press(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    this.buttons.forEach((other) => other.setAttribute("aria-pressed", String(on && other === button)));
    this.narrow();
  }

  narrow() {
    const words = fold(this.filter.value).split(" ").filter(Boolean);
    const pressed = this.buttons.find((button) => button.getAttribute("aria-pressed") === "true");
    const test = pressed ? this.tests[pressed.dataset.filter] : () => true;
    for (const row of this.page.rows) {
      row.el.hidden = !(test(row) && words.every((word) => row.el.dataset.search.includes(word)));
    }
    this.follow();
  }

  leaveFilter(event) {
    if (event.key === "Escape") {
      this.filter.value = "";
      this.narrow();
    }
    if (!["Enter", "ArrowDown", "Escape"].includes(event.key)) return;
    event.preventDefault();
    this.enter(this.page.rowsShown()[0]);
  }

  follow() {
    for (const button of this.buttons) {
      const count = this.page.rows.filter(this.tests[button.dataset.filter]).length;
      button.querySelector("b").textContent = count;
      button.hidden = !count && button.getAttribute("aria-pressed") !== "true";
    }
    const shown = this.page.rowsShown().length, count = this.page.rows.length;
    this.shown.textContent = count ? this.page.say("shown", { shown, count }) : "";
    if (!this.page.isLocked && this.page.rows.length) this.paintBar();
  }

  paintBar() {
    const picked = this.picked();
    const parts = picked.length ? this.pickedParts(picked) : this.fillParts();
    if (this.last) parts.push(this.undoPart());
    this.bar.replaceChildren(...parts);
    this.bar.hidden = !parts.length;
  }

  pickedParts(rows) {
    const level = this.level;
    return [
      element("b", "", this.page.say("picked", { count: rows.length })),
      element("span", "", this.page.say("set_level")),
      this.levelButtons(),
      this.button("btn-primary", this.page.say("change", { count: rows.length, level }), () => {
        this.fill(rows.map((row) => [row, this.field, level]));
      }),
      this.button("btn-link", this.page.say("unpick"), () => this.unpick(rows)),
    ];
  }

  fillParts() {
    const rows = this.page.rowsShown().filter((row) => row.isBlank && row.canSet(this.field) && !row.values[this.field]);
    const fromSelf = this.field === "decided" ? rows.filter((row) => row.values.self_rated) : [];
    const likeLast = rows.filter((row) => this.page.levels.has(row.last));
    const parts = [];
    if (rows.length) {
      parts.push(this.levelButtons());
      parts.push(this.filling("fill_blank", rows, () => this.level, { level: this.level }));
    }
    if (fromSelf.length) parts.push(this.filling("like_self", fromSelf, (row) => row.values.self_rated));
    if (likeLast.length && !this.page.data.isNewScheme) {
      parts.push(this.filling("like_last", likeLast, (row) => row.last));
    }
    return parts;
  }

  get field() {
    return this.page.draftsOnly ? "self_rated" : "decided";
  }

  filling(key, rows, value, words = {}) {
    return this.button("btn-plain", this.page.say(key, { count: rows.length, ...words }), () => {
      this.fill(rows.map((row) => [row, this.field, value(row)]));
    });
  }

  fill(wanted) {
    this.done(this.page.say("done", { count: this.edits.apply(wanted) }));
  }

  done(words) {
    this.last = words;
    this.paintBar();
  }

  undo() {
    const count = this.edits.undo();
    this.last = count ? this.page.say("undone", { count }) : null;
    this.page.changed();
  }

  undoPart() {
    const part = element("span", "undo");
    part.setAttribute("role", "status");
    part.append(this.page.icon("check-lg"), ` ${this.last} `);
    if (this.edits.past.length) part.append(this.button("", this.page.say("undo"), () => this.undo()));
    return part;
  }

  levelButtons() {
    const group = element("span", "levels");
    group.setAttribute("role", "radiogroup");
    this.page.data.levels.forEach((level, index) => {
      const button = element("button");
      button.type = "button";
      button.setAttribute("role", "radio");
      button.setAttribute("aria-checked", String(level.code === this.level));
      button.append(element("b", "", String(index + 1)), level.code);
      button.addEventListener("click", () => {
        this.level = level.code;
        this.paintBar();
      });
      group.append(button);
    });
    return group;
  }

  button(kind, words, action) {
    const button = element("button", kind ? `btn ${kind} btn-sm` : "", words);
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }
}

// As resolution03.lib.text.fold: small letters without marks, đ→d.
export function fold(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f'’‘ʼ`´]/g, "").toLowerCase();
  return bare.replace(/[đð]/g, "d").trim().replace(/\s+/g, " ");
}
