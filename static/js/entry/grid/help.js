// The list of all keys: opened and closed with a key or the mouse.

export class Help {
  constructor() {
    this.panel = document.getElementById("allkeys");
    document.querySelectorAll("[data-help]").forEach((button) => {
      button.addEventListener("click", () => this.toggle());
    });
  }

  toggle() {
    if (this.panel) this.panel.hidden = !this.panel.hidden;
    return true;
  }

  close() {
    if (!this.panel || this.panel.hidden) return false;
    return this.toggle();
  }
}
