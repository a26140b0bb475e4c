// The review desk: the button says how many rows are chosen.

const form = document.getElementById("review");
const button = form?.querySelector("[data-return]");
if (button) {
  const words = button.querySelector("span");
  const plain = words.textContent;
  const follow = () => {
    const count = form.querySelectorAll("[name=row]:checked").length;
    words.textContent = count ? `${plain}: ${count}` : plain;
  };
  form.addEventListener("change", follow);
  follow();
}
