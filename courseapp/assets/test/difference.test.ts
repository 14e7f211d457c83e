import assert from "node:assert/strict";
import { test } from "node:test";
import { best, bound, centralDifference, DTYPES, exact, EXAMPLES, type Name, relativeError, UNIT } from "../src/difference-math";

const NAMES = Object.keys(EXAMPLES) as Name[];
const POINTS = [1e-3, 0.1, 0.7, 2, 30, 1000];
const near = (a: number, b: number, part: number) => assert.ok(Math.abs(a - b) <= part * Math.abs(b), `${a} is not ${b}`);

test("the derivatives are the slopes of the functions, and the third ones bend them", () => {
  for (const name of NAMES) {
    for (const x of [0.7, 2, 30]) {
      const { f, slope, third } = EXAMPLES[name];
      const h = 1e-4 * Math.min(x, 1);
      near(slope(x), (f(x + h) - f(x - h)) / (2 * h), 1e-6);
      const bend = (slope(x + 10 * h) - 2 * slope(x) + slope(x - 10 * h)) / (100 * h * h);
      assert.ok(Math.abs(third(x) - bend) <= 1e-4 * Math.abs(third(x)) + 1e-6, `${name} at ${x}`);
    }
  }
});

test("float32 rounds after every operation", () => {
  // 1 + 1e-8 and 1 − 1e-8 are both 1 in float32, so nothing is left of the difference.
  assert.equal(centralDifference("square", 1, 1e-8, "float32"), 0);
  near(centralDifference("square", 1, 1e-8, "float64"), 2, 1e-7);
  // 1 + 2⁻¹³ squared needs 27 bits: float32 drops the last ones, float64 does not.
  const h = 2 ** -13;
  assert.equal(centralDifference("square", 1, h, "float64"), 2);
  const square = (v: number) => Math.fround(v * v);
  assert.equal(centralDifference("square", 1, h, "float32"), Math.fround(square(1 + h) - square(1 - h)) / (2 * h));
});

test("the error never exceeds the two bounds together", () => {
  for (const name of NAMES) {
    for (const x of POINTS) {
      for (const dtype of DTYPES) {
        for (let k = -12; k <= 0; k += 0.25) {
          const h = x * 10 ** k;
          if (name === "ln" && k > -1) continue; // beyond the reach of the Taylor series
          const { truncation, rounding } = bound(name, x, h, dtype);
          // 2u for the subtraction and the division; float32 holds h itself with an error of u; 1 % for higher orders
          const limit = 1.02 * (truncation + rounding) + 4 * UNIT[dtype] * (1 + rounding);
          const error = relativeError(name, x, h, dtype);
          assert.ok(error <= limit, `${name} at ${x}, h = ${h}, ${dtype}: ${error} > ${limit}`);
        }
      }
    }
  }
});

test("truncation falls by a hundred when h falls by ten", () => {
  near(relativeError("sin", 1, 1e-2, "float64") / relativeError("sin", 1, 1e-3, "float64"), 100, 1e-3);
  near(relativeError("sin", 1, 1e-2, "float64"), bound("sin", 1, 1e-2, "float64").truncation, 1e-4);
});

test("no step has a smaller bound than the best one", () => {
  for (const name of ["sin", "ln"] as Name[]) {
    for (const x of POINTS) {
      for (const dtype of DTYPES) {
        const { h, error } = best(name, x, dtype)!;
        const total = (step: number) => bound(name, x, step, dtype).truncation + bound(name, x, step, dtype).rounding;
        near(total(h), error, 1e-9);
        for (const factor of [0.5, 0.9, 1.1, 2]) assert.ok(total(h * factor) > error);
      }
    }
  }
});

test("a parabola has no truncation error, so no step is too large", () => {
  assert.equal(best("square", 1, "float64"), undefined);
  assert.equal(relativeError("square", 3, 64, "float32"), 0);
});

test("the difference is compared with the derivative at the number that float32 holds", () => {
  assert.equal(exact("square", 0.1, "float32"), 2 * Math.fround(0.1));
  assert.equal(exact("square", 0.1, "float64"), 0.2);
});

test("where the function has no value there is no error either", () => {
  assert.ok(Number.isNaN(relativeError("ln", 1, 2, "float64")));
});
