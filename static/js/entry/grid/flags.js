// What a row is, as bits, so that the counts on the buttons move with each row by itself.

import { isOwed, warningsOf } from "./state.js";

export const FLAGS = {
  blank: 1, changed: 2, unsaved: 4, conflict: 8, over: 16, warning: 32, owed: 64, differs: 128,
  returned: 256, fillable: 512, like_last: 1024, like_self: 2048,
  unrated: 4096, mended: 8192, suggested: 16384,
};

export function flagsOf(row) {
  const { values, page } = row;
  const main = page.mainField;
  const isSuggested = Boolean(row.suggestion);
  const isFillable = !values[main] && row.isBlank && row.canSet(main) && !isSuggested;
  return (
    bit(row.isBlank, FLAGS.blank) |
    bit(!values.decided && !row.isExempt, FLAGS.unrated) |
    bit(row.isChanged || row.isUnsaved, FLAGS.changed) |
    bit(row.isUnsaved, FLAGS.unsaved) |
    bit(row.state === "conflict", FLAGS.conflict) |
    bit(row.overCaps, FLAGS.over) |
    bit(warningsOf(row).length, FLAGS.warning) |
    bit(isOwed(row), FLAGS.owed) |
    bit(values.self_rated && values.decided && values.self_rated !== values.decided, FLAGS.differs) |
    bit(row.isToAnswer, FLAGS.returned) |
    bit(row.isMended, FLAGS.mended) |
    bit(isSuggested && row.canSet("note"), FLAGS.suggested) |
    bit(isFillable, FLAGS.fillable) |
    bit(isFillable && !page.data.isNewScheme && page.levels.has(row.last), FLAGS.like_last) |
    bit(isFillable && main === "decided" && values.self_rated, FLAGS.like_self)
  );
}

function bit(is, flag) {
  return is ? flag : 0;
}

// How many rows of a list have each flag.
export class FlagCounts {
  constructor() {
    this.counts = new Map();
  }

  of(name) {
    return this.counts.get(FLAGS[name]) || 0;
  }

  move(before, after) {
    for (let left = before ^ after; left; left &= left - 1) {
      const flag = left & -left;
      this.counts.set(flag, (this.counts.get(flag) || 0) + (after & flag ? 1 : -1));
    }
  }
}
