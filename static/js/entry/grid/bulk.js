// The bar below the grid: what is to be said of the row one is on, changing many rows at once with
// the number of rows said first, and undoing.

import { element } from "../saving/frame.js";
import { FLAGS } from "./flags.js";
import { stateOf, warningWords } from "./state.js";

const AFTER_A_KEY = 40; // milliseconds

export class Bulk {
  constructor({ page, sheet, cursor, edits, picks }) {
    Object.assign(this, { page, sheet, cursor, edits, picks });
    this.bar = document.getElementById("bulk");
    this.about = document.getElementById("about");
    this.actions = document.getElementById("actions");
    this.undoBox = document.getElementById("undo");
    this.level = page.data.levels[1]?.code || page.data.levels[0]?.code;
    this.said = "";
    this.tracked = null;
    page.report = (words) => this.report(words);
    this.actions.addEventListener("keydown", (event) => this.pressed(event));
    sheet.follow((rows) => this.follow(rows));
    cursor.whenMoved.push((row) => this.tellSoon(row));
    this.bar.hidden = !sheet.rows.length;
  }

  follow(rows) {
    if (this.cursor.row && rows.has(this.cursor.row)) this.tellSoon(this.cursor.row);
    if (!this.page.isLocked) this.offer();
    this.count();
    this.paintUndo();
  }

  // The row one is on --------------------------------------------------------------------------

