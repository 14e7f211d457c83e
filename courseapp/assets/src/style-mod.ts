// Stands in for style-mod, CodeMirror's way of adding styles: rules go into an adopted stylesheet, which the
// strict policy allows, where the original adds a <style> element, which would need a nonce.
import { StyleModule as Original } from "../../../node_modules/style-mod/src/style-mod.js";

const mounted = new Map<Document | ShadowRoot, { sheet: CSSStyleSheet; modules: Original[] }>();

export class StyleModule extends Original {
  static override mount(root: Document | ShadowRoot, modules: Original | readonly Original[]): void {
    const list = Array.isArray(modules) ? modules : [modules];
    let entry = mounted.get(root);
    if (!entry) {
      entry = { sheet: new CSSStyleSheet(), modules: [] };
      mounted.set(root, entry);
      root.adoptedStyleSheets.push(entry.sheet);
    }
    entry.modules = [...entry.modules.filter((module) => !list.includes(module)), ...list];
    entry.sheet.replaceSync(entry.modules.map((module) => module.getRules()).join("\n"));
  }
}
