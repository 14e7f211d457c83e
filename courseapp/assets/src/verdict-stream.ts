// <verdict-stream>: the panel of one submission while it is graded. Each message replaces only the parts that
// changed, so the reader keeps place and focus; one polite sentence says what is new.
import { enhance } from "./enhance";
import { follow } from "./live";

class VerdictStream extends HTMLElement {
  private stop?: () => void;
  private readonly seen = new Map<string, string>();

  connectedCallback(): void {
    for (const part of this.parts(this)) this.seen.set(part.dataset.part!, part.outerHTML);
    this.settle();
    if (!("live" in this.dataset)) return;
    const { events = "", panel = "" } = this.dataset;
    this.stop = follow({ events, panel }, (message) => this.show(message));
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  private parts(root: ParentNode): HTMLElement[] {
    return [...root.querySelectorAll<HTMLElement>("[data-part]")];
  }

  private show(message: string): boolean {
    const page = new DOMParser().parseFromString(message, "text/html");
    const fresh = page.querySelector<HTMLElement>("verdict-stream");
    if (!fresh) return false;
    for (const part of this.parts(fresh)) this.replace(part);
    for (const template of fresh.querySelectorAll<HTMLTemplateElement>("template[data-elsewhere]")) this.place(template);
    this.say(fresh.querySelector("[role=status]")?.innerHTML ?? "");
    for (const name of ["status", "outcome", "line"]) this.dataset[name] = fresh.dataset[name] ?? "";
    this.settle();
    return !("live" in fresh.dataset);
  }

  private replace(part: HTMLElement): void {
    const name = part.dataset.part!;
    const markup = part.outerHTML;
    if (this.seen.get(name) === markup) return;
    this.seen.set(name, markup);
    const arrived = document.importNode(part, true);
    const old = this.querySelector(`[data-part="${name}"]`);
    if (old) old.replaceWith(arrived);
    enhance(this);
  }

  /** What the rest of the page says about this exercise: points, number of submissions. */
  private place(template: HTMLTemplateElement): void {
    const shown = document.querySelector(`[data-shown="${template.dataset.elsewhere}"]`);
    shown?.replaceChildren(document.importNode(template.content, true));
  }

  private say(sentence: string): void {
    const status = this.querySelector("[role=status]");
    if (status && status.innerHTML !== sentence) status.innerHTML = sentence;
  }

  private settle(): void {
    const line = Number(this.dataset.line) || null;
    this.dispatchEvent(new CustomEvent("nabla:mark", { bubbles: true, detail: { line } }));
  }
}

customElements.define("verdict-stream", VerdictStream);
