// Counts, targets and caps on top, following while one types. Whole numbers only.

import { element } from "../saving/frame.js";

export class Head {
  constructor(page, sheet, cursor) {
    Object.assign(this, { page, sheet, cursor });
    this.head = document.getElementById("gridhead");
    this.codes = [...page.levels.keys(), ""];
    this.rects = [...this.head.querySelectorAll("[data-stack] rect")];
    this.bolds = [...this.head.querySelectorAll("[data-levels] b")];
    sheet.watch(() => this.follow());
    cursor.whenMoved.push(() => this.caps());
  }

  follow() {
    this.progress();
    this.page.data.goals.forEach((goal, index) => this.goal(goal, this.part("goal", index)));
    this.caps();
  }

  share(part, whole) {
    return `${this.page.number(part)} / ${this.page.number(whole)}`;
  }

  part(name, index) {
    return this.head.querySelector(`[data-${name}="${index}"]`);
  }

  progress() {
    const { levels, total, unrated } = this.sheet.ledger;
    put(this.head.querySelector("[data-rated]"), this.share(total - unrated, total));
    put(this.head.querySelector("[data-unrated]"), this.page.say("unrated", { count: unrated }));
    let x = 0;
    this.codes.forEach((code, index) => {
      const count = levels.get(code) || 0, width = total ? Math.floor((count * 1000) / total) : 0;
      this.rects[index].setAttribute("x", x);
      this.rects[index].setAttribute("width", width);
      put(this.bolds[index], this.page.number(count));
      x += width;
    });
  }

  goal(goal, box) {
    const { levels, total: roster, unrated } = this.sheet.ledger, rated = roster - unrated;
    const have = goal.codes.reduce((sum, code) => sum + (levels.get(code) || 0), 0);
    const wanted = needed(rated, goal);
    put(box.querySelector("[data-share]"), this.share(have, rated));
    this.verdict(box, wanted - have, rated > 0, "met", "short", goal.missed);
    put(box.querySelector("[data-need]"), rated === roster
      ? this.page.say("needed", { count: wanted })
      : this.page.say("needed_in_full", { count: wanted, roster, full: needed(roster, goal) }));
    put(box.querySelector("[data-reach]"), have < wanted ? this.reach(goal, wanted) : "");
  }

  // Whether the cap on the goal's one level lets what is missing be reached.
  reach({ cap, reach }, wanted) {
    const group = cap === null ? null : this.sheet.ledger.caps[cap].groupOf(0);
    const further = group ? group.further(wanted) : 0;
    if (further === 0) return "";
    const [never, more] = reach;
    return further === null
      ? never.replace("{possible}", this.page.number(group.possible))
      : more.replace("{n}", this.page.number(further));
  }

  // All is well, or in words how many are missing or too many: a triangle beside a number reads as "up".
  verdict(box, gap, isKnown, well, wrong, missed = "unmet") {
    const place = box.querySelector("[data-verdict]");
    const words = gap <= 0 ? this.page.say(well) : this.page.say(wrong, { count: gap });
    if (place.textContent === words) return;
    place.replaceChildren(...(isKnown ? [this.told(gap <= 0 ? "met" : missed, words)] : []));
  }

  told(kind, words) {
    if (kind !== "unmet") return this.page.sign(kind, words, kind === "met" ? "check-circle-fill" : undefined);
    return element("b", "unmetmark nw", words);
  }

  caps() {
    this.sheet.ledger.caps.forEach((cap, index) => this.cap(cap, this.part("cap", index)));
  }

  // The group of the row one is on.
  cap(cap, box) {
    const row = this.cursor.row;
    if (!box || !row) return;
    const group = cap.groupOf(row.group);
    put(box.querySelector("[data-share]"), this.page.say("cap", { allowed: group.allowed, used: group.used }));
    this.verdict(box, group.used - group.allowed, true, "within", "over");
    if (!cap.byGroup) return;
    const place = this.page.data.names[row.group] || "", count = cap.groupsOver;
    put(box.querySelector("[data-group]"), count ? this.page.say("groups_over", { place, count }) : place);
  }
}

function needed(total, { value, comparison }) {
  const wanted = total * value;
  return comparison === ">" ? Math.floor(wanted / 10000) + 1 : Math.ceil(wanted / 10000);
}

function put(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}
