// Paste of a column, or a block, copied from Excel or LibreOffice: fills downward.

export function listen(page, keys, edits, tools) {
  page.table.addEventListener("paste", (event) => {
    if (event.target.closest("input") || !keys.row) return;
    event.preventDefault();
    paste(page, keys, edits, tools, event.clipboardData.getData("text/plain"));
  });
}

function paste(page, keys, edits, tools, text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const rows = page.rowsShown();
  const first = rows.indexOf(keys.row), column = keys.columns.indexOf(keys.field);
  const wanted = [], unread = [];
  lines.forEach((line, down) => {
    line.split("\t").forEach((cell, along) => {
      const row = rows[first + down], field = keys.columns[column + along];
      if (row && field) read(page, row, field, cell.trim(), wanted, unread);
    });
  });
  const count = edits.apply(wanted);
  unread.forEach(([row, field, cell]) => edits.unreadable(row, field, cell));
  tools.done(page.say("pasted", { count, unread: unread.length }));
}

// A level by its name, abbreviation or code; an empty cell changes nothing.
function read(page, row, field, cell, wanted, unread) {
  if (!cell) return;
  if (field === "note") {
    wanted.push([row, row.textField, cell.slice(0, 200)]);
    return;
  }
  const code = page.data.spellings[matchKey(cell)];
  if (code) wanted.push([row, field, code]);
  else unread.push([row, field, cell.slice(0, 40)]);
}

// As resolution03.lib.text.match_key: NFC, Ð→Đ, tone placement, case, spaces and commas.
export function matchKey(text) {
  const squeezed = text.normalize("NFC").replace(/[ÐðƉ]/g, "Đ").toLowerCase().replace(/[\s,]+/g, "");
  const moved = squeezed.normalize("NFD").replace(
    /(?<!q)(?:(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y))/g,
    (_, o, tone, a, u, other, y) => (o ? o + a + tone : u + y + other),
  );
  return moved.normalize("NFC");
}
