// The grid of reported totals: sums while typing; what does not add up is asked of the server,
// which judges by the one rule (assessments/rules/totals.py).
const form = document.querySelector("form[data-check]");
const WAIT = 300;
let waiting = 0;
let asked = 0;

function count(input) {
  const text = input.value.trim();
  const digits = /^\d{1,3}([. \u00a0]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text;
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}

function add(row) {
  const cells = [...row.querySelectorAll("input.count")].slice(0, -1);
  const counts = cells.map(count).filter((value) => value !== null);
  const sum = row.querySelector("[data-sum]");
  if (sum) sum.textContent = counts.length ? counts.reduce((a, b) => a + b).toLocaleString("vi-VN") : "–";
}

function show(subject, findings) {
  const row = form.querySelector(`[data-findings="${subject}"]`);
  row.hidden = findings.length === 0;
  row.querySelector("ul").replaceChildren(...findings.map((words) => {
    const item = document.createElement("li");
    item.textContent = words;
    return item;
  }));
}

function mark(faults) {
  for (const input of form.querySelectorAll("input.count")) {
    input.classList.toggle("is-invalid", input.name in faults);
    input.toggleAttribute("aria-invalid", input.name in faults);
    input.title = faults[input.name] ?? "";
  }
}

async function check() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== asked) return;
    const found = await answer.json();
    for (const [subject, findings] of Object.entries(found.rows)) show(subject, findings);
    mark(found.faults);
  } catch {
    // Without the line the sums still stand; storing judges everything again.
  }
}

function typed(event) {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  add(row);
  form.querySelector("[data-unsaved]").hidden = false;
  clearTimeout(waiting);
  waiting = setTimeout(check, WAIT);
}

form?.addEventListener("input", typed);
form?.addEventListener("submit", () => window.removeEventListener("beforeunload", keep));

function keep(event) {
  if (!form?.querySelector("[data-unsaved]")?.hidden) event.preventDefault();
}

if (form?.querySelector("[data-unsaved]")) window.addEventListener("beforeunload", keep);
