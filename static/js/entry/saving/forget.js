// On every page: signing out removes what the entry page keeps for this user on this machine.

import { forget } from "./store.js";

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget]")) forget(event.target.dataset.forget);
});
