// A table of typed numbers. In table[data-columns] Enter and the arrows go to the same column of
// another row; into table[data-block] a block copied from a spreadsheet is pasted, from the cell one is
// in or by the codes in its first column; in form[data-check] sums follow what is typed, and the server
// is asked what does not add up, by the one rule (assessments/rules/totals.py). Where the form can say
// that something is not saved, leaving the page asks first.
import { cellsOf } from "./saving/clipboard.js";

const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
const OPEN = "input:not([type=hidden])";
const WAIT = 300;
const form = document.querySelector("form:has(table[data-numbers])");
const told = form?.querySelector("[data-told]");
const mark = form?.querySelector("[data-changed]");
let unsaved = false;
let waiting = 0;
let asked = 0;

/** Say that something is typed and not stored, in `words` where the page has a place for them. */
function tell(words) {
  unsaved = Boolean(told || mark);
  if (told) told.textContent = words;
  if (mark) mark.hidden = false;
}

const fill = (name, count) => told.dataset[name].replace("{count}", count);

/** The input of the same column in the next row that has one. */
function neighbor(cell, step) {
  let row = cell.parentElement;
  do {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  } while (row && !row.cells[cell.cellIndex]?.querySelector(OPEN));
  const found = row?.cells[cell.cellIndex].querySelector("input");
  found?.focus();
  return found;
}

function move(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("table[data-columns] td");
  if (!step || !cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  neighbor(cell, event.shiftKey && event.key === "Enter" ? -1 : step)?.select();
}

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
function put(lines, start) {
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

function paste(event) {
  const cell = event.target.closest("table[data-block] td");
  const lines = cellsOf(event.clipboardData.getData("text/plain"));
  if (!cell || !lines.length || (lines.length === 1 && lines[0].length === 1)) return;
  event.preventDefault();
  put(lines, cell);
}

function count(input) {
  const text = input.value.trim();
  const digits = /^\d{1,3}([. \u00a0]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text;
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}

function add(row) {
  const cells = [...row.querySelectorAll("input.count")].slice(0, -1);
  const counts = cells.map(count).filter((value) => value !== null);
  const sum = row.querySelector("[data-sum]");
  if (sum) sum.textContent = counts.length ? counts.reduce((a, b) => a + b).toLocaleString("vi-VN") : "–";
}

function show(subject, findings) {
  const row = form.querySelector(`[data-findings="${subject}"]`);
  row.hidden = findings.length === 0;
  row.querySelector("ul").replaceChildren(...findings.map((words) => {
    const item = document.createElement("li");
    item.textContent = words;
    return item;
  }));
}

function blame(faults) {
  for (const input of form.querySelectorAll("input.count")) {
    input.classList.toggle("is-invalid", input.name in faults);
    input.toggleAttribute("aria-invalid", input.name in faults);
    input.title = faults[input.name] ?? "";
  }
}

async function check() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== asked) return;
    const found = await answer.json();
    for (const [subject, findings] of Object.entries(found.rows)) show(subject, findings);
    blame(found.faults);
  } catch {
    // Without the line the sums still stand; storing judges everything again.
  }
}

function typed(event) {
  const row = event.target.closest("[data-row]");
  if (form.dataset.check && !row) return;
  tell(told?.dataset.unsaved);
  if (!row) return;
  add(row);
  clearTimeout(waiting);
  waiting = setTimeout(check, WAIT);
}

form?.addEventListener("keydown", move);
form?.addEventListener("paste", paste);
form?.addEventListener("input", typed);
form?.addEventListener("submit", () => { unsaved = false; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
