// A column copied from a spreadsheet: downward from the field one is in, or by the codes before it.

import { cellsOf } from "../saving/clipboard.js";
import { COUNT, plain, whole } from "./page.js";

export class Paste {
  constructor({ page, sheet, edits, notices }) {
    Object.assign(this, { page, sheet, edits, notices });
    page.form.addEventListener("paste", (event) => {
      const cell = event.target.closest("[data-cell]"), lines = cellsOf(event.clipboardData.getData("text/plain"));
      const isOne = lines.length < 2 && (lines[0] || []).length < 2, start = cell && this.sheet.byId.get(cell.dataset.cell);
      if (isOne || !start?.isCount || page.isLocked || !event.target.matches("[data-count-input]")) return;
      event.preventDefault();
      this.paste(start, lines);
    });
  }

  paste(start, lines) {
    const found = { wanted: [], faults: [], left: 0 };
    const byCode = this.byCode(lines);
    if (byCode) this.matchCodes(lines, byCode, found);
    else this.fillDown(start, lines, found);
    document.activeElement.blur();
    this.page.track("pasted", this.edits.apply(found.wanted));
    this.notices.pasted(found.faults, found.left);
    start.input.focus();
  }

  // Code → cell, when at least half of the first column are codes of rows here.
  byCode(lines) {
    const cells = new Map(this.sheet.rows.filter((cell) => cell.isCount).map((cell) => [cell.code.toUpperCase(), cell]));
    const hits = lines.filter(([code, ...rest]) => rest.length && cells.has(code.toUpperCase())).length;
    return hits && hits * 2 >= lines.length ? cells : null;
  }

  // The number is the last cell of a line: names may stand between it and the code.
  matchCodes(lines, cells, found) {
    for (const [code, ...rest] of lines) {
      const cell = cells.get(code.toUpperCase()), text = rest.findLast(Boolean) || "";
      if (cell && text) found.wanted.push([cell, COUNT, text]);
      else if (!cell) found.faults.push({ text: code, why: this.page.say("no_such_code") });
    }
  }

  fillDown(start, lines, found) {
    const cells = this.sheet.rows.filter((cell) => cell.isCount), at = cells.indexOf(start);
    found.left = Math.max(0, lines.length - (cells.length - at));
    lines.slice(0, cells.length - at).forEach((parts, down) => {
      const text = parts.find((part) => whole(plain(part)) !== null) ?? parts[0];
      if (text) found.wanted.push([cells[at + down], COUNT, text]);
    });
  }
}
