// A displayed line such as "a = b, \qquad c = d" holds several formulas. Rendered one by one they can be set
// below each other where the line is too narrow for all of them. A formula inside a sentence may be broken after a
// sign, but not inside of short parentheses.

/** One formula of a line, and the space that follows it, in em. */
export interface Part {
  readonly tex: string;
  readonly gap: number;
}

const GAPS: Readonly<Record<string, number>> = { "\\quad": 1, "\\qquad": 2 };
const OPENING = new Set(["{", "\\left", "\\begin"]);
const CLOSING = new Set(["}", "\\right", "\\end"]);

/** The formulas between the spaces that stand outside of all braces, delimiters and environments. */
export function parts(tex: string): Part[] {
  const found: Part[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of tex.matchAll(/\\[a-zA-Z]+|\\.|[{}]/gs)) {
    if (OPENING.has(token)) depth += 1;
    if (CLOSING.has(token)) depth -= 1;
    const gap = depth === 0 ? GAPS[token] : undefined;
    if (gap === undefined) continue;
    found.push({ tex: tex.slice(start, index).trim(), gap });
    start = index + token.length;
  }
  found.push({ tex: tex.slice(start).trim(), gap: 0 });
  return found.every((part) => part.tex !== "") ? found : [{ tex, gap: 0 }];
}

const SHORT = 30; // characters of TeX between parentheses that stay on one line
const SIZED = /^\\[bB]ig+r?$/; // the parenthesis that follows is its argument

/** The formula with braces inside of its short parentheses, for KaTeX breaks no line inside of braces. */
export function together(tex: string): string {
  const added = new Map<number, string>();
  const open: number[] = [];
  let depth = 0;
  let sized: { readonly at: number; readonly end: number } | undefined;
  for (const { 0: token, index } of tex.matchAll(/\\[a-zA-Z]+|\\.|[{}()]/gs)) {
    if (OPENING.has(token)) depth += 1;
    if (CLOSING.has(token)) depth -= 1;
    if (depth === 0 && token === "(") open.push(index + 1);
    if (depth === 0 && token === ")") {
      const from = open.pop();
      const to = sized?.end === index ? sized.at : index;
      if (from !== undefined && from < to && to - from <= SHORT) {
        added.set(from, `${added.get(from) ?? ""}{`);
        added.set(to, `}${added.get(to) ?? ""}`);
      }
    }
    sized = SIZED.test(token) ? { at: index, end: index + token.length } : undefined;
  }
  return Array.from({ length: tex.length }, (_, i) => (added.get(i) ?? "") + tex[i]).join("");
}
