// What the pages of counts were given: words and rights. A count is a text of digits, "" where nobody gave it.

import { element, Frame } from "../saving/frame.js";

export const COUNT = "count";
export const REASON = "reason";
export const FIELDS = [COUNT, REASON];

export class Page extends Frame {
  shown(field, value) {
    return element("span", "xl", value || this.say("blank"));
  }

  named(field, value) {
    return field === COUNT ? value || this.say("blank") : super.named(field, value);
  }

  told(field, value) {
    return field === COUNT ? value || this.say("blank") : super.told(field, value);
  }

  // Text of a place, by its selector or itself; nothing where the page has none.
  put(place, text) {
    const found = typeof place === "string" ? document.querySelector(place) : place;
    if (found && found.textContent !== text) found.textContent = text;
  }
}

// What was typed, as digits where it is a whole number with or without marks of thousands; else as it is.
export function plain(text) {
  const typed = text.trim();
  return /^\d{1,3}([. \u00a0]\d{3})+$/.test(typed) ? typed.replace(/\D/g, "") : typed.replace(/^0+(?=\d)/, "");
}

export function whole(text) {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
