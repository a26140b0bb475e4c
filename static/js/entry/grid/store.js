// What is kept on this machine until it is saved: row, level, title and version, under the user's number.
// No names, no texts. Only the same user's page reads it; signing out removes it.

import { LEVEL_FIELDS, TITLE } from "./page.js";

const PREFIX = "nq03:";
const KEPT = [...LEVEL_FIELDS, TITLE];

export class Store {
  constructor(form) {
    this.prefix = `${PREFIX}${form.dataset.user}:${form.dataset.year}:${form.dataset.kind}:`;
    this.isFull = false;
  }

  // Each kept row: its id, the version it was typed on, levels by column.
  read() {
    const keys = keysOf(this.prefix);
    return keys.map((key) => ({ id: Number(key.slice(this.prefix.length)), ...parsed(localStorage.getItem(key)) }));
  }

  keep(rows) {
    for (const row of rows) {
      const levels = Object.entries(row.changes()).filter(([name]) => KEPT.includes(name));
      if (levels.length) this.write(row.id, { version: row.version, levels: Object.fromEntries(levels) });
      else this.drop(row.id);
    }
  }

  write(id, kept) {
    try {
      localStorage.setItem(this.prefix + id, JSON.stringify(kept));
    } catch {
      this.isFull = true; // full or forbidden: the page warns before it is left
    }
  }

  drop(id) {
    localStorage.removeItem(this.prefix + id);
  }
}

// Removes what is kept for a user.
export function forget(user) {
  keysOf(`${PREFIX}${user}:`).forEach((key) => localStorage.removeItem(key));
}

function keysOf(prefix) {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function parsed(text) {
  try {
    const { version, levels } = JSON.parse(text);
    return { version, levels: Object(levels) };
  } catch {
    return { version: 0, levels: {} };
  }
}
