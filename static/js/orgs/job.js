// Tells how far a job is, and goes on once it has ended. Without this module the page loads itself anew.
const EVERY = 1000;
const place = document.querySelector("[data-job]");
const words = place.querySelector("[data-words]");

async function look() {
  try {
    const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const told = await answer.json();
    if (told.ended) return location.replace(told.address);
    if (told.words !== words.textContent) words.textContent = told.words;
  } catch {
    // The line is lost: the words stay as they are, and the next look may find it again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
