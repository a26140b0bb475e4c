// While a form is being sent, says so, and sends it once. Without this module it is the same, only silent.
for (const form of document.querySelectorAll("form[data-sending]")) {
  const words = form.querySelector("[data-waiting]");
  const button = form.querySelector("button");
  let isSent = false;

  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
    words.textContent = words.dataset.waiting;
    words.hidden = false;
    button.setAttribute("aria-disabled", "true");
  });

  addEventListener("pageshow", () => {
    isSent = false;
    words.hidden = true;
    button.removeAttribute("aria-disabled");
  });
}
