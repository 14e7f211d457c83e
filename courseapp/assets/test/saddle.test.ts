import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pair } from "../src/chart";
import { curvatures, leaves, LEFT_AT, level, loss, type Method, METHODS, slopes, stepsToGrow, threshold, turned, walk } from "../src/saddle-math";

const near = (a: number, b: number, part: number, still = 1e-13) => assert.ok(Math.abs(a - b) <= part * Math.abs(b) + still, `${a} is not ${b}`);
const NAMES = Object.keys(METHODS) as Method[];
const LR = { sgd: 0.5, momentum: 0.5, rmsprop: 0.01, adam: 0.01 };
const quiet = (start: Pair) => ({ start, lr: LR, noise: 0, seed: 0 });

// torch.optim in float64: the step at which the loss falls below −λ/10, and (x, y) after 2 and after 60 steps.
const TORCH: [Method, number, number, Pair, number | undefined, Pair, Pair][] = [
  ["sgd", 0, 0.01, [1, 0.001], 1262, [0.25, 0.0010100249899], [8.67361737988e-19, 0.00134884960405]],
  ["sgd", 0.7853981633974483, 0.01, [1, 0.001], 1262, [0.25, 0.0010100249899], [8.67361737988e-19, 0.00134884960405]],
  ["sgd", 0.4, 0.1, [-0.6, 0.05], 49, [-0.15, 0.0551112049274], [0, 0.691426839599]],
  ["momentum", 0, 0.01, [1, 0.001], 175, [-0.2, 0.0010145249854], [0.0317545564952, 0.00743685796614]],
  ["momentum", 0.7853981633974483, 0.01, [1, 0.001], 175, [-0.2, 0.0010145249854], [0.0317545564952, 0.00743685796615]],
  ["momentum", 0.4, 0.1, [-0.6, 0.05], 18, [0.12, 0.0573555799274], [-0.0190527338971, 1.01458423295]],
  ["rmsprop", 0, 0.01, [1, 0.001], 68, [0.832917975265, 0.199994752886], [0.0759651137217, 0.99995775422]],
  ["rmsprop", 0.7853981633974483, 0.01, [1, 0.001], 812, [0.766187785851, 0.00100008723049], [0.0111033871597, 0.00102963603475]],
  ["rmsprop", 0.4, 0.1, [-0.6, 0.05], 37, [-0.387745478548, 0.137169027556], [0.0100538662986, 0.668381522456]],
  ["adam", 0, 0.01, [1, 0.001], 160, [0.980002746096, 0.019006718808], [0.460465760473, 0.721661366758]],
  ["adam", 0.7853981633974483, 0.01, [1, 0.001], undefined, [0.971721337893, 0.0010000000601], [0.283940891336, 0.00100198154289]],
  ["adam", 0.4, 0.1, [-0.6, 0.05], 122, [-0.5737985836, 0.0606302482104], [-0.0279212721511, 0.310481851573]],
];

test("each method walks as PyTorch's does", () => {
  for (const [method, angle, flat, start, left, two, sixty] of TORCH) {
    const points = walk(method, { flat, angle }, quiet(start), 1500);
    [0, 1].forEach((i) => near(points[2]![i]!, two[i]!, 1e-9));
    [0, 1].forEach((i) => near(points[60]![i]!, sixty[i]!, 1e-7));
    assert.equal(leaves(points, flat), left, `${method} turned by ${angle}`);
  }
});

test("gradient and curvatures are those of the loss", () => {
  const h = 1e-4;
  for (const point of [[0.3, -0.2], [-1, 1.1], [0, 0]] as const) {
    const [x, y] = point;
    const along = (i: 0 | 1, by: number) => loss(i ? [x, y + by] : [x + by, y], 0.3);
    for (const i of [0, 1] as const) {
      near((along(i, h) - along(i, -h)) / (2 * h), slopes(point, 0.3)[i], 1e-6, 1e-8);
      near((along(i, h) - 2 * along(i, 0) + along(i, -h)) / h ** 2, curvatures(point, 0.3)[i], 1e-5, 1e-6);
    }
  }
  assert.deepEqual(curvatures([0, 0], 0.01), [1, -0.01]);
  near(loss([0, LEFT_AT], 0.01), threshold(0.01), 1e-12);
});

test("from the ridge and from the saddle nobody leaves, and with noise everybody", () => {
  for (const method of NAMES) {
    for (const start of [[1, 0], [0, 0]] as const) {
      assert.equal(leaves(walk(method, { flat: 0.1, angle: 0 }, quiet(start), 1500), 0.1), undefined, method);
      assert.ok(leaves(walk(method, { flat: 0.1, angle: 0 }, { ...quiet(start), noise: 0.001 }, 1500), 0.1)! > 0, method);
    }
  }
});

test("RMSprop leaves the ridge as fast, however small the noise", () => {
  for (const noise of [1e-5, 1e-3]) {
    for (const seed of [0, 1, 2, 3]) {
      const step = leaves(walk("rmsprop", { flat: 0.01, angle: 0 }, { ...quiet([1, 0]), noise, seed }, 1500), 0.01)!;
      assert.ok(step > 55 && step < 80, String(step));
    }
  }
});

test("a turn changes nothing for methods that know no axes", () => {
  for (const method of ["sgd", "momentum"] as const) {
    const [straight, oblique] = [0, 0.7].map((angle) => walk(method, { flat: 0.1, angle }, quiet([1, 0.01]), 80));
    straight!.forEach((point, t) => [0, 1].forEach((i) => near(oblique![t]![i]!, point[i]!, 1e-9)));
  }
});

test("the steps of (7.10), and a turn and its way back", () => {
  near(stepsToGrow(0.001, 0.5, 0.5, 0.01), 1246, 1e-3);
  assert.equal(stepsToGrow(0, 0.5, 0.5, 0.01), Infinity);
  const back = turned(turned([0.3, -0.7], 1.1), -1.1);
  near(back[0], 0.3, 1e-12);
  near(back[1], -0.7, 1e-12);
});

test("a level curve lies on its level and ends where it began", () => {
  for (const flat of [0.01, 0.5]) {
    for (const at of [-flat / 5, -flat / 50, 0, flat / 10, 0.3]) {
      const curves = level(at, flat);
      assert.equal(curves.length, at > 0 ? 1 : 2);
      for (const curve of curves) for (const point of curve) near(loss(point, flat), at, 1e-9);
    }
    assert.deepEqual(level(-flat, flat), []); // lower than the minimum
  }
});
