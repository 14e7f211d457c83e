// Renders the TeX in .m (inline) and .mm (display) with KaTeX, through the DOM: no style attribute is ever
// parsed, so the strict policy holds. Without KaTeX the TeX source stays on the page.
const MACROS = { "\\argmin": "\\operatorname*{arg\\,min}" };

/** Renders what is not rendered yet under root. */
export async function renderMath(root: ParentNode): Promise<void> {
  const nodes = [...root.querySelectorAll<HTMLElement>(".m:not([data-done]), .mm:not([data-done])")];
  if (nodes.length === 0) return;
  const { default: katex } = await import("katex");
  for (const node of nodes) {
    if ("done" in node.dataset) continue;
    const displayMode = node.classList.contains("mm");
    katex.render(node.textContent ?? "", node, { displayMode, macros: { ...MACROS }, throwOnError: false });
    if (displayMode) node.tabIndex = 0; // wide formulas scroll, and must do so by keyboard too
    node.dataset.done = "";
  }
}
