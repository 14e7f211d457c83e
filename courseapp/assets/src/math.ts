// Renders the TeX in .m (inline) and .mm (display) with KaTeX, through the DOM: no style attribute is ever
// parsed, so the strict policy holds. Without KaTeX the TeX source stays on the page.
import { parts, together } from "./tex-parts";

const MACROS = { "\\argmin": "\\operatorname*{arg\\,min}" };

/** MathML gives a script one child each; KaTeX adds another for \max and the like, that a name is applied. */
function soundScripts(place: ParentNode): void {
  for (const mark of place.querySelectorAll("msub > mo, msup > mo, msubsup > mo, munder > mo, mover > mo")) {
    if (mark.textContent === "\u2061") mark.remove();
  }
}

/** Keeps the comma or full stop after a formula on its line. */
function holdPunctuation(node: HTMLElement): void {
  const after = node.nextSibling;
  const [marks] = (after instanceof Text && /^[.,;:!?)\]”’]+/.exec(after.data)) || [];
  if (!marks || !(after instanceof Text)) return;
  const held = document.createElement("span");
  held.className = "nowrap";
  node.replaceWith(held);
  held.append(node, marks);
  after.deleteData(0, marks.length);
}

/** Renders what is not rendered yet under root. */
export async function renderMath(root: ParentNode): Promise<void> {
  const nodes = [...root.querySelectorAll<HTMLElement>(".m:not([data-done]), .mm:not([data-done])")];
  if (nodes.length === 0) return;
  const { default: katex } = await import("katex");
  for (const node of nodes) {
    if ("done" in node.dataset) continue;
    const displayMode = node.classList.contains("mm");
    const tex = node.textContent ?? "";
    const render = (one: string, place: HTMLElement): void => {
      katex.render(one, place, { displayMode, macros: { ...MACROS }, throwOnError: false });
      soundScripts(place);
    };
    if (displayMode) {
      node.replaceChildren(...parts(tex).map((part) => {
        const place = document.createElement("span");
        place.className = `gap-${part.gap}`;
        render(part.tex, place);
        return place;
      }));
      node.tabIndex = 0; // wide formulas scroll, and must do so by keyboard too
    } else {
      render(together(tex), node);
      holdPunctuation(node);
    }
    node.dataset.done = "";
  }
}
