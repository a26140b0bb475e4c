// The review desk: how many rows are chosen, all of a group at once, Enter from reason to reason.

const form = document.getElementById("review");
const button = form?.querySelector("[data-return]");
if (button) {
  const words = button.querySelector("span");
  const plain = words.textContent;
  const ticks = [...form.querySelectorAll("[name=row], [name=change]")];

  const groupOf = (all) => {
    const found = [];
    for (let row = all.closest("tr").nextElementSibling; row && !row.matches(".group"); ) {
      const tick = row.querySelector("[name=row]");
      if (tick) found.push(tick);
      row = row.nextElementSibling;
    }
    return found;
  };

  const follow = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    words.textContent = count ? `${plain}: ${count}` : plain;
    for (const all of form.querySelectorAll("[data-all]")) {
      const group = groupOf(all);
      const chosen = group.filter((tick) => tick.checked).length;
      all.hidden = !group.length;
      all.checked = chosen > 0 && chosen === group.length;
      all.indeterminate = chosen > 0 && chosen < group.length;
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) {
      for (const tick of groupOf(event.target)) tick.checked = event.target.checked;
    }
    follow();
  });

  // Enter in the reason of a row goes to the next chosen row; it does not return anything yet.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".why")) return;
    event.preventDefault();
    const reasons = ticks.filter((tick) => tick.checked)
      .map((tick) => tick.closest("tr").querySelector(".why"));
    (reasons[reasons.indexOf(event.target) + 1] ?? form.querySelector("#id_reason")).focus();
  });
  follow();
}
