// An editor for a lesson's fragment, in the place of its listing.
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { codeMirror } from "./code-mirror";
import { html } from "./dom";

export function fragmentEditor(source: string): { element: HTMLElement; source: () => string; focus: () => void } {
  const element = html("div", { class: "fragment-editor" });
  const extensions = codeMirror("The fragment's code");
  const view = new EditorView({ parent: element, state: EditorState.create({ doc: source.trimEnd(), extensions }) });
  return { element, source: () => `${view.state.doc.toString()}\n`, focus: () => view.focus() };
}
