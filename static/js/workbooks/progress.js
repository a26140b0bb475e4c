// While a form is being worked on, says in words how far the server is. The form itself is sent as
// ever; without this module it is the same, only silent.
const EVERY = 700;

for (const form of document.querySelectorAll("form[data-progress]")) {
  const words = form.querySelector("[data-waiting]");
  const button = form.querySelector("button");
  let waiting = 0;

  async function ask() {
    try {
      const answer = await fetch(form.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.ok) words.textContent = (await answer.json()).words || words.textContent;
    } catch {
      // The line is lost, or the page is leaving: the words stay as they are.
    }
  }

  form.addEventListener("submit", (event) => {
    if (waiting) {
      event.preventDefault();
      return;
    }
    words.textContent = words.dataset.waiting;
    words.hidden = false;
    button.setAttribute("aria-disabled", "true");
    waiting = setInterval(ask, EVERY);
  });

  addEventListener("pageshow", () => {
    clearInterval(waiting);
    waiting = 0;
    words.hidden = true;
    button.removeAttribute("aria-disabled");
  });
}
