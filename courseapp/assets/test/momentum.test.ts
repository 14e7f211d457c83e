import assert from "node:assert/strict";
import { test } from "node:test";
import { error, fastest, limit, rate, region, roots, stepsPerDigit } from "../src/momentum-math";

const near = (a: number, b: number, bound = 1e-9) => assert.ok(Math.abs(a - b) <= bound * (1 + Math.abs(b)), `${a} is not ${b}`);

test("the closed form is what stepping with a velocity gives", () => {
  for (const mu of [0, 0.2, 0.5, 0.9, 1]) {
    for (const x of [0, 0.01, (1 - Math.sqrt(mu)) ** 2, 0.7, 1, 2.5, (1 + Math.sqrt(mu)) ** 2]) {
      let [e, v] = [1, 0];
      for (let t = 0; t <= 40; t++) {
        near(error(x, mu, t), e, 1e-6);
        v = mu * v + x * e;
        e -= v;
      }
    }
  }
});

test("the valley of the lesson, by hand", () => {
  const path = [0, 1, 2, 3].map((t) => [2 * error(0.25, 0.5, t), error(1.5, 0.5, t)]);
  [[2, 1], [1.5, -0.5], [0.875, -0.5], [0.34375, 0.25]].forEach((point, t) => {
    near(path[t]![0]!, point[0]!);
    near(path[t]![1]!, point[1]!);
  });
});

test("the larger root is the rate at which an error shrinks", () => {
  for (const [x, mu] of [[0.05, 0.1], [0.3, 0], [2.9, 0.3], [3.7, 0.6]] as const) {
    assert.ok(!roots(x, mu).complex);
    near(Math.abs(error(x, mu, 61) / error(x, mu, 60)), roots(x, mu).size, 1e-3);
  }
  assert.deepEqual(roots(1, 0.81), { complex: true, size: 0.9 });
});

test("it is stable below 2(1 + μ)/λmax, and only there", () => {
  for (const mu of [0, 0.3, 0.9]) {
    assert.ok(rate(limit(mu, 25) - 1e-6, mu, [1, 25]) < 1);
    assert.ok(rate(limit(mu, 25) + 1e-6, mu, [1, 25]) > 1);
  }
});

test("no pair beats the fastest one", () => {
  for (const largest of [6, 25, 100]) {
    const best = fastest(1, largest);
    near(rate(best.eta, best.mu, [1, largest]), best.rate, 1e-6);
    for (let i = 0; i <= 60; i++) {
      for (let j = 0; j < 60; j++) assert.ok(rate((i / 15) / largest, j / 60, [1, largest]) >= best.rate - 1e-9);
    }
  }
  near(fastest(1, 100).rate, 9 / 11);
  near(stepsPerDigit(9 / 11), 11.47, 1e-3);
});

test("a region holds the pairs whose rate is at most r, and no others", () => {
  const inside = ([x, y]: [number, number], corners: readonly (readonly [number, number])[]) =>
    corners.every(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length]!;
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
    });
  for (const largest of [6, 25, 100]) {
    for (const r of [0.7, 0.85, 0.95, 1]) {
      const corners = region(r, 1, largest);
      for (let i = 0; i < 80; i++) {
        for (let j = 0; j < 80; j++) {
          const [eta, mu] = [((i + 0.37) / 20) / largest, (j + 0.41) / 80];
          const fits = rate(eta, mu, [1, largest]) <= r;
          assert.equal(corners.length > 0 && inside([eta, mu], corners), fits, `κ = ${largest}, r = ${r}, η = ${eta}, μ = ${mu}`);
        }
      }
    }
  }
  assert.deepEqual(region(0.5, 1, 100), []);
});
