// Sending rows to the server, and what its answer means.

export class Post {
  constructor(page) {
    const { form } = page;
    this.page = page;
    this.address = form.dataset.save;
    this.home = form.dataset.home;
    this.user = form.dataset.user;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // `rows`: {line, version, changes}. Gives `answers`, one a row, and what else the answer says; or `failure`, a key of the texts,
  // when it is worth trying again; or `refusal`, a sentence, when it is not.
  async send(rows) {
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ rows }),
        redirect: "manual",
        keepalive: document.hidden && rows.length < 100,
      });
      return await this.read(response);
    } catch {
      return { failure: "offline" };
    }
  }

  async read(response) {
    if (response.type === "opaqueredirect") return { failure: "signed_out" };
    if (response.ok) return answered(await response.json());
    switch (response.status) {
      case 403: return { failure: await this.renew() };
      case 404: return { refusal: this.page.say("no_list") };
      case 400: return { refusal: this.page.say("not_understood") };
    }
    return { failure: "failed" };
  }

  // After signing in again in another window the page's token is an old one: read the new one.
  async renew() {
    const response = await fetch(this.home, { redirect: "manual" });
    if (!response.ok) return "signed_out";
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = fresh.querySelector("[data-forget]");
    if (form?.dataset.forget !== this.user) return "other_user";
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    return "failed";
  }
}

function answered({ rows, ...more }) {
  return { answers: rows, ...more };
}
