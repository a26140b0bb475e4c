// A block copied from a spreadsheet is pasted into a table of counts from the cell one is in, or by
// the codes in its first column; what is typed and not saved is not lost by leaving the page.
import { cellsOf } from "./grid/clipboard.js";

const form = document.getElementById("counts");
const told = form?.querySelector("[data-told]");
const OPEN = "input:not([type=hidden])";
let unsaved = false;

function tell(words) {
  unsaved = true;
  if (told) told.textContent = words;
}

const fill = (name, count) => told.dataset[name].replace("{count}", count);

/** Lines of the block with the rows they belong to, and the column where their numbers begin. */
function placed(lines, start) {
  const rows = [...form.querySelectorAll("tbody tr")];
  const byCode = new Map(rows.map((row) => [row.dataset.code.toUpperCase(), row]));
  const coded = lines.filter(([code]) => byCode.has(code.toUpperCase())).length;
  if (lines[0].length > 1 && coded * 2 >= lines.length) {
    const named = lines.some((cells) => !/^[\d.\s]*$/.test(cells[1] ?? ""));
    return lines.map((cells) => [byCode.get(cells[0].toUpperCase()), cells.slice(named ? 2 : 1)]);
  }
  const first = rows.indexOf(start.parentElement);
  return lines.map((cells, down) => [rows[first + down], cells]);
}

/** A table with its heading pasted whole has a line that no row is meant for. */
function paste(lines, start) {
  let done = 0, left = 0;
  for (const [row, cells] of placed(lines, start)) {
    cells.forEach((text, along) => {
      if (text === "") return;
      const input = row?.cells[start.cellIndex + along]?.querySelector(OPEN);
      if (input) [input.value, done] = [text, done + 1];
      else left += 1;
    });
  }
  tell(fill("pasted", done) + (left ? ` ${fill("skipped", left)}` : ""));
}

form?.addEventListener("paste", (event) => {
  const cell = event.target.closest("td");
  const lines = cellsOf(event.clipboardData.getData("text/plain"));
  if (!cell || !lines.length || (lines.length === 1 && lines[0].length === 1)) return;
  event.preventDefault();
  paste(lines, cell);
});
form?.addEventListener("input", () => tell(told.dataset.unsaved));
form?.addEventListener("submit", () => { unsaved = false; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
