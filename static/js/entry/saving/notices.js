// What the page says on top: no connection, what was kept, cells that could not be read, rows that
// were refused. Each stays until it no longer holds or is dismissed.

import { copy } from "./clipboard.js";
import { element } from "./frame.js";

const MOST = 30; // lines of a list; the rest is said as a number

export class Notices {
  constructor({ page, sheet, cursor, saving, store }) {
    Object.assign(this, { page, sheet, cursor, saving, store });
    this.place = document.getElementById("notices");
    this.boxes = new Map();
    this.refused = new Set();
    this.strays = [];
    saving.whenTrouble = () => this.trouble();
  }

  // One box a name; without parts it goes away.
  show(name, kind, parts) {
    this.boxes.get(name)?.remove();
    this.boxes.delete(name);
    if (!parts) return;
    const box = element("div", `note ${kind}`);
    box.setAttribute("role", kind === "error" ? "alert" : "status");
    box.dataset.notice = name;
    box.append(...parts);
    this.boxes.set(name, box);
    this.place.append(box);
  }

  dismiss(name) {
    return this.page.button("btn-link", this.page.say("dismiss"), () => this.show(name));
  }

  line(...parts) {
    const line = element("p");
    line.append(...parts.flatMap((part, at) => (at ? [" ", part] : [part])));
    return line;
  }

  // The line is down, or one is signed out ------------------------------------------------------

  trouble() {
    const { page, saving } = this, why = saving.trouble;
    if (!why) return this.show("trouble");
    const words = page.say(`trouble_${why}`, { count: saving.dirty.size });
    const parts = [page.sign("error", words, why === "offline" ? "wifi-off" : undefined)];
    if (why === "signed_out" || why === "other_user") parts.push(this.signIn());
    parts.push(page.button("btn-plain", page.say("try_again"), () => saving.send()));
    this.show("trouble", "error", [this.line(...parts)]);
  }

  // In a window of its own: reasons typed here would be lost with this page.
  signIn() {
    const link = element("a", "", this.page.say("sign_in"));
    const back = encodeURIComponent(location.pathname + location.search);
    link.href = `${this.page.form.dataset.signIn}?next=${back}`;
    link.target = "_blank";
    link.rel = "opener";
    return link;
  }

  // What was kept on this machine ---------------------------------------------------------------

  restored(count) {
    this.show("restored", "", [this.line(this.page.say("restored", { count }), this.dismiss("restored"))]);
  }

  stray(kept, answer) {
    this.strays.push({ kept, answer });
    this.paintRefused();
  }

  // Cells that could not be read ----------------------------------------------------------------

  pasted(faults, left) {
    if (!faults.length && !left) return this.show("pasted");
    const parts = [];
    if (faults.length) parts.push(this.line(element("b", "", this.page.say("unread_cells", { count: faults.length }))), this.list(faults));
    if (left) parts.push(this.line(this.page.say("left_over", { count: left })));
    this.show("pasted", "error", [...parts, this.line(this.dismiss("pasted"))]);
  }

  list(faults) {
    const list = element("ul", "plain");
    for (const fault of faults.slice(0, MOST)) {
      const item = element("li");
      if (fault.row) item.append(this.rowLink(fault.row, fault.field), ": ");
      item.append(element("span", "xl", fault.text), ` ${fault.why}`);
      list.append(item);
    }
    if (faults.length > MOST) list.append(element("li", "", this.page.say("and_more", { count: faults.length - MOST })));
    return list;
  }

  rowLink(row, field) {
    const words = this.page.say("row_and_column", { number: String(row.number), column: this.page.say(`column_${field}`) });
    return this.page.button("btn-link", words, () => this.cursor.go(row, field));
  }

  // Rows that were refused ----------------------------------------------------------------------

  // Lists the rows among those touched that were refused.
  follow(rows) {
    const before = this.refused.size;
    let isNews = false;
    for (const row of rows) {
      const is = row.state === "refused";
      isNews ||= is !== this.refused.has(row);
      if (is) this.refused.add(row);
      else this.refused.delete(row);
    }
    if (isNews || before !== this.refused.size) this.paintRefused();
  }

  paintRefused() {
    const { page } = this, entries = this.entries();
    if (!entries.length) return this.show("refused");
    const list = element("ul", "plain");
    for (const { who, typed, why } of entries.slice(0, MOST)) {
      const item = element("li");
      item.append(`${who}: `, element("span", "xl", typed), ` ${why}`);
      list.append(item);
    }
    if (entries.length > MOST) list.append(element("li", "", page.say("and_more", { count: entries.length - MOST })));
    this.show("refused", "error", [
      this.line(element("b", "", page.say("refused_rows", { count: entries.length }))), list,
      this.line(
        page.button("btn-plain", page.say("copy_typed"), () => copy(this.entries().map(({ who, typed }) => `${who}\t${typed}`).join("\n"))),
        page.button("btn-plain", page.say("discard", { count: entries.length }), () => this.discard()),
      ),
    ]);
  }

  entries() {
    const own = [...this.refused].map((row) => ({ who: row.title, typed: this.typed(row.changes()), why: row.why }));
    return [...own, ...this.strays.map(({ kept, answer }) => ({
      who: (answer.who || []).join(" ") || this.page.say("row_unknown"), typed: this.typed(kept.values),
      why: answer.why || this.page.say("conflict_elsewhere"),
    }))];
  }

  typed(values) {
    return Object.entries(values).map(([field, value]) => this.page.told(field, value)).join(", ");
  }

  discard() {
    for (const row of this.refused) {
      row.values = { ...row.stored };
      row.state = "stored";
      this.store.drop(row.id);
      this.sheet.touch(row);
    }
    this.refused.clear();
    this.strays.forEach(({ kept }) => this.store.drop(kept.id));
    this.strays = [];
    this.paintRefused();
  }
}
