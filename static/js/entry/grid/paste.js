// Paste of a column or block copied from a spreadsheet: fills downward from the cell one is on, or
// row by row where the first pasted column holds the rows' codes.

import { cellsOf } from "../saving/clipboard.js";
import { TITLE } from "./page.js";
import { fold, matchKey, squeeze } from "./text.js";

const LONGEST_TEXT = 200, LONGEST_SHOWN = 40;

export class Paste {
  constructor({ page, sheet, cursor, edits, notices }) {
    Object.assign(this, { page, sheet, cursor, edits, notices });
    page.table.addEventListener("paste", (event) => {
      if (event.target.closest("input") || !cursor.row || page.isLocked) return;
      event.preventDefault();
      this.paste(cellsOf(event.clipboardData.getData("text/plain")));
    });
  }

  paste(lines) {
    if (!lines.length) return;
    const found = { wanted: [], unread: [], faults: [], left: 0 };
    const byCode = this.byCode(lines);
    if (byCode) this.matchCodes(lines, byCode, found);
    else this.fillDown(lines, found);
    const unread = found.unread.filter(([row, field]) => row.canSet(field));
    const { length: count } = this.edits.apply(found.wanted, unread);
    this.notices.pasted(found.faults, found.left);
    this.page.report(this.page.say("pasted", { count, unread: found.faults.length }));
  }

  // Code → row, when at least half of the first column are codes of rows in this list.
  byCode(lines) {
    if (lines[0].length < 2) return null;
    const rows = new Map(this.sheet.rows.map((row) => [row.code.toUpperCase(), row]));
    const hits = lines.filter(([code]) => rows.has(code.toUpperCase())).length;
    return hits * 2 >= lines.length ? rows : null;
  }

  fillDown(lines, found) {
    const { field, row } = this.cursor, { shown } = this.sheet, columns = this.columns(lines);
    const column = columns.indexOf(field);
    found.left = Math.max(0, lines.length - (shown.length - row.at));
    lines.slice(0, shown.length - row.at).forEach((cells, down) => {
      cells.forEach((text, along) => this.read(shown[row.at + down], columns[column + along], text, found));
    });
  }

  // The columns into which a block goes. In a workbook the title stands before the reason: a block that has
  // marks where the notes stand is of that order.
  columns(lines) {
    const { columns, field } = this.cursor, at = columns.indexOf("note") - columns.indexOf(field);
    const told = at > 0 ? lines.map((cells) => cells[at]).filter(Boolean) : [];
    const isMarked = told.length > 0 && told.every((text) => matchKey(text) in this.page.data.marks);
    return isMarked ? [...columns.filter((name) => name !== "note" && name !== TITLE), TITLE, "note"] : columns;
  }

  matchCodes(lines, rows, found) {
    const start = this.hasNames(lines, rows) ? 2 : 1;
    const columns = this.columns(lines.map((cells) => cells.slice(start)));
    const first = columns.indexOf(this.cursor.field);
    for (const [code, ...rest] of lines) {
      const row = rows.get(code.toUpperCase());
      const cells = rest.slice(start - 1);
      if (row) cells.forEach((text, along) => this.read(row, columns[first + along], text, found));
      else found.faults.push({ text: code, why: this.page.say("no_such_code") });
    }
  }

  // Whether the second column repeats the rows' names.
  hasNames(lines, rows) {
    const known = lines.filter(([code]) => rows.has(code.toUpperCase()));
    const same = known.filter(([code, name]) => fold(name || "") === fold(rows.get(code.toUpperCase()).name));
    return same.length * 2 >= known.length;
  }

  // A level by its name, abbreviation or code, or a text; an empty cell changes nothing.
  read(row, field, text, found) {
    if (!text || !field) return;
    if (!row.canSet(field)) return this.fault(row, field, text, "cell_locked", found);
    if (field === "note") return this.readText(row, squeeze(text), found);
    const { marks, spellings } = this.page.data, code = (field === TITLE ? marks : spellings)[matchKey(text)];
    if (code !== undefined) {
      found.wanted.push([row, field, code]);
      return;
    }
    found.unread.push([row, field, text.slice(0, LONGEST_SHOWN)]);
    this.fault(row, field, text, field === TITLE ? "no_such_mark" : "no_such_level", found);
  }

  readText(row, text, found) {
    if (text.length > LONGEST_TEXT) this.fault(row, "note", text, "too_long", found);
    else found.wanted.push([row, this.fieldOfText(row, found), text]);
  }

  // A level pasted in the same line decides whether the text is a note or the reason for none.
  fieldOfText(row, found) {
    const decided = found.wanted.findLast(([other, field]) => other === row && field === "decided");
    return decided || row.values.decided ? "note" : "reason";
  }

  fault(row, field, text, why, found) {
    found.faults.push({ row, field, text: text.slice(0, LONGEST_SHOWN), why: this.page.say(why) });
  }
}
