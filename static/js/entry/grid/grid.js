// The entry page: wires the list, the window, keys, saving, counts and notices together.

import { Conflicts } from "../saving/conflict.js";
import { Edits } from "../saving/edits.js";
import { element } from "../saving/frame.js";
import { Notices } from "../saving/notices.js";
import { Post } from "../saving/post.js";
import { restore } from "../saving/restore.js";
import { Saving } from "../saving/saving.js";
import { Store } from "../saving/store.js";
import { Bulk } from "./bulk.js";
import { Cursor } from "./cursor.js";
import { Painter } from "./draw.js";
import { Editor } from "./editor.js";
import { Filters } from "./filters.js";
import { Head } from "./head.js";
import { Help } from "./help.js";
import { Jump } from "./jump.js";
import { Keys } from "./keys.js";
import { LEVEL_FIELDS, Page, TITLE } from "./page.js";
import { Paste } from "./paste.js";
import { Picks } from "./picks.js";
import { Sheet } from "./sheet.js";
import { View } from "./view.js";

const COLUMNS = 11;
const form = document.getElementById("entry");

function start() {
  const page = new Page(form), sheet = new Sheet(page);
  unveil();
  const conflicts = new Conflicts(page, [...LEVEL_FIELDS, TITLE, "reason", "note"], lineOf);
  const view = new View(page, sheet, new Painter(page), (row, old) => conflicts.line(row, old));
  const cursor = new Cursor(page, sheet, view);
  const store = new Store(form, [...LEVEL_FIELDS, TITLE]), post = new Post(page);
  const saving = new Saving(page, sheet, store, post);
  const edits = new Edits(sheet, saving), picks = new Picks(page, sheet, cursor);
  const bulk = new Bulk({ page, sheet, cursor, edits, picks });
  const filters = new Filters(page, sheet, cursor);
  const editor = new Editor({ page, sheet, view, cursor, edits });
  const jump = new Jump(page, sheet, cursor);
  const keys = new Keys({ page, sheet, view, cursor, editor, edits, picks, jump, filters, bulk, help: new Help() });
  const notices = new Notices({ page, sheet, cursor, saving, store });
  editor.tab = (step) => keys.tab(step);
  offerProposed(page, cursor);
  new Head(page, sheet, cursor);
  new Paste({ page, sheet, cursor, edits, notices });
  sheet.follow((rows) => notices.follow(rows));
  conflicts.settleBy({ saving, sheet, edits, go: (row) => cursor.go(row) });
  restore({ page, sheet, store, saving, post, notices });
  if (cursor.row) bulk.tell(cursor.row);
  sheet.settle();
  sheet.catchUp();
  form.dataset.ready = "1";
  performance.mark("ready");
}

// What only a script can do is shown once it runs; the pages of rows go.
function unveil() {
  document.querySelectorAll(".scripted").forEach((part) => (part.hidden = false));
  document.getElementById("pages").remove();
  document.querySelector("#tools .plain")?.remove();
  form.addEventListener("submit", (event) => event.preventDefault());
}

// The column of proposed levels, where the list has none yet.
function offerProposed(page, cursor) {
  document.getElementById("proposed")?.addEventListener("click", ({ target }) => {
    const isOn = target.getAttribute("aria-pressed") !== "true";
    target.setAttribute("aria-pressed", String(isOn));
    page.table.classList.toggle("slim", !isOn);
    cursor.field = isOn ? "proposed" : page.mainField;
    cursor.enter();
  });
}

// The second line of a row, under all its columns.
function lineOf(parts) {
  const line = element("tr", "conflict-more"), cell = element("td");
  cell.colSpan = COLUMNS;
  cell.append(...parts);
  line.append(cell);
  return line;
}

start();
