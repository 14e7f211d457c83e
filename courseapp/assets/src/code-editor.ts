// <code-editor>: CodeMirror over a textarea. The textarea stays the form's field, so the page also works
// without this script. Drafts are kept in the browser at once and on the server soon after.
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { codeMirror, setMark } from "./code-mirror";
import { Draft } from "./draft";

class CodeEditor extends HTMLElement {
  private view!: EditorView;
  private field!: HTMLTextAreaElement;
  private draft!: Draft;

  connectedCallback(): void {
    this.field = this.querySelector("textarea")!;
    this.draft = new Draft(this.dataset, (sentence) => this.say(sentence));
    this.field.value = this.draft.restore(this.field.value);
    this.view = new EditorView({ parent: this, state: EditorState.create({ doc: this.field.value, extensions: this.extensions() }) });
    this.field.hidden = true;
    this.classList.add("ready");
    this.listen();
  }

  private extensions(): Extension[] {
    return [
      Prec.highest(keymap.of([
        { key: "Mod-Enter", run: () => this.press("run") },
        { key: "Mod-Shift-Enter", run: () => this.press("submit") },
      ])),
      codeMirror(`Your code, ${this.dataset.file}`),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.field.value = update.state.doc.toString();
        this.draft.changed(this.field.value);
      }),
    ];
  }

  private listen(): void {
    document.addEventListener("nabla:mark", (event) => this.mark((event as CustomEvent).detail.line));
    document.addEventListener("submit", (event) => void this.restore(event));
    document.querySelector("[data-reset]")?.addEventListener("click", () => this.askToReset());
    document.querySelector("[data-upload]")?.addEventListener("change", (event) => void this.upload(event.target as HTMLInputElement));
    document.addEventListener("click", (event) => {
      const line = (event.target as Element).closest<HTMLElement>("[data-go-line]")?.dataset.goLine;
      if (line) this.go(Number(line));
    });
    const marked = document.querySelector<HTMLElement>("verdict-stream")?.dataset.line;
    if (marked) this.mark(Number(marked));
  }

  private press(action: string): boolean {
    document.querySelector<HTMLButtonElement>(`[data-action=${action}]`)?.click();
    return true;
  }

  private mark(line: number | null): void {
    this.view.dispatch({ effects: setMark.of(line) });
  }

  private go(line: number): void {
    const { doc } = this.view.state;
    if (line < 1 || line > doc.lines) return;
    const at = doc.line(line).from;
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
    this.scrollIntoView({ block: "nearest" });
  }

  private replace(source: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: source }, effects: setMark.of(null) });
    this.view.focus();
  }

  private askToReset(): void {
    const dialog = document.querySelector<HTMLDialogElement>("#reset-dialog");
    const starter = document.querySelector<HTMLTemplateElement>("#starter");
    if (!dialog || !starter) return;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "reset") this.replace(starter.content.textContent ?? "");
    }, { once: true });
    dialog.showModal();
  }

  private async upload(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file) this.replace(await file.text());
    input.value = "";
  }

  private async restore(event: Event): Promise<void> {
    const url = (event.target as HTMLElement).dataset.restore;
    if (!url) return;
    event.preventDefault();
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) this.replace(await reply.text());
    this.scrollIntoView({ block: "nearest" });
  }

  private say(sentence: string): void {
    const status = document.querySelector("[data-saved]");
    if (status) status.textContent = sentence;
  }
}

customElements.define("code-editor", CodeEditor);
