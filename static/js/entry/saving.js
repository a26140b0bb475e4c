// Saving: each changed row is sent by itself within a moment; nothing typed is dropped.

import { LEVEL_FIELDS } from "./rows.js";

const WAIT = 120;
const RETRY = 4000;
const AT_ONCE = 300;

export class Saving {
  constructor(page, store) {
    this.page = page;
    this.store = store;
    this.timer = null;
    this.isSending = false;
    this.token = page.form.querySelector("[name=csrfmiddlewaretoken]").value;
    addEventListener("online", () => this.soon(0));
    addEventListener("beforeunload", (event) => {
      if (page.rows.some((row) => row.isUnsaved)) event.preventDefault();
    });
  }

  touch(rows) {
    for (const row of rows) {
      if (row.state !== "conflict") row.state = row.isDirty ? "waiting" : "stored";
      row.paint();
    }
    this.store.keep(rows, LEVEL_FIELDS);
    this.page.changed();
    this.soon(WAIT);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  waiting() {
    const wanted = (row) => row.isDirty && !["conflict", "refused"].includes(row.state);
    return this.page.rows.filter(wanted).slice(0, AT_ONCE);
  }

  async send() {
    if (this.isSending) return;
    const rows = this.waiting();
    if (!rows.length) return;
    this.isSending = true;
    const sent = new Map(rows.map((row) => [row.id, { version: row.version, changes: row.changes() }]));
    rows.forEach((row) => this.show(row, "saving"));
    const failure = await this.post(sent);
    this.isSending = false;
    if (failure) rows.forEach((row) => this.show(row, "failed", failure));
    this.store.keep(rows, LEVEL_FIELDS);
    this.page.changed();
    if (failure) this.soon(RETRY);
    else if (this.waiting().length) this.soon(0);
  }

  async post(sent) {
    const rows = [...sent].map(([line, row]) => ({ line, ...row }));
    try {
      const response = await fetch(this.page.form.dataset.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ rows }),
        redirect: "manual",
      });
      if (response.type === "opaqueredirect") return "signed_out";
      if (response.status === 403) return await this.renewToken();
      if (!response.ok) return "failed";
      (await response.json()).rows.forEach((answer) => this.answered(answer, sent));
      return "";
    } catch {
      return navigator.onLine ? "failed" : "offline";
    }
  }

  // After signing in again in another window the page's token is an old one: read the new one.
  async renewToken() {
    const response = await fetch(location.href, { redirect: "manual" });
    if (!response.ok) return "signed_out";
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = fresh.getElementById("entry");
    if (!form || form.dataset.user !== this.page.form.dataset.user) return "signed_out";
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    if (token === this.token) return "failed";
    this.token = token;
    return "failed";
  }

  answered(answer, sent) {
    const row = this.page.byId.get(answer.line);
    if (answer.state === "saved") {
      row.accept(answer.version, answer.at, sent.get(row.id).changes);
    } else if (answer.state === "conflict") {
      row.state = "conflict";
      row.conflict = answer;
    } else {
      row.state = "refused";
      row.why = answer.why;
    }
    row.paint();
  }

  show(row, state, why = "") {
    row.state = state;
    row.why = why;
    row.touched = true;
    row.paint();
  }
}
