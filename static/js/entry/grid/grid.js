// The entry page: wires the list, the window, keys, saving, counts and notices together.

import { Bulk } from "./bulk.js";
import { Conflicts } from "./conflict.js";
import { Cursor } from "./cursor.js";
import { Painter } from "./draw.js";
import { Editor } from "./editor.js";
import { Edits } from "./edits.js";
import { Filters } from "./filters.js";
import { Head } from "./head.js";
import { Help } from "./help.js";
import { Jump } from "./jump.js";
import { Keys } from "./keys.js";
import { Notices } from "./notices.js";
import { Page } from "./page.js";
import { Paste } from "./paste.js";
import { Picks } from "./picks.js";
import { Post } from "./post.js";
import { restore } from "./restore.js";
import { Saving } from "./saving.js";
import { Sheet } from "./sheet.js";
import { Store } from "./store.js";
import { View } from "./view.js";

const form = document.getElementById("entry");

function start() {
  const page = new Page(form), sheet = new Sheet(page);
  unveil();
  const conflicts = new Conflicts(page);
  const view = new View(page, sheet, new Painter(page), (row, old) => conflicts.line(row, old));
  const cursor = new Cursor(page, sheet, view);
  const store = new Store(form), post = new Post(page);
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
  settleConflicts(conflicts, saving, sheet, edits, cursor);
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

function settleConflicts(conflicts, saving, sheet, edits, cursor) {
  const settle = (row) => {
    saving.queue([row]);
    sheet.touch(row);
    cursor.go(row);
  };
  conflicts.keep = (row) => {
    row.rebase(row.conflict, row.changes());
    settle(row);
  };
  conflicts.take = (row) => {
    row.rebase(row.conflict);
    edits.forget(row);
    settle(row);
  };
}

start();
