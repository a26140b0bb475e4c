// How many rows have each level, and each group under a cap, kept up to date row by row.

export class Ledger {
  constructor(page, rows) {
    this.levels = new Map();
    this.caps = page.data.caps.map((cap, index) => new Cap(cap, 1 << index, page.data.asked.includes("over_cap")));
    for (const [group, code, count, noted] of page.data.outside) {
      this.shift(code, count);
      for (const cap of this.caps) cap.addOutside(group, code, count, noted);
    }
    this.follow(new Set(rows));
  }

  shift(code, by) {
    this.levels.set(code, (this.levels.get(code) || 0) + by);
  }

  get total() {
    let total = 0;
    for (const count of this.levels.values()) total += count;
    return total;
  }

  get unrated() {
    return this.levels.get("") || 0;
  }

  // Follows the rows touched; rows of their groups that now owe a reason, or no more, join them.
  follow(touched) {
    const groups = new Set();
    for (const row of touched) {
      const code = row.isExempt ? null : row.values.decided;
      const noted = Boolean(row.values.note);
      if (row.counted === code && row.countedNote === noted) continue;
      this.move(row, code, groups);
      row.counted = code;
      row.countedNote = noted;
    }
    for (const group of groups) group.judge(touched);
  }

  move(row, code, groups) {
    if (typeof row.counted === "string") this.shift(row.counted, -1);
    if (code !== null) this.shift(code, 1);
    for (const cap of this.caps) groups.add(cap.move(row, code));
  }
}

class Cap {
  // `isAsked`: the rule that asks for reasons is on.
  constructor({ level, percent, base, byGroup, leastSize }, bit, isAsked) {
    Object.assign(this, { level, percent, base, byGroup, leastSize, bit, isAsked });
    this.groups = new Map();
    this.groupsOver = 0;
  }

  groupOf(group) {
    const key = this.byGroup ? group : 0;
    if (!this.groups.has(key)) this.groups.set(key, new Group(this));
    return this.groups.get(key);
  }

  addOutside(place, code, count, noted) {
    const group = this.groupOf(place);
    group.shift(code, count);
    if (code === this.level) group.notedOutside += noted;
  }

  move(row, code) {
    const group = this.groupOf(row.group);
    if (typeof row.counted === "string") group.shift(row.counted, -1);
    if (code !== null) group.shift(code, 1);
    if (code === this.level) group.at.add(row);
    else if (group.at.delete(row)) group.release(row);
    return group;
  }
}

class Group {
  constructor(cap) {
    this.cap = cap;
    this.counts = new Map();
    this.rated = 0;
    this.at = new Set(); // listed rows with the capped level
    this.notedOutside = 0;
    this.over = 0;
  }

  shift(code, by) {
    this.counts.set(code, (this.counts.get(code) || 0) + by);
    if (code) this.rated += by;
  }

  get used() {
    return this.counts.get(this.cap.level) || 0;
  }

  // As `CapRule.allowance`: beside a base, of those at the base or better.
  get allowed() {
    const { base, percent, leastSize } = this.cap;
    if (this.rated < leastSize) return this.rated;
    if (base === null) return Math.floor((this.rated * percent) / 10000);
    const asGood = this.used + (this.counts.get(base) || 0);
    return Math.floor((asGood * percent) / (10000 + percent));
  }

  get isBeside() {
    return this.cap.base !== null && this.rated >= this.cap.leastSize;
  }

  // The most that it would allow if all rated were at the level of the base or better.
  get possible() {
    const { percent } = this.cap;
    return this.isBeside ? Math.floor((this.rated * percent) / (10000 + percent)) : this.allowed;
  }

  // How many more must reach the level of the base for `wanted`: 0 where none, null where none would do.
  further(wanted) {
    if (wanted <= this.allowed) return 0;
    if (wanted > this.possible) return null;
    const { base, percent } = this.cap, asGood = this.used + (this.counts.get(base) || 0);
    return Math.ceil((wanted * (10000 + percent)) / percent) - asGood;
  }

  // As many rows as the group is over need a reason: the first ones that have one, then the last
  // ones without.
  judge(touched) {
    const before = this.over;
    this.over = Math.max(0, this.used - this.allowed);
    this.cap.groupsOver += (this.over > 0) - (before > 0);
    if (!this.over && !before) return;
    const rows = [...this.at].sort((a, b) => a.number - b.number);
    const noted = rows.filter((row) => row.values.note), without = rows.filter((row) => !row.values.note);
    const missing = this.cap.isAsked ? Math.max(0, this.over - noted.length - this.notedOutside) : 0;
    const owing = new Set(missing ? without.slice(-missing) : []);
    const charged = new Set(this.cap.isAsked ? noted.slice(0, this.over) : []);
    for (const row of rows) {
      const isNews = this.mark(row, this.over > 0, charged.has(row) || owing.has(row), owing.has(row));
      if (isNews) touched.add(row);
    }
  }

  mark(row, ...marks) {
    const { bit } = this.cap;
    let isNews = false;
    ["overCaps", "chargedCaps", "owedCaps"].forEach((name, index) => {
      const bits = marks[index] ? row[name] | bit : row[name] & ~bit;
      isNews ||= bits !== row[name];
      row[name] = bits;
    });
    return isNews;
  }

  release(row) {
    this.mark(row, false, false, false);
  }
}
