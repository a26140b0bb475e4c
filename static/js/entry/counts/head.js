// Title, bar and groups: how many are given, blank, wrong or owe a reason, following while one types.

export class Head {
  constructor(page, sheet) {
    Object.assign(this, { page, sheet });
    this.title = document.querySelector("[data-title]");
    sheet.follow(() => this.paint());
  }

  paint() {
    const of = reckoned(this.sheet.rows);
    this.page.put("[data-title]", this.finding(of));
    this.page.put("[data-given]", `${this.page.number(of.given)}/${this.page.number(of.asked)}`);
    this.page.put("[data-lacks]", this.parts(of).join(" · "));
    const bar = document.querySelector("[data-bar]");
    bar?.setAttribute("width", of.asked ? Math.floor((of.given * 1000) / of.asked) : 0);
    document.querySelectorAll("[data-group]").forEach((group) => this.group(group));
  }

  group(group) {
    const cells = [...group.querySelectorAll("[data-cell]")].map((el) => this.sheet.byId.get(el.dataset.cell));
    const of = reckoned(cells.filter(Boolean));
    const said = [this.page.say("given_of", { given: of.given, asked: of.asked }), ...this.parts({ ...of, blank: 0 })];
    this.page.put(group.querySelector("[data-given-here]"), said.join(", "));
  }

  finding(of) {
    const name = this.title.dataset.title, parts = this.parts(of);
    return `${name}: ${parts.length ? `${this.page.say("left")} ${parts.join(", ")}` : this.page.say("complete")}`;
  }

  parts(of) {
    return ["blank", "wrong", "owed"].filter((name) => of[name]).map((name) => this.page.say(`left_${name}`, { count: of[name] }));
  }
}

// Blank ones that nobody is asked for are neither given nor lacking.
function reckoned(cells) {
  const asked = cells.filter((cell) => cell.isAsked);
  return {
    asked: asked.length,
    given: asked.filter((cell) => !cell.isBlank).length,
    blank: asked.filter((cell) => cell.isBlank).length,
    wrong: cells.filter((cell) => cell.isWrong).length,
    owed: cells.filter((cell) => cell.isOwed).length,
  };
}
