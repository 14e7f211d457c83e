// Optimizers on landscapes of two numbers. The landscapes are those of grader/landscapes.py, where a student's own code
// runs on them; one table of values holds for both.
import type { Pair } from "./chart";

export const STEPS = 100;
export const GOAL = 0.01; // the loss below which a path is home
export const RATES = 55; // from 0.001 to 0.5
const FAR = 1e6; // beyond it a path has left for good

/** The rates of the slider, twenty in each power of ten. */
export const rateAt = (k: number): number => Number((10 ** (k / 20 - 3)).toPrecision(3));

export type Racer = "sgd" | "momentum" | "rmsprop" | "adam";

export interface Landscape {
  words: string;
  formula: string;
  loss: (w: Pair) => number;
  gradient: (w: Pair) => Pair;
  minimum: Pair;
  start: Pair; // where the race begins unless the reader moves it
  best: Record<Racer, number>; // the rates from there
  levels: readonly number[];
}

export type Land = "valley" | "turned" | "bend" | "plateau";

const turn = ([x, y]: Pair): Pair => [(x + y) / Math.SQRT2, (y - x) / Math.SQRT2];
const valley = ([x, y]: Pair): number => (x * x + 50 * y * y) / 2;
const powers = (count: number, factor: number, power: number): number[] => Array.from({ length: count }, (_, k) => factor * (k + 1) ** power);

export const LANDSCAPES: Record<Land, Landscape> = {
  valley: {
    words: "valley",
    formula: "½(x² + 50y²)",
    loss: valley,
    gradient: ([x, y]) => [x, 50 * y],
    minimum: [0, 0],
    start: [-2.6, 0.8],
    best: { sgd: 31, momentum: 24, rmsprop: 43, adam: 35 },
    levels: powers(13, 0.3, 2.25),
  },
  turned: {
    words: "valley, turned",
    formula: "½(u² + 50v²), u, v = (y ± x)/√2",
    loss: (w) => valley(turn(w)),
    gradient: (w) => { const [u, v] = turn(w); return [(u - 50 * v) / Math.SQRT2, (u + 50 * v) / Math.SQRT2]; },
    minimum: [0, 0],
    start: [-2.4, -1.27], // that of the valley, turned with it
    best: { sgd: 31, momentum: 24, rmsprop: 40, adam: 50 },
    levels: powers(14, 0.4, 2.25),
  },
  bend: {
    words: "bend",
    formula: "½(1 − x)² + 10(y − x²/2)²",
    loss: ([x, y]) => { const off = y - (x * x) / 2; return ((1 - x) * (1 - x) + 20 * off * off) / 2; },
    gradient: ([x, y]) => { const off = y - (x * x) / 2; return [x - 1 - 20 * off * x, 20 * off]; },
    minimum: [1, 0.5],
    start: [-2, 1.6],
    best: { sgd: 32, momentum: 28, rmsprop: 47, adam: 53 },
    levels: powers(14, 0.12, 2.6),
  },
  plateau: {
    words: "plateau",
    formula: "q/(1 + q), q = x² + 4y²",
    loss: ([x, y]) => { const q = x * x + 4 * y * y; return q / (1 + q); },
    gradient: ([x, y]) => { const slope = 1 / (1 + x * x + 4 * y * y) ** 2; return [2 * x * slope, 8 * y * slope]; },
    minimum: [0, 0],
    start: [-2.6, 0.8],
    best: { sgd: 48, momentum: 52, rmsprop: 30, adam: 50 },
    levels: [0.1, 0.25, 0.4, 0.55, 0.67, 0.76, 0.83, 0.88, 0.915, 0.94, 0.955],
  },
};

type Step = (g: number) => number; // one element's gradient to its move at η = 1

const MOMENTUM = 0.8;
const [ALPHA, BETA1, BETA2, EPS] = [0.99, 0.9, 0.999, 1e-8]; // the defaults of exercise 40

/** For each optimizer what moves one element, with a state of its own. All four treat the elements alike. */
export const RACERS: Record<Racer, { words: string; mover: () => Step }> = {
  sgd: { words: "SGD", mover: () => (g) => g },
  momentum: {
    words: "Momentum 0.8",
    mover: () => { let v = 0; return (g) => (v = MOMENTUM * v + g); },
  },
  rmsprop: {
    words: "RMSprop",
    mover: () => {
      let v = 0;
      return (g) => { v = ALPHA * v + (1 - ALPHA) * g * g; return g / (Math.sqrt(v) + EPS); };
    },
  },
  adam: {
    words: "Adam",
    mover: () => {
      let [m, v, t] = [0, 0, 0];
      return (g) => {
        t += 1;
        m = BETA1 * m + (1 - BETA1) * g;
        v = BETA2 * v + (1 - BETA2) * g * g;
        return m / (1 - BETA1 ** t) / (Math.sqrt(v / (1 - BETA2 ** t)) + EPS);
      };
    },
  },
};

/** The start and up to a hundred steps; fewer where the path runs away. */
export function pathFrom(start: Pair, racer: Racer, land: Land, lr: number): Pair[] {
  const [across, up] = [RACERS[racer].mover(), RACERS[racer].mover()];
  const { gradient } = LANDSCAPES[land];
  const path: Pair[] = [start];
  for (let t = 1; t <= STEPS; t++) {
    const [x, y] = path[t - 1]!;
    const [gx, gy] = gradient([x, y]);
    const next: Pair = [x - lr * across(gx), y - lr * up(gy)];
    if (!next.every((v) => Math.abs(v) <= FAR)) break;
    path.push(next);
  }
  return path;
}

export const ranAway = (path: readonly Pair[]): boolean => path.length <= STEPS;

/** The step from which on the loss stays below the goal; undefined if it is not below it at the end. */
export function homeAfter(path: readonly Pair[], land: Land): number | undefined {
  if (ranAway(path)) return undefined;
  let home: number | undefined;
  for (let t = STEPS; t >= 0 && LANDSCAPES[land].loss(path[t]!) < GOAL; t--) home = t;
  return home;
}

/** To sort by: earlier home first, then the smaller loss at the end. */
export function standing(path: readonly Pair[], land: Land): number {
  const end = ranAway(path) ? Infinity : LANDSCAPES[land].loss(path.at(-1)!);
  return homeAfter(path, land) ?? STEPS + 1 + end;
}

/** Which of the rates has the best standing. */
export function bestRate(start: Pair, racer: Racer, land: Land): number {
  const results = Array.from({ length: RATES }, (_, k) => standing(pathFrom(start, racer, land, rateAt(k)), land));
  return results.indexOf(Math.min(...results));
}

/** The path in an answer of the server's, or undefined where there is none yet. */
export function readPath(text: string): Pair[] | undefined {
  const path: unknown = JSON.parse(text || "[]");
  const isPair = (w: unknown): w is Pair => Array.isArray(w) && w.length === 2 && w.every(Number.isFinite);
  return Array.isArray(path) && path.length > 0 && path.every(isPair) ? path : undefined;
}

/** The largest distance between two paths at the same step; infinite where one ends before the other. */
export function apart(one: readonly Pair[], two: readonly Pair[]): number {
  if (one.length !== two.length) return Infinity;
  return Math.max(...one.map(([x, y], t) => Math.hypot(x - two[t]![0], y - two[t]![1])));
}
