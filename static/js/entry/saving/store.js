// What is kept on this machine until it is saved: row, version and the columns of `fields`, under the
// user's number. No names, no texts. Only the same user's pages read it; signing out removes it.

const PREFIX = "nq03:";

export class Store {
  // `idOf`: a row's id out of the text of it.
  constructor(form, fields, idOf = Number) {
    this.prefix = `${PREFIX}${form.dataset.user}:${form.dataset.year}:${form.dataset.kind}:`;
    this.fields = fields;
    this.idOf = idOf;
    this.isFull = false;
  }

  // Each kept row: its id, the version it was typed on, values by column.
  read() {
    const keys = keysOf(this.prefix);
    return keys.map((key) => ({ id: this.idOf(key.slice(this.prefix.length)), ...parsed(localStorage.getItem(key)) }));
  }

  keep(rows) {
    for (const row of rows) {
      const values = Object.entries(row.changes()).filter(([name]) => this.fields.includes(name));
      if (values.length) this.write(row.id, { version: row.version, values: Object.fromEntries(values) });
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

// `levels`: as values were called when only levels were kept.
function parsed(text) {
  try {
    const { version, levels, values = levels } = JSON.parse(text);
    return { version, values: Object(values) };
  } catch {
    return { version: 0, values: {} };
  }
}
