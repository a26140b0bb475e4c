// The entry page: wires rows, keys, saving, counts, conflicts, paste and tools together.

import { Conflicts } from "./conflict.js";
import { Counts } from "./counts.js";
import { Edits } from "./edits.js";
import { Keys } from "./keys.js";
import { listen } from "./paste.js";
import { Page } from "./rows.js";
import { Saving } from "./saving.js";
import { Store } from "./store.js";
import { Tools } from "./tools.js";

const form = document.getElementById("entry");
if (form) start(form);

function start(form) {
  const page = new Page(form);
  const store = new Store(form);
  const saving = new Saving(page, store);
  const edits = new Edits(page, saving);
  const tools = new Tools(page, edits);
  const keys = new Keys(page, edits, tools);
  new Counts(page, document.getElementById("gridhead"));
  new Conflicts(page, saving);
  listen(page, keys, edits, tools);
  document.getElementById("keyhint")?.removeAttribute("hidden");
  form.addEventListener("submit", (event) => event.preventDefault());
  restore(page, store, saving, tools);
  page.changed();
  form.dataset.ready = "1";
}

// What was typed before a reload is put back on its row and sent with the version it was typed on.
function restore(page, store, saving, tools) {
  const kept = Object.entries(store.read());
  const rows = [];
  for (const [id, { version, levels }] of kept) {
    const row = page.byId.get(Number(id));
    if (!row || row.isLocked) continue;
    row.version = version;
    for (const [field, code] of Object.entries(levels)) restoreLevel(page, row, field, code);
    rows.push(row);
  }
  if (!rows.length) return;
  saving.touch(rows);
  tools.done(page.say("restored", { count: rows.length }));
}

function restoreLevel(page, row, field, code) {
  row.touched = true;
  if (!code || page.levels.has(code)) row.set(field, code);
  else row.unread[field] = code;
}
