// What the page was given: levels, words, rights; and the small shapes drawn from them.

export const LEVEL_FIELDS = ["self_rated", "proposed", "decided"];
export const TITLE = "awarded"; // a mark: "x" or ""

const ICONS = {
  met: "check-lg", unmet: "exclamation-triangle-fill", wait: "arrow-repeat", none: "dash-lg",
  error: "x-octagon-fill", changed: "arrow-left-right",
};

export class Page {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(document.getElementById("rows").content.textContent);
    this.isLocked = form.dataset.locked === "1";
    this.draftsOnly = form.dataset.drafts === "1";
    this.mark = Object.values(this.data.marks).find(Boolean);
    this.table = document.getElementById("grid");
    this.levels = new Map(this.data.levels.map((level) => [level.code, level]));
    this.isFormer = this.levels.size > 4;
    this.aloud = document.getElementById("aloud");
  }

  // The column that filling many rows at once writes into.
  get mainField() {
    return this.draftsOnly ? "self_rated" : "decided";
  }

  // A sentence; numbers in it are written as everywhere, texts as they are.
  say(key, values = {}) {
    const written = (value) => (typeof value === "number" ? this.number(value) : value);
    return this.data.texts[key].replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  // `1.850`
  number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, this.data.thousands);
  }

  // Said to a screen reader: what happened to a row or to many, away from the focused cell.
  announce(words) {
    this.aloud.textContent = words;
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

  sign(kind, words, icon = ICONS[kind]) {
    const span = element("span", `sign ${kind}`);
    span.append(this.icon(icon), words);
    return span;
  }

  chip(code) {
    return this.paintChip(element("span"), code);
  }

  paintChip(span, code) {
    const level = this.levels.get(code);
    span.className = level ? `lv l${level.rank}${this.isFormer ? " old" : ""}` : "lv l0";
    span.textContent = level ? code : this.say("not_rated");
    span.title = level ? level.name : "";
    return span;
  }

  button(kind, words, action) {
    const button = element("button", kind && `btn ${kind} btn-sm`, words);
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }
}

export function element(tag, className = "", text = "") {
  const found = document.createElement(tag);
  if (className) found.className = className;
  if (text) found.textContent = text;
  return found;
}
