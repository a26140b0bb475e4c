// The pages of counts: wires fields, saving, conflicts, paste, fill and what the head says together.

import { Conflicts } from "../saving/conflict.js";
import { Edits } from "../saving/edits.js";
import { Notices } from "../saving/notices.js";
import { Post } from "../saving/post.js";
import { restore } from "../saving/restore.js";
import { Rows } from "../saving/rows.js";
import { Saving } from "../saving/saving.js";
import { Store } from "../saving/store.js";
import { Bulk } from "./bulk.js";
import { Cell } from "./cell.js";
import { Fields } from "./fields.js";
import { Head } from "./head.js";
import { COUNT, FIELDS, Page } from "./page.js";
import { lineOf, Painter } from "./paint.js";
import { Paste } from "./paste.js";
import { Sum } from "./sum.js";

const form = document.getElementById("entry");

function start() {
  const page = new Page(form);
  const sheet = new Rows([...form.querySelectorAll("[data-cell]")].map((el) => new Cell(page, el)));
  document.querySelectorAll(".scripted").forEach((part) => (part.hidden = false));
  document.querySelectorAll(".plain-only").forEach((part) => part.remove());
  form.addEventListener("submit", (event) => event.preventDefault());
  const store = new Store(form, [COUNT], String), post = new Post(page);
  const go = (cell) => cell.input?.focus();
  const conflicts = new Conflicts(page, FIELDS, lineOf), painter = new Painter(page, conflicts);
  sheet.watch((cells) => cells.forEach((cell) => painter.paint(cell)));
  const saving = new Saving(page, sheet, store, post), edits = new Edits(sheet, saving);
  const notices = new Notices({ page, sheet, cursor: { go }, saving, store });
  conflicts.settleBy({ saving, sheet, edits, go });
  saving.whenAnswered = (outcome) => hear(sheet, saving, outcome);
  new Fields({ page, sheet, edits });
  new Head(page, sheet);
  new Bulk({ page, sheet, edits });
  new Paste({ page, sheet, edits, notices });
  new Sum(page, sheet);
  restore({ page, sheet, store, saving, post, notices });
  sheet.settle();
  sheet.catchUp();
  form.dataset.ready = "1";
}

// What the server says of other counts of the organizations that it answered for; what was refused beside
// one that was saved is tried again.
function hear(sheet, saving, { answers = [], told = {} }) {
  for (const [id, words] of Object.entries(told)) {
    const cell = sheet.byId.get(id);
    if (cell) sheet.touch(Object.assign(cell, { told: words }));
  }
  const saved = new Set(answers.filter(({ state }) => state === "saved").map(({ line }) => sheet.byId.get(line)?.organization));
  const again = sheet.rows.filter((cell) => cell.state === "refused" && saved.has(cell.organization));
  again.forEach((cell) => (cell.state = "stored"));
  saving.queue(again);
}

start();
