import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "../src/chart";
import { fixed, size } from "../src/dom";
import { apart, decimals, logRange, logTicks, pile, ratioTicks, ticks } from "../src/plot-scale";

test("ticks are round numbers inside the range", () => {
  assert.deepEqual(ticks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks([-2.1, 3.2], 5), [-2, 0, 2]);
  assert.deepEqual(ticks([0.101, 0.109], 4), [0.102, 0.104, 0.106, 0.108]);
});

test("ratio ticks stay inside the range and within the count", () => {
  assert.deepEqual(ratioTicks([0.9, 2.2], 8), [1, 1.1, 1.25, 1.5, 2]);
  const wide = ratioTicks([0.5, 60], 6);
  assert.ok(wide.length <= 6 && wide.every((v) => v >= 0.5 && v <= 60), String(wide));
});

test("dots in one bin are piled, each at its own level", () => {
  const piled = pile([10, 10.4, 30, 9.8], 8);
  assert.deepEqual(piled.map(({ level }) => level), [0, 1, 2, 0]);
});

test("sizes are written with a true minus and a power of ten", () => {
  assert.deepEqual([999.4, 999.7, 2300, -9999].map(size), ["999", "1000", "2300", "−9999"]);
  assert.equal(size(-0.0421), "−0.0421");
  assert.equal(size(0.00056), "5.6\u00a0×\u00a010⁻⁴");
  assert.equal(size(123456), "1.2\u00a0×\u00a010⁵");
  assert.deepEqual([-0.0004, -0.0006, 0.25].map((v) => fixed(v, 3)), ["0.000", "−0.001", "0.250"]);
  assert.equal(size(Number.NaN), "NaN");
});

test("what rounds to zero has no sign", () => {
  assert.equal(fixed(-4e-9, 4), "0.0000");
  assert.equal(fixed(-0.4, 0), "0");
  assert.equal(fixed(-0.00006, 4), "−0.0001");
});

test("a curve ends where it leaves the plot, and begins anew where it comes back", () => {
  const heights = [0, 10] as const;
  assert.deepEqual(visible([[0, 5], [1, 0], [2, 10]], heights), [[[0, 5], [1, 0], [2, 10]]]);
  assert.deepEqual(visible([[0, 5], [1, 15], [2, 20]], heights), [[[0, 5], [0.5, 10]]]);
  assert.deepEqual(visible([[0, 15], [1, 5], [2, -5]], heights), [[[0.5, 10], [1, 5], [1.5, 0]]]);
  assert.deepEqual(visible([[0, 5], [1, 15], [2, 5]], heights), [[[0, 5], [0.5, 10]], [[1.5, 10], [2, 5]]]);
  assert.deepEqual(visible([[0, -5], [1, 15]], heights), [[[0.25, 0], [0.75, 10]]]);
  assert.deepEqual(visible([[0, 12], [1, 12], [2, 30]], heights), []);
});

test("ticks are written with as many decimals as tell them apart", () => {
  assert.equal(decimals([-1.6, -1.5]), 1);
  assert.equal(decimals([0.102, 0.104]), 3);
  assert.equal(decimals([0, 20]), 0);
  assert.equal(decimals([0.25]), 1);
});

test("logarithmic ticks are round, inside the range and within the count", () => {
  assert.deepEqual(logTicks([0.008, 1.3], 7), [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  assert.deepEqual(logTicks([0.008, 1.3], 5), [0.01, 0.03, 0.1, 0.3, 1]);
  assert.deepEqual(logTicks([1e-6, 2], 5), [1e-6, 1e-4, 0.01, 1]);
  assert.deepEqual(logTicks([0.61, 0.69], 5), [0.65]);
});

test("a logarithmic axis has the same room on both sides, as a factor, also around a single value", () => {
  const [low, high] = logRange([1, 100]);
  assert.ok(low < 1 && high > 100 && Math.abs(low * high - 100) < 1e-9, String([low, high]));
  const [below, above] = logRange([3, 3]);
  assert.ok(below < 3 && above > 3);
});

test("words are moved apart in their order, and stay inside", () => {
  assert.deepEqual(apart([50, 20, 52, 51], 10, [0, 100]), [50, 20, 70, 60]);
  assert.deepEqual(apart([99, 98], 10, [0, 100]), [100, 90]);
  assert.deepEqual(apart([-5, 40], 10, [0, 100]), [0, 40]);
});
