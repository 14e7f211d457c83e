import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pair } from "../src/chart";
import { levelCurves } from "../src/contours";
import { apart, bestRate, GOAL, homeAfter, type Land, LANDSCAPES, pathFrom, rateAt, type Racer, RACERS, ranAway, RATES, readPath, standing, STEPS } from "../src/race-math";
import table from "./race-values.json";

const near = (a: number, b: number, bound = 1e-9) => assert.ok(Math.abs(a - b) <= bound * (1 + Math.abs(b)), `${a} is not ${b}`);
const LANDS = Object.keys(LANDSCAPES) as Land[];
const START: Pair = [-2.6, 0.8];

test("losses and gradients are those on which a student's code runs", () => {
  assert.deepEqual(Object.keys(table.landscapes).sort(), [...LANDS].sort());
  for (const land of LANDS) {
    for (const [x, y, loss, gx, gy] of table.landscapes[land] as [number, number, number, number, number][]) {
      near(LANDSCAPES[land].loss([x, y]), loss);
      LANDSCAPES[land].gradient([x, y]).forEach((v, i) => near(v, [gx, gy][i]!));
    }
  }
});

test("each classic takes the path of its namesake in torch", () => {
  assert.equal(table.paths.length, LANDS.length * Object.keys(RACERS).length);
  for (const { racer, landscape, start, lr, steps } of table.paths) {
    const path = pathFrom(start as unknown as Pair, racer as Racer, landscape as Land, lr);
    for (const [t, point] of Object.entries(steps)) path[Number(t)]!.forEach((v, i) => near(v, point[i]!, 1e-8));
  }
});

test("at its minimum a landscape has the loss 0 and no slope", () => {
  for (const land of LANDS) {
    const { minimum, loss, gradient } = LANDSCAPES[land];
    assert.equal(loss(minimum), 0);
    gradient(minimum).forEach((v) => near(v, 0));
  }
});

test("a path that runs away ends, and is never home", () => {
  const path = pathFrom(START, "sgd", "valley", 1);
  assert.ok(ranAway(path) && path.length > 1);
  assert.equal(homeAfter(path, "valley"), undefined);
  assert.equal(standing(path, "valley"), Infinity);
});

test("home is where the loss stays below the goal", () => {
  const path = pathFrom(LANDSCAPES.bend.start, "momentum", "bend", 0.02);
  const home = homeAfter(path, "bend")!;
  const losses = path.map(LANDSCAPES.bend.loss);
  assert.ok(home > 0 && losses[home - 1]! >= GOAL);
  assert.ok(losses.slice(home).every((v) => v < GOAL));
  assert.equal(homeAfter(pathFrom(START, "sgd", "plateau", 0.1), "plateau"), undefined);
});

test("a race begins with the best rates from its start", () => {
  for (const land of LANDS) {
    for (const racer of Object.keys(RACERS) as Racer[]) {
      assert.equal(LANDSCAPES[land].best[racer], bestRate(LANDSCAPES[land].start, racer, land), `${land}, ${racer}`);
    }
  }
});

test("no rate of the list stands better than the best one", () => {
  const rates = Array.from({ length: RATES }, (_, k) => rateAt(k));
  for (const land of LANDS) {
    for (const racer of Object.keys(RACERS) as Racer[]) {
      for (const start of [LANDSCAPES[land].start, [1.7, -0.9]] as Pair[]) {
        const best = standing(pathFrom(start, racer, land, rateAt(bestRate(start, racer, land))), land);
        for (const lr of rates) assert.ok(!(standing(pathFrom(start, racer, land, lr), land) < best));
      }
    }
  }
});

test("a turned valley changes nothing for SGD from a turned start, and much for RMSprop", () => {
  const from: Pair = [(START[0] - START[1]) / Math.SQRT2, (START[0] + START[1]) / Math.SQRT2];
  const loss = (racer: Racer, start: Pair, land: Land, lr: number) => LANDSCAPES[land].loss(pathFrom(start, racer, land, lr)[STEPS]!);
  near(loss("sgd", from, "turned", 0.02), loss("sgd", START, "valley", 0.02));
  assert.ok(homeAfter(pathFrom(START, "rmsprop", "valley", 0.158), "valley")! < 10);
  assert.ok(homeAfter(pathFrom(from, "rmsprop", "turned", 0.158), "turned")! > 80);
});

test("points of a level curve have that level", () => {
  const grid = { x: [-3.6, 3.6], y: [-2.4, 2.4], columns: 110, rows: 132 } as const;
  for (const land of LANDS) {
    const { levels, loss } = LANDSCAPES[land];
    levelCurves(loss, levels, grid).forEach((pieces, i) => {
      assert.ok(pieces.length > 10, `${land}, ${levels[i]}`);
      for (const point of pieces.flat()) near(loss(point), levels[i]!, 0.03);
    });
  }
});

test("a path is read only if all of it are pairs of numbers", () => {
  assert.deepEqual(readPath("[[1, 2], [3.5, -4]]"), [[1, 2], [3.5, -4]]);
  for (const text of ["", "[]", "{}", "[[1]]", "[[1, null]]", "[[1, 2], 3]", '[["1", "2"]]']) assert.equal(readPath(text), undefined);
});

test("paths are as far apart as they are at one step", () => {
  assert.equal(apart([[0, 0], [1, 1]], [[0, 0], [4, 5]]), 5);
  assert.equal(apart([[0, 0]], [[0, 0], [0, 0]]), Infinity);
});
