// One row as elements. templates/assessments/entry/grid/_row.html draws the same where no script runs.

import { LEVEL_FIELDS, TITLE } from "./page.js";
import { isOwed, stateOf } from "./state.js";

const ROW = `<tr><td class="c-pick"><input type="checkbox" class="form-check-input m-0" tabindex="-1"></td>
<td class="c-no num cap"></td><td class="c-code cap"></td><th class="c-name" scope="row"> <span class="cap"></span></th>
<td class="c-last"></td><td class="cell" data-field="self_rated" tabindex="-1"><span></span></td>
<td class="cell proposed" data-field="proposed" tabindex="-1"><span></span></td>
<td class="cell" data-field="decided" tabindex="-1"><span></span></td>
<td class="cell text" data-field="note" tabindex="-1"></td>
<td class="cell title" data-field="awarded" tabindex="-1"></td><td class="st"></td></tr>`;
const [PICK, NUMBER, CODE, NAME, LAST] = [0, 1, 2, 3, 4];
const CELLS = { self_rated: 5, proposed: 6, decided: 7, note: 8, awarded: 9 };
const STATE = 10;

export class Painter {
  constructor(page) {
    this.page = page;
    const template = document.createElement("template");
    template.innerHTML = ROW.replace(/>\n</g, "><");
    this.template = template.content.firstElementChild;
  }

  make() {
    return this.template.cloneNode(true);
  }

  // Gives `el` to another row.
  bind(el, row) {
    el.row = row;
    const { children } = el;
    children[NUMBER].textContent = row.number;
    children[CODE].textContent = row.code;
    children[NAME].title = row.name;
    children[NAME].firstChild.data = row.place ? `${row.name} ` : row.name;
    children[NAME].lastChild.textContent = row.place;
    children[LAST].textContent = row.last || "–";
    const box = children[PICK].firstChild;
    box.hidden = row.isLocked;
    box.setAttribute("aria-label", this.page.say("choose", { name: row.name }));
    for (const field of Object.keys(CELLS)) this.allow(children[CELLS[field]], row.canSet(field));
    this.paint(el, row);
  }

  allow(cell, can) {
    if (can) cell.removeAttribute("aria-readonly");
    else cell.setAttribute("aria-readonly", "true");
  }

  paint(el, row) {
    const { children } = el;
    for (const field of LEVEL_FIELDS) this.paintLevel(children[CELLS[field]], row, field);
    this.paintTitle(children[CELLS[TITLE]], row);
    this.paintText(children[CELLS.note], row);
    this.paintState(children[STATE], row);
    this.paintMarks(el, row);
  }

  paintLevel(cell, row, field) {
    const span = cell.firstElementChild, text = row.unread?.[field];
    const shown = text === undefined ? row.values[field] : `!${text}`;
    if (span.shown === shown) return;
    span.shown = shown;
    if (text === undefined) this.page.paintChip(span, shown);
    else Object.assign(span, { className: "xl", textContent: text, title: text });
  }

  paintTitle(cell, row) {
    const text = row.unread?.[TITLE], shown = text ?? row.values[TITLE];
    if (cell.textContent !== shown) cell.textContent = shown;
    cell.classList.toggle("xl", text !== undefined);
  }

  paintText(cell, row) {
    if (cell.firstElementChild?.tagName === "INPUT") return;
    const text = row.unread?.note ?? row.values[row.textField], { page } = this;
    const asks = !text && row.canSet("note") && isOwed(row);
    const offers = !text && row.canSet("note") && row.isBlank;
    const reason = row.suggestion && page.say("suggested", { reason: row.suggestion });
    cell.textContent = text || (asks && page.say("reason_hint")) || (offers && (reason || page.say("choose_reason"))) || "—";
    cell.title = text;
    cell.classList.toggle("asks", asks);
    cell.classList.toggle("offers", offers);
  }

  paintState(cell, row) {
    const [kind, words, icon] = stateOf(row) || ["", "", ""];
    const sign = cell.firstElementChild;
    cell.title = words;
    if (sign && sign.icon === icon) {
      sign.className = `sign ${kind}`;
      if (sign.lastChild.data !== words) sign.lastChild.data = words;
      return;
    }
    cell.replaceChildren(...(words ? [this.page.sign(kind, words, icon)] : []));
    if (words) cell.firstElementChild.icon = icon;
  }

  paintMarks(el, row) {
    const marks = [
      row.isToAnswer && "returned", row.state === "conflict" && "conflict", row.isPicked && "picked",
      (row.unread || row.state === "failed" || row.state === "refused") && "failed",
      row.isCurrent && "focusrow",
    ];
    el.className = marks.filter(Boolean).join(" ");
    el.setAttribute("aria-rowindex", row.at + 2);
    if (!row.isLocked) el.setAttribute("aria-selected", String(row.isPicked));
    else el.removeAttribute("aria-selected");
    el.children[PICK].firstChild.checked = row.isPicked;
  }
}

export function cellOf(el, field) {
  return el.children[CELLS[field]];
}
