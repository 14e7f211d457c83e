import assert from "node:assert/strict";
import { test } from "node:test";
import {
  course, factors, FASTEST, gradient, halfLife, iterate, LAMBDA, LIMIT, loss, MINIMUM, NO_OVERSHOOT, type Point, rate,
} from "../src/descent-math";

const START: Point = [-2.2, 0.15];
const near = (a: number, b: number, bound = 1e-12) => assert.ok(Math.abs(a - b) <= bound, `${a} is not ${b}`);
const distance = (w: Point) => Math.hypot(w[0] - MINIMUM[0], w[1] - MINIMUM[1]);

test("the closed form is what stepping against the gradient gives", () => {
  for (const eta of [0, 0.05, 0.2, 0.3, 0.35]) {
    let w: Point = START;
    for (let t = 0; t <= 20; t++) {
      const closed = iterate(START, eta, t);
      near(closed[0], w[0], 1e-9 * (1 + Math.abs(w[0])));
      near(closed[1], w[1], 1e-9 * (1 + Math.abs(w[1])));
      const g = gradient(w);
      w = [w[0] - eta * g[0], w[1] - eta * g[1]];
    }
  }
});

test("the gradient is the slope of the loss", () => {
  const h = 1e-5;
  for (const w of [START, [1, 2], [-0.5, -1.7]] as Point[]) {
    const slope: Point = [
      (loss([w[0] + h, w[1]]) - loss([w[0] - h, w[1]])) / (2 * h),
      (loss([w[0], w[1] + h]) - loss([w[0], w[1] - h])) / (2 * h),
    ];
    near(gradient(w)[0], slope[0], 1e-8);
    near(gradient(w)[1], slope[1], 1e-8);
  }
});

test("the minimum has no loss and no slope, and its curvatures are the eigenvalues", () => {
  near(loss(MINIMUM), 0);
  near(gradient(MINIMUM)[0], 0);
  near(gradient(MINIMUM)[1], 0);
  const h = 1e-4;
  const bend = (dx: number, dy: number) => (loss([MINIMUM[0] + h * dx, MINIMUM[1] + h * dy]) * 2) / h ** 2;
  near(bend(1, 0) + bend(0, 1), LAMBDA[0] + LAMBDA[1], 1e-6); // the trace
});

test("below 2/λmax every start converges, above it none does, at it the path bounces", () => {
  for (const start of [START, [2, 2], [-1, -2]] as Point[]) {
    assert.ok(distance(iterate(start, LIMIT - 1e-3, 4000)) < 1e-2);
    assert.ok(distance(iterate(start, LIMIT + 1e-3, 4000)) > 10);
  }
  near(rate(LIMIT), 1);
  near(distance(iterate(START, LIMIT, 400)), distance(iterate(START, LIMIT, 402)), 1e-9);
});

test("the fastest rate is 2/(λmin + λmax), where both directions shrink alike", () => {
  const [low, high] = factors(FASTEST);
  near(low, -high);
  for (const eta of [0.9, 0.99, 1.01, 1.1]) assert.ok(rate(FASTEST * eta) > rate(FASTEST));
});

test("the course of the path has a name for every rate", () => {
  assert.equal(course(0), "still");
  assert.equal(course(NO_OVERSHOOT), "creeps");
  assert.equal(course(0.2), "overshoots a little");
  assert.equal(course(0.3), "zigzags");
  assert.equal(course(LIMIT), "bounces");
  assert.equal(course(0.4), "diverges");
});

test("the half-life is the first step at which at most half of the error can be left", () => {
  for (const eta of [0.05, 0.1, 0.2, 0.3]) {
    const n = halfLife(eta);
    assert.ok(rate(eta) ** n <= 0.5 + 1e-9);
    assert.ok(rate(eta) ** (n - 1) > 0.5);
  }
});
