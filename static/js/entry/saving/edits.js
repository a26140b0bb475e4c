// Changing values: one way for keys, list, paste and fill, so that each can be undone.

export class Edits {
  constructor(sheet, saving) {
    this.sheet = sheet;
    this.saving = saving;
    this.past = [];
  }

  // Sets values on rows; `wanted`: [row, field, value]; `unread`: [row, field, text that is no
  // level]. One call is one step of undo; the rows that changed.
  apply(wanted, unread = []) {
    const step = new Map();
    for (const [row, field, value] of wanted) {
      const isNews = row.values[field] !== value || row.unread?.[field] !== undefined;
      if (!row.canSet(field) || !isNews) continue;
      remember(step, row);
      row.set(field, value);
    }
    const changed = [...step.keys()];
    for (const [row, field, text] of unread) {
      remember(step, row);
      row.unread = { ...row.unread, [field]: text };
    }
    for (const [row, before] of step) before.values = differing(before.values, row.values);
    if (step.size) this.past.push(step);
    this.done([...step.keys()]);
    return changed;
  }

  // Puts back what the last step changed; the rows that it did change, null without a step. Saved
  // rows are saved anew. What another person changed meanwhile stays theirs.
  undo() {
    const step = this.past.pop();
    if (!step) return null;
    const rows = [...step.keys()], changed = rows.filter((row) => !row.conflict && row.state !== "refused");
    for (const [row, { values, unread }] of step) {
      for (const field of Object.keys(values)) row.values[field] = (row.conflict?.values || values)[field];
      row.unread = unread && { ...unread };
      if (row.conflict && isSame(row.values, row.conflict.values)) row.rebase(row.conflict);
    }
    this.done(rows);
    return changed;
  }

  // A row that took over another person's values is not put back behind them.
  forget(row) {
    this.past.forEach((step) => step.delete(row));
    this.past = this.past.filter((step) => step.size);
  }

  done(rows) {
    for (const row of rows) {
      row.isChanged = true;
      if (row.state === "refused") row.state = "stored";
    }
    this.saving.queue(rows);
    this.sheet.touch(...rows);
  }
}

function remember(step, row) {
  if (!step.has(row)) step.set(row, { values: { ...row.values }, unread: row.unread && { ...row.unread } });
}

function isSame(values, stored) {
  return Object.keys(stored).every((field) => values[field] === stored[field]);
}

// The values of `before` that are other ones now.
function differing(before, now) {
  return Object.fromEntries(Object.entries(before).filter(([field, value]) => now[field] !== value));
}
