// Numbers typed down a column: Enter and the arrows go to the same column of another row.
const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

for (const table of document.querySelectorAll("table[data-columns]")) {
  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    neighbour(cell, event.shiftKey && event.key === "Enter" ? -1 : step)?.select();
  });
}

/** The input of the same column in the next row that has one. */
function neighbour(cell, step) {
  let row = cell.parentElement;
  do {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  } while (row && !row.cells[cell.cellIndex]?.querySelector("input:not([type=hidden])"));
  const found = row?.cells[cell.cellIndex].querySelector("input");
  found?.focus();
  return found;
}
