// A displayed line such as "a = b, \qquad c = d" holds several formulas. Rendered one by one they can be set
// below each other where the line is too narrow for all of them.

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
