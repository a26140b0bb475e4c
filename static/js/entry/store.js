// What is kept on this machine until it is saved: row, level and version, bound to the user.
// No names, no texts. Another user's rows are never read: they are removed.

const PREFIX = "nq03:";

export class Store {
  constructor(form) {
    this.own = `${PREFIX}${form.dataset.user}:`;
    this.key = `${this.own}${form.dataset.year}:${form.dataset.kind}`;
    forget((key) => !key.startsWith(this.own));
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || {};
    } catch {
      return {};
    }
  }

  keep(rows, fields) {
    const kept = this.read();
    for (const row of rows) {
      const levels = Object.entries(row.changes()).filter(([name]) => fields.includes(name));
      if (levels.length) kept[row.id] = { version: row.version, levels: Object.fromEntries(levels) };
      else delete kept[row.id];
    }
    if (Object.keys(kept).length) write(this.key, kept);
    else localStorage.removeItem(this.key);
  }
}

// Removes every kept row whose key passes; on signing out: all of them.
export function forget(wanted = () => true) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && wanted(key)) localStorage.removeItem(key);
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The store is full or forbidden: what is typed still stands on the page.
  }
}