  // After the key is painted; not for rows that one only passes.
  tellSoon(row) {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(row), AFTER_A_KEY);
  }

  tell(row) {
    const { page } = this, group = page.data.names[row.group] || "";
    const where = [row.place, group].filter((name, at, all) => name && name !== row.name && all.indexOf(name) === at);
    const parts = [element("b", "", `${row.number}. ${row.name}`), ...where.map((name) => element("span", "cap", name))];
    if (row.isToAnswer) parts.push(page.sign("unmet", page.say("returned", { why: row.returned }), "reply"));
    else if (["failed", "refused"].includes(row.state)) parts.push(page.sign(...stateOf(row)));
    for (const words of warningWords(row)) parts.push(page.sign("unmet", words));
    parts.push(this.details(row));
    this.about.replaceChildren(...parts.flatMap((part, at) => (at ? [" ", part] : [part])));
  }

  // The row's own page: its decision, and what the grid has no column for.
  details(row) {
    const link = element("a", "", this.page.say("details"));
    link.href = this.page.form.dataset.row.replace("/0/", `/${row.id}/`);
    return link;
  }

  // Many rows at once --------------------------------------------------------------------------

  // What can be done now: key, words and how to find the new values. Painted anew when it says
  // something else.
  offer() {
    const parts = this.picks.rows.size ? this.forPicked() : this.forListed();
    const says = JSON.stringify([parts.map((part) => part.words), this.level, this.picks.rows.size]);
    if (says === this.offered) return;
    this.offered = says;
    const had = document.activeElement?.dataset.act;
    this.actions.replaceChildren(...this.lead(parts), ...parts.map((part) => this.actionButton(part)));
    if (had) this.actions.querySelector(`[data-act="${had}"]`)?.focus();
  }

  lead(parts) {
    const { size } = this.picks.rows, { page } = this;
    const lead = size ? [element("b", "", page.say("picked", { count: size }))] : [];
    const hasLevel = parts.some((part) => part.act === "level");
    if (hasLevel) lead.push(element("span", "", page.say(`set_${page.mainField}`)), this.levelButtons());
    return lead;
  }

  actionButton({ act, words, kind = "btn-plain", run }) {
    const button = this.page.button(kind, words, run);
    button.dataset.act = act;
    return button;
  }

  forPicked() {
    const { page, level } = this, field = page.mainField, rows = [...this.picks.rows];
    const others = rows.filter((row) => row.canSet(field) && row.values[field] !== level);
    return [
      {
        act: "level", kind: "btn-primary", words: page.say("change", { count: others.length, level }),
        run: () => this.fill(others, () => level),
      },
      ...this.fillings(rows),
      ...this.explaining(rows),
      { act: "unpick", kind: "btn-link", words: page.say("unpick"), run: () => this.unpick() },
    ].filter((part) => part.act !== "level" || others.length);
  }

  forListed() {
    const { page, level } = this, count = this.sheet.listed.of("fillable");
    if (!count) return this.explaining(null);
    const run = () => this.fill(flagged(this.sheet.shown, "fillable"), () => level);
    const part = { act: "level", words: page.say("fill_blank", { count, level }), run };
    return [part, ...this.fillings(null), ...this.explaining(null)];
  }

  // The reason that stands by itself, of all who were admitted recently; `rows` as in `fillings`.
  explaining(rows) {
    const count = rows ? flagged(rows, "suggested").length : this.sheet.listed.of("suggested");
    const reason = this.page.data.recent;
    const run = () => {
      const wanted = flagged(rows || this.sheet.shown, "suggested").map((row) => [row, "reason", reason]);
      this.track("done", this.edits.apply(wanted));
      this.cursor.enter();
    };
    return count ? [{ act: "explain", words: this.page.say("explain", { count, reason }), run }] : [];
  }

  // Last year's level and the self-rating, where there are any; `rows`: the chosen ones, or all listed.
  fillings(rows) {
    const ways = { like_last: (row) => row.last, like_self: (row) => row.values.self_rated };
    return Object.entries(ways).flatMap(([name, value]) => {
      const count = rows ? flagged(rows, name).length : this.sheet.listed.of(name);
      const run = () => this.fill(flagged(rows || this.sheet.shown, name), value);
      return count ? [{ act: name, words: this.page.say(name, { count, year: String(this.page.data.lastYear) }), run }] : [];
    });
  }

  levelButtons() {
    const group = element("span", "levels");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", this.page.say("set_level"));
    this.page.data.levels.forEach((level, index) => {
      const isOn = level.code === this.level;
      const button = this.page.button("", "", () => this.choose(level.code));
      button.setAttribute("role", "radio");
      button.setAttribute("aria-checked", String(isOn));
      button.tabIndex = isOn ? 0 : -1;
      button.dataset.act = `level-${index}`;
      button.title = level.name;
      button.append(element("b", "", String(index + 1)), level.code);
      group.append(button);
    });
    return group;
  }

  choose(code) {
    this.level = code;
    this.offer();
  }

  // In the bar a number chooses the level, the arrows go through the levels, Escape goes back.
  pressed(event) {
    const { levels } = this.page.data;
    const at = levels.findIndex((level) => level.code === this.level);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const level = levels[Number(event.key) - 1] || (step && levels[(at + step + levels.length) % levels.length]);
    if (event.key === "Escape") this.cursor.enter();
    else if (level && !event.ctrlKey && !event.altKey) {
      const wasRadio = event.target.getAttribute("role") === "radio";
      this.choose(level.code);
      if (wasRadio) this.actions.querySelector('[aria-checked="true"]')?.focus();
    } else return;
    event.preventDefault();
  }

  focusFirst() {
    return this.focusOn("[data-act=level]");
  }

  focusLikeLast() {
    return this.focusOn("[data-act=like_last]");
  }

  focusOn(selector) {
    const button = this.actions.querySelector(selector);
    button?.focus();
    return Boolean(button);
  }

  fill(rows, value) {
    const { mainField } = this.page;
    this.track("done", this.edits.apply(rows.map((row) => [row, mainField, value(row)])));
    this.cursor.enter();
  }

  unpick() {
    this.picks.none();
    this.cursor.enter();
  }

  // Undo ---------------------------------------------------------------------------------------

  undo() {
    const rows = this.edits.undo();
    if (rows) this.track("undone", rows);
    else this.report(this.page.say("nothing_to_undo"));
    return true;
  }

  report(words) {
    this.tracked = null;
    this.said = words;
    this.paintUndo();
  }

  // Says how many rows were changed, and goes on counting while their answers come in.
  track(what, rows) {
    this.report("");
    this.tracked = { what, rows };
    this.count();
  }

  count() {
    if (!this.tracked) return;
    const { what, rows } = this.tracked;
    const left = rows.filter((row) => row.state === "conflict" || row.state === "refused").length;
    this.said = this.page.say(left ? `${what}_but` : what, { count: rows.length - left, left });
    this.paintUndo();
  }

  paintUndo() {
    const steps = this.edits.past.length, says = `${this.said}|${steps > 0}`;
    if (says === this.painted) return;
    this.painted = says;
    this.undoBox.hidden = !this.said;
    const parts = [this.page.icon("check-lg"), element("span", "", this.said)];
    if (steps && !this.page.isLocked) parts.push(this.page.button("", this.page.say("undo"), () => this.undo()));
    this.undoBox.replaceChildren(...parts);
  }
}

function flagged(rows, name) {
  return rows.filter((row) => row.flags & FLAGS[name]);
}
