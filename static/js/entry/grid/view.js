// The window: of all listed rows only those near the visible part stand in the document.

import { element } from "../saving/frame.js";

const AHEAD = 16; // rows drawn above and below the visible ones, a page of them
const AT_A_TIME = 6; // of those, between two keys
const ROW_HEIGHT = 28, MORE_HEIGHT = 44; // pixels, until the first ones are measured
const NARROW = matchMedia("(max-width: 1100px)");
const LOW = matchMedia("(max-height: 480px)"); // a laptop's screen at 150% zoom

export class View {
  // `more(row)`: a second line below a row, or null.
  constructor(page, sheet, painter, more) {
    Object.assign(this, { page, sheet, painter, more });
    this.drawn = new Map(); // row → its element
    this.tall = new Set(); // rows with a second line
    this.lines = new Map(); // row → its second line, once drawn
    this.heights = new Map(); // row → height of that line
    this.spare = [];
    this.from = this.to = 0;
    this.rowHeight = ROW_HEIGHT;
    this.isWhole = false; // all rows drawn: in print
    this.afterDraw = this.afterEdges = () => {};
    this.beforeRelease = () => {};
    this.listed = sheet.shown;
    this.prepare();
    this.redraw();
    this.measure();
    sheet.watch((rows) => this.changed(rows));
    addEventListener("scroll", () => this.follow(), { passive: true });
    addEventListener("resize", () => this.measure());
    addEventListener("beforeprint", () => this.whole(true));
    addEventListener("afterprint", () => this.whole(false));
  }

  prepare() {
    const { table } = this.page;
    this.head = document.getElementById("gridhead");
    this.foot = document.getElementById("bulk");
    this.notices = document.getElementById("notices");
    this.body = table.tBodies[0];
    this.body.replaceChildren();
    document.getElementById("main").classList.add("unanchored");
    this.above = this.spacer();
    this.below = this.spacer();
    const observer = new ResizeObserver(() => this.measureEdges());
    observer.observe(this.head);
    observer.observe(this.foot);
    observer.observe(this.notices);
  }

  spacer() {
    const body = element("tbody", "spacer"), line = element("tr"), cell = element("td");
    body.setAttribute("aria-hidden", "true");
    cell.colSpan = 11;
    line.append(cell);
    body.append(line);
    return body;
  }

  // Sizes -------------------------------------------------------------------------------------

  measureEdges() {
    this.page.table.style.setProperty("--under", `${this.head.offsetHeight}px`);
    this.notices.style.setProperty("--foot", `${this.foot.offsetHeight}px`);
    this.afterEdges();
  }

  measure() {
    const first = this.drawn.values().next().value;
    const height = first?.getBoundingClientRect().height || this.rowHeight;
    if (height === this.rowHeight && !this.tall.size) return this.follow();
    this.rowHeight = height;
    this.heights.clear();
    this.redraw();
  }

  // At 200% zoom the table scrolls sideways and nothing sticks.
  get isNarrow() {
    return NARROW.matches;
  }

  // Where the first row stands, in pixels from the top of the browser's window.
  get origin() {
    return (this.above.isConnected ? this.above : this.body).getBoundingClientRect().top;
  }

  // Pixels from the first row to the row at a place of the list.
  offset(at) {
    let pixels = at * this.rowHeight;
    for (const row of this.tall) if (row.at >= 0 && row.at < at) pixels += this.heightOfMore(row);
    return pixels;
  }

  heightOfMore(row) {
    return this.heights.get(row) || MORE_HEIGHT;
  }

  placeAt(pixels) {
    let at = Math.floor(pixels / this.rowHeight);
    for (let turn = 0; turn < 3 && this.tall.size; turn += 1) {
      at = Math.max(0, at - Math.ceil((this.offset(at) - pixels) / this.rowHeight));
    }
    return at;
  }

  // Where rows can be seen, in pixels from the top of the browser's window. In a low one the
  // columns' names stick, figures and bar do not: they would leave no row.
  band() {
    const isStill = this.isNarrow || LOW.matches;
    const names = this.isNarrow ? 0 : this.page.table.tHead.offsetHeight;
    const top = names + (isStill ? 0 : this.head.offsetHeight), bottom = isStill ? 0 : this.foot.offsetHeight;
    return [top, innerHeight - bottom - this.notices.offsetHeight];
  }

  rowsInBand() {
    const [top, bottom] = this.band();
    return Math.max(1, Math.floor((bottom - top) / this.rowHeight) - 1);
  }

  // Drawing -----------------------------------------------------------------------------------

  // The places of the first visible row and of the one after the last; of a list that lies wholly
  // above or below the browser's window the row that is nearest.
  visible() {
    const top = -this.origin, count = this.sheet.shown.length;
    const first = Math.min(Math.max(0, this.placeAt(top)), Math.max(0, count - 1));
    return [first, Math.min(count, Math.max(first, this.placeAt(top + innerHeight)) + 1)];
  }

