// What a page was given, and the small shapes drawn from it: words, numbers, icons, signs, buttons.

const ICONS = {
  met: "check-lg", unmet: "exclamation-triangle-fill", wait: "arrow-repeat", none: "dash-lg",
  error: "x-octagon-fill", changed: "arrow-left-right",
};

export class Frame {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(document.getElementById("rows").content.textContent);
    this.isLocked = form.dataset.locked === "1";
    this.aloud = document.getElementById("aloud");
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

  button(kind, words, action) {
    const button = element("button", kind && `btn ${kind} btn-sm`, words);
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }

  // A value as it is shown beside another one.
  shown(field, value) {
    return element("span", "xl", value || "—");
  }

  // A value as a button names it.
  named(field, value) {
    return value.length > 24 ? `“${value.slice(0, 24)}…”` : `“${value}”`;
  }

  // What is typed in a column, in a list of what was not saved.
  told(field, value) {
    return `${this.say(`column_${field}`)} ${value || "—"}`;
  }
}

export function element(tag, className = "", text = "") {
  const found = document.createElement(tag);
  if (className) found.className = className;
  if (text) found.textContent = text;
  return found;
}
