// Where one begins: what was typed on another page and has not been answered is sent, and counted anew.

import { Notices } from "../saving/notices.js";
import { Post } from "../saving/post.js";
import { sendStrays } from "../saving/restore.js";
import { Rows } from "../saving/rows.js";
import { Saving } from "../saving/saving.js";
import { Store } from "../saving/store.js";
import { COUNT, Page } from "./page.js";

async function start(form) {
  const page = new Page(form), sheet = new Rows([]), store = new Store(form, [COUNT], String), post = new Post(page);
  const saving = new Saving(page, sheet, store, post), kept = store.read();
  const notices = new Notices({ page, sheet, saving, store });
  if (kept.length && (await sendStrays(page, store, post, notices, kept))) location.reload();
}

start(document.getElementById("entry"));
