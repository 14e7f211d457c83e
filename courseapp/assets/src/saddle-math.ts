// Optimizers on the valley L = ½x² + λ(¼y⁴ − ½y²), with a saddle at the origin and minima at y = ±1. The weights w are (x, y)
// turned by an angle, so the flat direction need not lie along one of them.
import type { Pair } from "./chart";
import { normals } from "./random";

export const METHODS = { sgd: "SGD", momentum: "momentum", rmsprop: "RMSprop", adam: "Adam" } as const;
export type Method = keyof typeof METHODS;

export interface Valley {
  flat: number; // λ: the curvature along the flat direction is −λ at the saddle
  angle: number; // radians
}

export interface Walk {
  start: Pair; // (x, y)
  lr: Record<Method, number>;
  noise: number; // standard deviation of what is added to each entry of the gradient
  seed: number;
}

const MOMENTUM = 0.9;
const ALPHA = 0.99; // the defaults of PyTorch
const BETAS: Pair = [0.9, 0.999];
const EPS = 1e-8;

export const loss = ([x, y]: Pair, flat: number): number => (x * x) / 2 + flat * (y ** 4 / 4 - (y * y) / 2);
export const slopes = ([x, y]: Pair, flat: number): Pair => [x, flat * (y ** 3 - y)];
/** The curvatures along x and along y: the eigenvalues of the Hessian, whose eigenvectors are the same everywhere. */
export const curvatures = ([, y]: Pair, flat: number): Pair => [1, flat * (3 * y * y - 1)];

/** From (x, y) to the weights. */
export const turned = ([x, y]: Pair, angle: number): Pair => [
  Math.cos(angle) * x - Math.sin(angle) * y,
  Math.sin(angle) * x + Math.cos(angle) * y,
];

/** A method has left the saddle once the loss is below this. */
export const threshold = (flat: number): number => -flat / 10;
/** The distance from the ridge at which it is. */
export const LEFT_AT = Math.sqrt(1 - Math.sqrt(0.6));

/** The steps that gradient descent needs by its linear growth: log(y/y₀)/log(1 + ηλ). */
export const stepsToGrow = (from: number, to: number, lr: number, flat: number): number =>
  from === 0 ? Infinity : Math.max(0, Math.log(to / Math.abs(from)) / Math.log(1 + lr * flat));

type Rule = (gradient: number, step: number) => number;

/** The update of one weight. Each weight keeps its own averages. */
function rule(method: Method, lr: number): Rule {
  let [m, v] = [0, 0];
  switch (method) {
    case "sgd": return (g) => lr * g;
    case "momentum": return (g) => lr * (m = MOMENTUM * m + g);
    case "rmsprop": return (g) => {
      v = ALPHA * v + (1 - ALPHA) * g * g;
      return (lr * g) / (Math.sqrt(v) + EPS);
    };
    case "adam": return (g, step) => {
      m = BETAS[0] * m + (1 - BETAS[0]) * g;
      v = BETAS[1] * v + (1 - BETAS[1]) * g * g;
      return (lr * (m / (1 - BETAS[0] ** step))) / (Math.sqrt(v / (1 - BETAS[1] ** step)) + EPS);
    };
  }
}

/** (x, y) before and after each of the steps. The noise is the same for every method. */
export function walk(method: Method, { flat, angle }: Valley, { start, lr, noise, seed }: Walk, steps: number): Pair[] {
  const rules = [rule(method, lr[method]), rule(method, lr[method])] as const;
  const normal = normals(seed);
  const points: Pair[] = [start];
  let w = turned(start, angle);
  for (let t = 1; t <= steps; t++) {
    const g = turned(slopes(points[t - 1]!, flat), angle);
    const jolt = noise > 0 ? [noise * normal(), noise * normal()] : [0, 0];
    w = [w[0] - rules[0](g[0] + jolt[0]!, t), w[1] - rules[1](g[1] + jolt[1]!, t)];
    points.push(turned(w, -angle));
  }
  return points;
}

/** The first step at which the loss is below the threshold, or undefined. */
export function leaves(points: readonly Pair[], flat: number): number | undefined {
  const step = points.findIndex((point) => loss(point, flat) < threshold(flat));
  return step < 0 ? undefined : step;
}

const SAMPLES = 60; // on half of a level curve

/**
 * The closed curves on which the loss is the same: x = ±√(2(L − λ(¼y⁴ − ½y²))), where that is real. Below 0 there is one around
 * each minimum, at 0 a figure eight through the saddle, above 0 one around both.
 */
export function level(at: number, flat: number): Pair[][] {
  const root = Math.sqrt(1 + (4 * at) / flat);
  if (Number.isNaN(root)) return [];
  const high = Math.sqrt(1 + root);
  const sides = at > 0 ? [[-high, high]] : [[Math.sqrt(Math.max(0, 1 - root)), high], [-high, -Math.sqrt(Math.max(0, 1 - root))]];
  return sides.map(([from, to]) => {
    const half = Array.from({ length: SAMPLES + 1 }, (_, i): Pair => {
      const y = (from! + to!) / 2 - (Math.cos((Math.PI * i) / SAMPLES) * (to! - from!)) / 2; // dense at the ends, where x is steep
      return [Math.sqrt(Math.max(0, 2 * (at - flat * (y ** 4 / 4 - (y * y) / 2)))), y];
    });
    return [...half, ...half.map(([x, y]): Pair => [-x, y]).reverse()];
  });
}
