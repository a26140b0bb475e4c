// A block of cells as Excel and LibreOffice put it on the clipboard, and back.

// Lines of cells. A cell in quotes may hold line breaks, tabs and doubled quotes.
export function cellsOf(text) {
  const lines = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g;
  for (const [, quoted, plain, end] of text.matchAll(pattern)) {
    lines.at(-1).push((quoted === undefined ? plain : quoted.replace(/""/g, '"')).trim());
    if (!end) break;
    if (end !== "\t") lines.push([]);
  }
  if (lines.at(-1).join("") === "") lines.pop();
  return lines;
}

// Puts a text on the clipboard; the newer way needs https, which an intranet may not have.
export function copy(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
