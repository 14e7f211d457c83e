// <run-fragment>: sends a lesson's code to the sandbox and shows what it prints. The code can be changed first.
import { csrfToken } from "./dom";
import { follow } from "./live";

class RunFragment extends HTMLElement {
  private stop?: () => void;
  private edited?: () => string;

  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>("button[data-run]");
    button?.addEventListener("click", () => void this.run());
    this.querySelector("button[data-edit]")?.addEventListener("click", (event) => void this.edit(event.target as HTMLElement));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      void this.run();
    }, { capture: true });
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  private async run(): Promise<void> {
    this.stop?.();
    this.say("Sending");
    const body = new FormData();
    body.set("source", this.source());
    body.set("runtime", this.dataset.runtime ?? "numpy");
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const reply = await fetch(this.dataset.action ?? "", { method: "POST", body, headers }).catch(() => null);
    if (!reply) return this.say("The server did not answer. Try again in a moment.");
    const started = await reply.json();
    if (!reply.ok) return this.say(started.sentence);
    this.stop = follow(started, (panel) => this.show(panel));
  }

  private async edit(button: HTMLElement): Promise<void> {
    const { fragmentEditor } = await import("./fragment-editor");
    const editor = fragmentEditor(this.source());
    this.querySelector(".code")!.replaceWith(editor.element);
    this.edited = editor.source;
    button.remove();
    editor.focus();
  }

  private source(): string {
    if (this.edited) return this.edited();
    return [...this.querySelectorAll(".code li")].map((line) => line.textContent ?? "").join("\n") + "\n";
  }

  private show(panel: string): boolean {
    const page = new DOMParser().parseFromString(panel, "text/html");
    const fresh = page.querySelector<HTMLElement>("[data-fragment]");
    if (!fresh) return false;
    const output = this.querySelector<HTMLElement>(".output")!;
    output.textContent = fresh.querySelector(".output")?.textContent ?? "";
    output.hidden = output.textContent === "";
    this.say(fresh.querySelector("[role=status]")?.textContent ?? "");
    return !("live" in fresh.dataset);
  }

  private say(sentence: string): void {
    this.querySelector("[role=status]")!.textContent = sentence;
  }
}

customElements.define("run-fragment", RunFragment);
