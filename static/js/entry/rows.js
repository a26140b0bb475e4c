// The rows of the grid: what is typed, what is stored, and how both are painted.

const ICONS = {
  met: "check-lg", unmet: "exclamation-triangle-fill", wait: "arrow-repeat", none: "dash-lg",
  error: "x-octagon-fill", changed: "arrow-left-right",
};
const FIELDS = ["self_rated", "proposed", "decided", "reason", "note"];
export const LEVEL_FIELDS = ["self_rated", "proposed", "decided"];

export class Page {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(form.dataset.grid);
    this.isLocked = form.dataset.locked === "1";
    this.draftsOnly = form.dataset.drafts === "1";
    this.table = form.querySelector("#grid");
    this.levels = new Map(this.data.levels.map((level) => [level.code, level]));
    this.rows = [...this.table.tBodies[0].rows].map((el) => new Row(this, el));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    this.listeners = [];
  }

  say(key, values = {}) {
    return this.data.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.form.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  }

  sign(kind, words, icon) {
    const span = element("span", `sign ${kind}`);
    span.append(this.icon(icon || ICONS[kind]), words);
    return span;
  }

  chip(code) {
    const level = this.levels.get(code);
    const span = element("span", level ? `lv l${level.rank}${this.levels.size > 4 ? " old" : ""}` : "lv l0");
    span.textContent = level ? code : this.say("not_rated");
    if (level) span.title = level.name;
    return span;
  }

  rowsShown() {
    return this.rows.filter((row) => !row.el.hidden);
  }

  whenChanged(listener) {
    this.listeners.push(listener);
  }

  changed() {
    this.listeners.forEach((listener) => listener());
  }
}

export class Row {
  constructor(page, el) {
    this.page = page;
    this.el = el;
    this.id = Number(el.dataset.line);
    this.version = Number(el.dataset.version);
    this.isExempt = "exempt" in el.dataset;
    this.isLocked = page.isLocked || this.isExempt || "accepted" in el.dataset;
    this.last = el.dataset.last;
    this.savedAt = el.dataset.at || "";
    this.values = Object.fromEntries(FIELDS.map((name) => [name, el.dataset[name] || ""]));
    this.stored = { ...this.values };
    this.unread = {};
    this.state = "stored";
    this.touched = false;
  }

  get isDirty() {
    return FIELDS.some((name) => this.values[name] !== this.stored[name]);
  }

  get isBlank() {
    return !this.values.decided && !this.values.reason && !this.isExempt;
  }

  get isUnsaved() {
    return this.isDirty || Object.keys(this.unread).length > 0;
  }

  changes() {
    const names = FIELDS.filter((name) => this.values[name] !== this.stored[name]);
    return Object.fromEntries(names.map((name) => [name, this.values[name]]));
  }

  canSet(field) {
    return !this.isLocked && !(this.page.draftsOnly && field === "decided");
  }

  set(field, value) {
    delete this.unread[field];
    this.values[field] = value;
    if (field === "decided" && value) this.values.reason = "";
    this.touched = true;
  }

  // The one text shown in the last column: the reason when not rated, else the note.
  get textField() {
    return this.values.decided ? "note" : "reason";
  }

  cell(field) {
    return this.el.querySelector(`[data-field="${field}"]`);
  }

  accept(version, at, sent) {
    this.version = version;
    Object.assign(this.stored, sent);
    this.savedAt = at;
    this.touched = true;
    this.state = this.isDirty ? "waiting" : "stored";
    this.el.classList.remove("returned");
    this.conflict = null;
  }

  paint() {
    for (const field of LEVEL_FIELDS) {
      const cell = this.cell(field);
      if (cell) this.paintLevel(cell, field);
    }
    const text = this.cell("note");
    if (!text.querySelector("input")) text.textContent = this.values[this.textField] || "—";
    this.el.classList.toggle("conflict", this.state === "conflict");
    this.el.classList.toggle("failed", ["failed", "refused"].includes(this.state) || this.hasUnread);
    if (this.touched || this.state !== "stored") this.paintState();
  }

  get hasUnread() {
    return Object.keys(this.unread).length > 0;
  }

  paintLevel(cell, field) {
    const open = cell.querySelector(".keys");
    const shown = field in this.unread ? element("span", "xl", this.unread[field]) : this.page.chip(this.values[field]);
    cell.replaceChildren(shown, ...(open ? [open] : []));
  }

  paintState() {
    this.el.querySelector(".st").replaceChildren(this.stateSign());
  }

  stateSign() {
    const page = this.page;
    if (this.hasUnread) {
      return page.sign("error", page.say("unknown", { text: Object.values(this.unread)[0] }));
    }
    switch (this.state) {
      case "saving": case "waiting": return page.sign("wait", page.say("saving"));
      case "failed": return this.failedSign();
      case "refused": return page.sign("error", page.say("refused", { why: this.why }));
      case "conflict": return page.sign("changed", page.say("conflict"));
    }
    if (this.isBlank) return page.sign("none", page.say("empty"));
    const saved = page.say("saved", { at: this.savedAt });
    if (this.owed) return page.sign("unmet", `${saved}; ${page.say(this.owed)}`);
    return page.sign("met", saved);
  }

  failedSign() {
    const sign = this.page.sign("error", this.page.say(this.why), this.why === "offline" ? "wifi-off" : undefined);
    if (this.why !== "signed_out") return sign;
    const link = element("a", "", this.page.say("sign_in"));
    link.href = `${this.page.form.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    sign.append(" ", link);
    return sign;
  }
}

export function element(tag, className = "", text = "") {
  const found = document.createElement(tag);
  if (className) found.className = className;
  if (text) found.textContent = text;
  return found;
}
