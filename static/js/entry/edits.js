// Changing values: one way for keys, list, paste and fill, so that each can be undone.

export class Edits {
  constructor(page, saving) {
    this.page = page;
    this.saving = saving;
    this.past = [];
    this.whenDone = () => {};
  }

  // Sets values on rows; `wanted`: [row, field, value]. One call is one step of undo.
  apply(wanted) {
    const step = [];
    for (const [row, field, value] of wanted) {
      if (!row.canSet(field) || (row.values[field] === value && !(field in row.unread))) continue;
      step.push({ row, before: { ...row.values } });
      row.set(field, value);
    }
    if (step.length) {
      this.past.push(step);
      this.saving.touch(step.map(({ row }) => row));
    }
    return step.length;
  }

  undo() {
    const step = this.past.pop();
    if (!step) return 0;
    for (const { row, before } of step.reverse()) {
      row.values = { ...before };
      row.unread = {};
      row.touched = true;
      if (row.state === "refused") row.state = "stored";
    }
    this.saving.touch(step.map(({ row }) => row));
    return step.length;
  }

  // What a cell received that is no level of this year: shown, never sent.
  unreadable(row, field, text) {
    if (!row.canSet(field)) return;
    row.unread[field] = text;
    row.touched = true;
    row.paint();
    this.page.changed();
  }
}
