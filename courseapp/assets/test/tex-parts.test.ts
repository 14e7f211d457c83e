import assert from "node:assert/strict";
import { test } from "node:test";
import { parts, together } from "../src/tex-parts";

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

test("short parentheses stay together, at every level", () => {
  assert.equal(together("-\\log(1 + e^{-x})"), "-\\log({1 + e^{-x}})");
  assert.equal(together("x\\,(1 - f(x))"), "x\\,({1 - f({x})})");
  assert.equal(together("(a)(b)"), "({a})({b})");
  assert.equal(together("f\\,\\bigl(1 + x\\bigr)"), "f\\,\\bigl({1 + x}\\bigr)");
  assert.equal(together("(a\\bigl[b\\bigr] c)"), "({a\\bigl[b\\bigr] c})");
});

test("long parentheses may be broken, and what is never broken is left alone", () => {
  for (const tex of [
    "(a + b + c + d + e + f + g + h + i)",
    "\\frac{(1 + x)}{2}",
    "2 + \\left(y + 1\\right)",
    "f()",
    "[0, 1)",
    "(0, 1]",
  ])
    assert.equal(together(tex), tex);
});
