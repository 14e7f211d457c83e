// <theme-switch>: light, dark, or whatever the system says. The choice lies in a cookie, and the server sets
// data-theme itself, so that no page flashes.
const CHOICES = ["system", "light", "dark"] as const;
type Choice = (typeof CHOICES)[number];
const YEAR = 60 * 60 * 24 * 365;

class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    this.hidden = false;
    button?.addEventListener("click", () => {
      const next = CHOICES[(CHOICES.indexOf(this.choice) + 1) % CHOICES.length] ?? "system";
      this.choose(next);
    });
  }

  get choice(): Choice {
    const set = document.documentElement.dataset.theme;
    return set === "light" || set === "dark" ? set : "system";
  }

  choose(choice: Choice): void {
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    document.cookie = `theme=${choice};path=/;max-age=${YEAR};samesite=lax`;
    const button = this.querySelector("button");
    if (button) button.textContent = `Theme: ${choice}`;
  }
}

customElements.define("theme-switch", ThemeSwitch);
