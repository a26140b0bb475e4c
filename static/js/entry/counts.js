// Counts, targets and caps on top, following while one types. Whole numbers only.

export class Counts {
  constructor(page, head) {
    this.page = page;
    this.head = head;
    page.whenChanged(() => this.follow());
  }

  follow() {
    const counts = this.counts(this.page.data.outside);
    this.markOwed();
    this.progress(counts);
    this.page.data.goals.forEach((goal, index) => this.goal(goal, this.part("goal", index), counts));
    this.page.data.caps.forEach((cap, index) => this.cap(cap, this.part("cap", index)));
  }

  part(name, index) {
    return this.head.querySelector(`[data-${name}="${index}"]`);
  }

  counts(outside) {
    const counts = { ...outside };
    for (const row of this.page.rows) {
      if (!row.isExempt) counts[row.values.decided] = (counts[row.values.decided] || 0) + 1;
    }
    return counts;
  }

  progress(counts) {
    const total = sum(counts), blank = counts[""] || 0;
    this.head.querySelector("[data-rated]").textContent = `${total - blank} / ${total}`;
    this.head.querySelector("[data-blank]").textContent = this.page.say("blank", { count: blank });
    const codes = [...this.page.levels.keys(), ""];
    let x = 0;
    this.head.querySelectorAll("[data-stack] rect").forEach((rect, index) => {
      const width = total ? Math.floor(((counts[codes[index]] || 0) * 1000) / total) : 0;
      rect.setAttribute("x", x);
      rect.setAttribute("width", width);
      x += width;
    });
    this.head.querySelectorAll("[data-levels] b").forEach((bold, index) => {
      bold.textContent = counts[codes[index]] || 0;
    });
  }

  goal(goal, box, counts) {
    if (!box) return;
    const roster = sum(counts), rated = roster - (counts[""] || 0);
    const have = goal.codes.reduce((total, code) => total + (counts[code] || 0), 0);
    const wanted = needed(rated, goal), full = needed(roster, goal);
    box.querySelector("[data-share]").textContent = `${have} / ${rated}`;
    box.querySelector("[data-verdict]").replaceChildren(...this.verdict(rated, wanted - have));
    const words = rated === roster
      ? this.page.say("needed", { count: wanted })
      : this.page.say("needed_in_full", { count: wanted, roster, full });
    box.querySelector("[data-need]").textContent = words;
  }

  verdict(rated, gap) {
    if (!rated) return [];
    if (gap <= 0) return [this.page.sign("met", this.page.say("met"), "check-circle-fill")];
    return [this.page.sign("unmet", this.page.say("short", { count: gap }))];
  }

  cap(cap, box) {
    if (!box) return;
    const { allowed, used } = this.capOf(cap);
    box.querySelector("[data-share]").textContent = this.page.say("cap", { allowed, used });
    const over = used - allowed;
    box.querySelector("[data-verdict]").replaceChildren(over > 0
      ? this.page.sign("unmet", this.page.say("over", { count: over }))
      : this.page.sign("met", this.page.say("within"), "check-circle-fill"));
  }

  capOf(cap) {
    const counts = this.counts(cap.outside);
    const base = cap.base === null ? sum(counts) - (counts[""] || 0) : counts[cap.base] || 0;
    return { allowed: Math.floor((base * cap.percent) / 10000), used: counts[cap.level] || 0 };
  }

  // Which rows still need a reason: decided above the self-rating, and as many of a group as it
  // is over its cap. The server judges again when the unit submits.
  markOwed() {
    const before = new Map(this.page.rows.map((row) => [row, row.owed]));
    for (const row of this.page.rows) row.owed = this.isAboveSelf(row) && !row.values.note ? "owed_self" : "";
    for (const cap of this.page.data.caps.filter((found) => found.applies)) this.markOver(cap);
    for (const [row, owed] of before) {
      if (owed !== undefined && row.owed !== owed && row.state === "stored") row.paintState();
    }
  }

  isAboveSelf(row) {
    const decided = this.page.levels.get(row.values.decided);
    const own = this.page.levels.get(row.values.self_rated);
    return Boolean(decided && own && decided.rank < own.rank);
  }

  markOver(cap) {
    const { allowed, used } = this.capOf(cap);
    const at = this.page.rows.filter((row) => row.values.decided === cap.level && !row.isExempt);
    const without = at.filter((row) => !row.values.note);
    const owing = Math.max(0, used - allowed - (at.length - without.length));
    for (const row of owing ? without.slice(-owing) : []) row.owed = "owed_cap";
  }
}

function needed(total, goal) {
  const wanted = (total * goal.value) / 10000;
  return goal.comparison === ">" ? Math.floor(wanted) + 1 : Math.ceil(wanted);
}

function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
