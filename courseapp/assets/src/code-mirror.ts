// CodeMirror as the whole site uses it: Python, set by weight and slant, and one line that can be marked.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, type DecorationSet, drawSelection, EditorView, GutterMarker, gutterLineClass, highlightSpecialChars, keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Code is set, not coloured: keywords bold, comments italic.
const typography = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword], class: "tok-keyword" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: "tok-comment" },
]);

export const setMark = StateEffect.define<number | null>();
const markedLine = Decoration.line({ class: "cm-marked" });
const markedNumber = new (class extends GutterMarker {
  override elementClass = "cm-marked-number";
})();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let moved = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const { doc } = transaction.state;
      const line = effect.value !== null && effect.value <= doc.lines ? doc.line(effect.value) : null;
      moved = line ? Decoration.set([markedLine.range(line.from)]) : Decoration.none;
    }
    return moved;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    gutterLineClass.from(field, (set) => {
      const at = set.iter().value ? [markedNumber.range(set.iter().from)] : [];
      return RangeSet.of(at);
    }),
  ],
});

// Typing over a selection is left to no browser: Chromium would keep the weight of what was selected in a style
// attribute, which the policy refuses.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || view.composing) return false;
    const text = event.data;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    event.preventDefault();
    if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/** Everything but what the page itself listens to. Tab indents; Escape, then Tab, leaves. */
export function codeMirror(label: string): Extension[] {
  const attributes = { "aria-label": label, "aria-describedby": "editor-keys", tabindex: "0" };
  return [
    lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
    indentUnit.of("    "), EditorState.tabSize.of(4), python(), syntaxHighlighting(typography), search({ top: true }), marks,
    typeOver,
    EditorView.contentAttributes.of({ ...attributes, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
  ];
}