  // Draws what is seen at once; what may be seen next follows when the browser has time.
  follow() {
    if (this.isWhole) return;
    const [first, last] = this.visible();
    if (first < this.from || last > this.to) {
      const isNear = first <= this.to && last >= this.from;
      const from = isNear ? Math.max(Math.min(this.from, first), first - 2 * AHEAD) : first;
      const to = isNear ? Math.min(Math.max(this.to, last), last + 2 * AHEAD) : last;
      this.draw(from, to);
    }
    this.drawAhead();
  }

  drawAhead() {
    clearTimeout(this.ahead);
    const { from, to } = this.goal();
    if (from < this.from || to > this.to) this.ahead = setTimeout(() => this.drawSome(), 20);
  }

  // The window with all that may be seen next.
  goal() {
    const [first, last] = this.visible();
    return { from: Math.max(0, first - AHEAD), to: Math.min(this.sheet.shown.length, last + AHEAD) };
  }

  drawSome() {
    if (this.isWhole) return;
    const { from, to } = this.goal();
    if (to > this.to) this.draw(this.from, Math.min(to, this.to + AT_A_TIME));
    else if (from < this.from) this.draw(Math.max(from, this.from - AT_A_TIME), this.to);
    this.drawAhead();
  }

  // Whatever was drawn before: other rows, or rows of another height.
  redraw() {
    if (this.isWhole) this.draw(0, this.sheet.shown.length);
    else this.draw(...this.visible());
    this.follow();
    for (const [row, el] of this.drawn) this.painter.paintMarks(el, row);
  }

  draw(from, to) {
    const wanted = this.sheet.shown.slice(from, to);
    const kept = wanted.filter((row) => this.drawn.has(row)).length;
    if (kept * 2 < wanted.length) this.replace(wanted);
    else this.shift(wanted);
    [this.from, this.to] = [from, to];
    this.space();
    this.afterDraw();
  }

  // Other rows altogether: the elements stay where they are, which costs the browser least.
  replace(wanted) {
    const els = [...this.body.children].filter((el) => el.row);
    for (const [row, el] of this.drawn) {
      this.beforeRelease(el);
      this.lines.get(row)?.remove();
    }
    this.drawn.clear();
    els.splice(wanted.length).forEach((el) => this.lay(el));
    wanted.forEach((row, at) => (els[at] ? this.give(els[at], row) : this.insert(row, null)));
  }

  // Mostly the same rows: some go at one end, some come at the other.
  shift(wanted) {
    const keep = new Set(wanted);
    for (const [row, el] of this.drawn) if (!keep.has(row)) this.release(row, el);
    let next = this.body.firstChild;
    for (const row of wanted) {
      const el = this.drawn.get(row);
      if (el) next = (this.lines.get(row) || el).nextSibling;
      else this.insert(row, next);
    }
  }

  insert(row, next) {
    const el = this.spare.pop() || this.painter.make();
    this.body.insertBefore(el, next);
    this.give(el, row);
  }

  give(el, row) {
    this.drawn.set(row, el);
    this.painter.bind(el, row);
    this.followMore(row, el);
  }

  release(row, el) {
    this.beforeRelease(el);
    this.lines.get(row)?.remove();
    this.drawn.delete(row);
    this.lay(el);
  }

  lay(el) {
    el.remove();
    this.spare.push(el);
  }

  // The second line of a row: there, fresh, or gone.
  followMore(row, el) {
    const old = this.lines.get(row), line = this.tall.has(row) ? this.more(row, old) : null;
    if (old && old !== line) old.remove();
    if (!line) this.lines.delete(row);
    else if (el.nextSibling !== line) {
      el.after(line);
      this.lines.set(row, line);
      this.heights.set(row, line.getBoundingClientRect().height);
    }
  }

  // What is not drawn takes its room all the same.
  space() {
    const { length } = this.sheet.shown;
    this.stretch(this.above, this.offset(this.from), (spacer) => this.body.before(spacer));
    this.stretch(this.below, this.offset(length) - this.offset(this.to), (spacer) => this.body.after(spacer));
    this.page.table.setAttribute("aria-rowcount", length + 1);
  }

  stretch(spacer, pixels, attach) {
    spacer.firstChild.style.height = `${pixels}px`;
    if (pixels <= 0) spacer.remove();
    else if (!spacer.isConnected) attach(spacer);
  }

  changed(rows) {
    const isOther = this.listed !== this.sheet.shown;
    this.listed = this.sheet.shown;
    for (const row of rows) {
      if (row.state === "conflict") this.tall.add(row);
      else this.tall.delete(row);
      this.paint(row);
    }
    if (isOther) this.redraw();
    else if (rows.size && this.tall.size) this.space();
  }

  paint(row, el = this.drawn.get(row)) {
    if (!el) return;
    this.painter.paint(el, row);
    this.followMore(row, el);
  }

  whole(is) {
    this.isWhole = is;
    this.redraw();
  }

  // Scrolls so far that the row is seen, and draws it; its element.
  reveal(row) {
    const [top, bottom] = this.band();
    const at = this.origin + this.offset(row.at);
    const below = at + this.rowHeight - bottom;
    if (at < top) scrollBy({ top: at - top, behavior: "instant" });
    else if (below > 0) scrollBy({ top: below, behavior: "instant" });
    this.follow();
    return this.drawn.get(row);
  }
}
