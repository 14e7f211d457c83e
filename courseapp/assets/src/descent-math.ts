// Gradient descent on L(w) = ½ (w − w*)ᵀ A (w − w*), every value from its closed form
//   w_t = w* + Σ_i (1 − ηλ_i)^t q_i q_iᵀ (w_0 − w*).
import type { Bowl } from "./bowl";

export type Point = readonly [number, number];

export const LAMBDA: Point = [1, 6]; // eigenvalues of A: along the valley, across it
export const TILT = 0.5; // radians from the first axis to q_1
export const MINIMUM: Point = [0.9, 0.5]; // w*
export const BOWL: Bowl = { curvatures: LAMBDA, tilt: TILT, minimum: MINIMUM };
export const LIMIT = 2 / LAMBDA[1]; // 2/λ_max: at and beyond it nothing converges
export const FASTEST = 2 / (LAMBDA[0] + LAMBDA[1]);
export const NO_OVERSHOOT = 1 / LAMBDA[1];

const Q: readonly [Point, Point] = [[Math.cos(TILT), Math.sin(TILT)], [-Math.sin(TILT), Math.cos(TILT)]];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
const error = (w: Point): Point => [w[0] - MINIMUM[0], w[1] - MINIMUM[1]];

/** Σ_i c_i (q_iᵀ e) q_i: a function of A applied to e, by A's eigenvectors. */
function spectral(c: Point, e: Point): Point {
  const along = [c[0] * dot(Q[0], e), c[1] * dot(Q[1], e)] as const;
  return [along[0] * Q[0][0] + along[1] * Q[1][0], along[0] * Q[0][1] + along[1] * Q[1][1]];
}

/** What one step multiplies the error by, along the valley and across it: 1 − ηλ_i. */
export const factors = (eta: number): Point => [1 - eta * LAMBDA[0], 1 - eta * LAMBDA[1]];

/** w_t, by the closed form. */
export function iterate(start: Point, eta: number, t: number): Point {
  const [low, high] = factors(eta);
  const e = spectral([low ** t, high ** t], error(start));
  return [MINIMUM[0] + e[0], MINIMUM[1] + e[1]];
}

export const loss = (w: Point): number => dot(error(w), spectral(LAMBDA, error(w))) / 2;

export const gradient = (w: Point): Point => spectral(LAMBDA, error(w));

/** max_i |1 − ηλ_i|: the error that a step keeps, at most. */
export const rate = (eta: number): number => Math.max(...factors(eta).map(Math.abs));

export type Course = "still" | "bounces" | "diverges" | "creeps" | "overshoots a little" | "zigzags";

/** What the path does at this η. */
export function course(eta: number): Course {
  const [low, high] = factors(eta);
  if (eta === 0) return "still";
  if (Math.abs(rate(eta) - 1) < 1e-4) return "bounces";
  if (rate(eta) > 1) return "diverges";
  if (high >= 0) return "creeps";
  return Math.abs(high) <= low ? "overshoots a little" : "zigzags";
}

/** The number of steps after which at most half of the error is left. */
export const halfLife = (eta: number): number => Math.ceil(Math.log(0.5) / Math.log(rate(eta)) - 1e-9);
