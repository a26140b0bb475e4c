// Below the counts of all organizations: their sum, the total on the paper, and the difference.

export class Sum {
  constructor(page, sheet) {
    Object.assign(this, { page, sheet });
    this.paper = sheet.rows.find((cell) => cell.isPaper);
    sheet.watch(() => this.paint());
  }

  paint() {
    const cells = this.sheet.rows.filter((cell) => !cell.isPaper && cell.number !== null);
    const sum = cells.reduce((total, cell) => total + cell.number, 0);
    this.page.put("[data-sum]", cells.length ? this.page.number(sum) : "–");
    this.difference(sum, this.paper?.number ?? null);
  }

  difference(sum, paper) {
    const place = document.querySelector("[data-difference]");
    if (!place) return;
    const says = paper === null ? "" : sum === paper ? this.page.say("as_on_paper") : this.words(sum, paper);
    if (place.textContent === says) return;
    place.replaceChildren(...(says ? [this.page.sign(sum === paper ? "met" : "error", says)] : []));
  }

  words(sum, paper) {
    return this.page.say(sum > paper ? "above_paper" : "below_paper", { count: Math.abs(sum - paper) });
  }
}
