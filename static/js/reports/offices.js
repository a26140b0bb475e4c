// The preview of an office's heading and signatures follows what is typed; the server draws it.
const form = document.querySelector("form[data-preview]");
const place = document.getElementById("preview");
const WAIT = 300;
let waiting = 0;
let asked = 0;

async function draw() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== asked) return;
    place.innerHTML = await answer.text();
    document.querySelector("[data-state]").textContent = place.dataset.unsaved;
  } catch {
    // Without the line the button beside "save" still asks for the preview.
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, WAIT);
});
