// The box that finds by name or code, and the buttons that list only some rows.

import { element } from "../saving/frame.js";
import { FLAGS } from "./flags.js";
import { fold } from "./text.js";

// Of two that list the same rows only the second is offered.
const BUTTONS = ["unrated", "blank", "returned", "mended", "owed", "over", "warning", "differs", "changed", "unsaved", "conflict"];
const AT_ONCE = 200;

export class Filters {
  constructor(page, sheet, cursor) {
    Object.assign(this, { page, sheet, cursor });
    this.box = document.getElementById("filter");
    this.shown = document.getElementById("shown");
    this.pressed = BUTTONS.includes(page.data.filter) ? page.data.filter : "";
    this.buttons = BUTTONS.map((name) => this.button(name));
    document.getElementById("filters").append(...this.buttons);
    this.box.addEventListener("input", () => this.narrow());
    this.box.addEventListener("keydown", (event) => this.leave(event));
    sheet.follow(() => this.follow());
    this.foldAhead(0);
    if (this.pressed) this.narrow();
  }

  button(name) {
    const button = this.page.button("btn-plain", `${this.page.say(`filter_${name}`)}: `, () => this.press(name));
    button.append(element("b"));
    button.dataset.filter = name;
    return button;
  }

  focus() {
    this.box.focus();
    this.box.select();
  }

  // Folding two thousand names takes longer than a key may: done before the first one is typed.
  foldAhead(from) {
    const rows = this.sheet.rows.slice(from, from + AT_ONCE);
    if (!rows.length) return;
    setTimeout(() => {
      rows.forEach(searchOf);
      this.foldAhead(from + AT_ONCE);
    });
  }

  press(name) {
    this.pressed = this.pressed === name ? "" : name;
    const address = new URL(location.href);
    if (this.pressed) address.searchParams.set("filter", this.pressed);
    else address.searchParams.delete("filter");
    history.replaceState(null, "", address);
    this.narrow();
  }

  // Rows stay listed while one works on them, until the list is asked for again.
  narrow() {
    const words = fold(this.box.value).split(" ").filter(Boolean);
    const flag = this.pressed ? FLAGS[this.pressed] : 0;
    const isWanted = (row) => (!flag || row.flags & flag) && words.every((word) => searchOf(row).includes(word));
    this.sheet.list(flag || words.length ? this.sheet.rows.filter(isWanted) : this.sheet.rows);
  }

  leave(event) {
    if (event.isComposing || !["Enter", "ArrowDown", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape" && this.box.value) {
      this.box.value = "";
      this.narrow();
    }
    this.cursor.go(event.key === "Escape" ? this.cursor.row : this.sheet.shown[0]);
  }

  isTwin(name) {
    const twin = { unrated: "blank", warning: "owed" }[name];
    return Boolean(twin) && this.sheet.all.of(name) === this.sheet.all.of(twin);
  }

  follow() {
    for (const button of this.buttons) {
      const name = button.dataset.filter, isOn = name === this.pressed;
      const count = this.isTwin(name) && !isOn ? 0 : this.sheet.all.of(name);
      const says = `${count}|${isOn}`;
      if (button.says === says) continue;
      button.says = says;
      button.lastChild.textContent = this.page.number(count);
      button.setAttribute("aria-pressed", String(isOn));
      button.hidden = !count && !isOn;
    }
    const shown = this.sheet.shown.length, count = this.sheet.rows.length;
    const words = count ? this.page.say("shown", { shown, count }) : "";
    if (this.shown.textContent !== words) this.shown.textContent = words;
  }
}

function searchOf(row) {
  row.search ??= fold(`${row.code} ${row.name} ${row.place}`);
  return row.search;
}
