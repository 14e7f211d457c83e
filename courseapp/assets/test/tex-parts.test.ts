import assert from "node:assert/strict";
import { test } from "node:test";
import { parts } from "../src/tex-parts";

test("a line is parted at its wide spaces, each with its width", () => {
  assert.deepEqual(parts("a = b, \\qquad c = d \\quad \\Rightarrow \\quad e"), [
    { tex: "a = b,", gap: 2 },
    { tex: "c = d", gap: 1 },
    { tex: "\\Rightarrow", gap: 1 },
    { tex: "e", gap: 0 },
  ]);
});

test("spaces inside braces, delimiters and environments part nothing", () => {
  for (const tex of [
    "\\begin{aligned} a &= b, \\qquad c \\\\ d &= e \\end{aligned}",
    "\\left( a \\quad b \\right)",
    "\\underbrace{a \\qquad b}_{\\text{c}}",
    "\\{ a \\}",
  ])
    assert.deepEqual(parts(tex), [{ tex, gap: 0 }]);
});

test("escaped braces are no braces, and \\quadro is no space", () => {
  assert.deepEqual(parts("\\{ a \\quad b \\}").map(({ tex }) => tex), ["\\{ a", "b \\}"]);
  assert.equal(parts("a \\quadro b").length, 1);
});

test("a space at an end leaves the line whole", () => {
  assert.deepEqual(parts("a \\qquad"), [{ tex: "a \\qquad", gap: 0 }]);
});
