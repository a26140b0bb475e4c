// A cell's field, what is said beside it, and the rows under it: its reason, and a conflict.

import { COUNT, REASON } from "./page.js";
import { element } from "../saving/frame.js";

export class Painter {
  constructor(page, conflicts) {
    Object.assign(this, { page, conflicts });
  }

  paint(cell) {
    const { el, input } = cell;
    if (input) put(input, cell.values[COUNT]);
    el.classList.toggle("bad", cell.state === "failed" || cell.isWrong);
    el.classList.toggle("warn", cell.told.asks && !cell.isWrong);
    input?.toggleAttribute("aria-invalid", cell.state === "refused");
    this.paintResult(cell, el.querySelector("[data-result]"));
    this.paintReason(cell);
    this.paintConflict(cell);
  }

  paintResult(cell, place) {
    const parts = this.parts(cell), says = JSON.stringify([parts, cell.told, cell.state]);
    if (!place || place.says === says) return;
    place.says = says;
    const [kind, words, icon] = parts, sign = kind === "none" ? [] : [this.page.sign(kind, words, icon)];
    const share = cell.state === "stored" && cell.told.share ? [`${cell.told.share} `] : [];
    place.replaceChildren(...share, ...sign);
    place.title = cell.savedAt && cell.state === "stored" ? this.page.say("saved", { at: cell.savedAt }) : "";
  }

  // Kind, words and icon of what is said of the cell.
  parts(cell) {
    const { page } = this;
    switch (cell.state) {
      case "waiting": case "saving": return ["wait", page.say("saving")];
      case "failed": return ["error", page.say(cell.why), cell.why === "offline" ? "wifi-off" : undefined];
      case "refused": return ["error", page.say("refused", { why: cell.why })];
      case "conflict": return ["changed", page.say(cell.conflict.own ? "conflict_own" : "conflict")];
    }
    if (cell.told.words) return [cell.told.kind, cell.told.words];
    if (cell.isBlank && cell.input) return ["none", ""];
    return ["met", !cell.told.share && cell.savedAt ? page.say("saved", { at: cell.savedAt }) : ""];
  }

  paintReason({ told, values, reasonRow, reasonInput }) {
    if (!reasonRow) return;
    reasonRow.hidden = !told.asks && !values[REASON];
    if (reasonInput) put(reasonInput, values[REASON]);
  }

  paintConflict(cell) {
    const old = cell.conflictLine, line = this.conflicts.line(cell, old);
    if (line === old || (!line && !old)) return;
    old?.remove();
    if (line) (cell.reasonRow || cell.el).after(line);
    cell.conflictLine = line;
  }
}

// The line under a cell, as its table or its card has lines.
export function lineOf(parts) {
  const isTable = Boolean(document.querySelector("#entry [data-cell]")?.matches("tr"));
  if (!isTable) {
    const line = element("div", "qrow conflict-more");
    line.append(...parts);
    return line;
  }
  const line = element("tr", "conflict-more"), place = element("td");
  place.colSpan = 9;
  place.append(...parts);
  line.append(place);
  return line;
}

// A field that is being typed in keeps what stands in it (fields.js).
function put(input, text) {
  if (input.isTyped || input.value === text) return;
  input.value = text;
  if (input === document.activeElement) input.select?.();
}
