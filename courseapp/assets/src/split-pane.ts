// <split-pane>: two panes and a separator that drags, takes arrow keys, and remembers where it was left.
const KEY = "exercise-split";
const MIN = 28; // per cent of the width
const MAX = 66;
const START = 42;

class SplitPane extends HTMLElement {
  private gutter!: HTMLElement;
  private value = START;

  connectedCallback(): void {
    this.gutter = this.querySelector<HTMLElement>("[role=separator]")!;
    this.gutter.addEventListener("pointerdown", (event) => this.drag(event));
    this.gutter.addEventListener("keydown", (event) => this.press(event));
    this.gutter.addEventListener("dblclick", () => this.set(START));
    this.set(Number(localStorage.getItem(KEY)) || START);
  }

  private press(event: KeyboardEvent): void {
    const to = { ArrowLeft: this.value - 2, ArrowRight: this.value + 2, Home: MIN, End: MAX }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.set(to);
  }

  private drag(event: PointerEvent): void {
    event.preventDefault();
    this.gutter.focus();
    this.gutter.setPointerCapture(event.pointerId);
    const { left, width } = this.getBoundingClientRect();
    const move = (e: PointerEvent) => this.set(((e.clientX - left) / width) * 100);
    this.gutter.addEventListener("pointermove", move);
    this.gutter.addEventListener("pointerup", () => this.gutter.removeEventListener("pointermove", move), { once: true });
  }

  private set(percent: number): void {
    this.value = Math.min(MAX, Math.max(MIN, percent));
    this.style.setProperty("--split", `${this.value}fr`);
    this.style.setProperty("--rest", `${100 - this.value}fr`);
    this.gutter.setAttribute("aria-valuenow", this.value.toFixed(0));
    localStorage.setItem(KEY, String(this.value));
  }
}

customElements.define("split-pane", SplitPane);
