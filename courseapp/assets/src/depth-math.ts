// A deep network at its start: h_k = W_k f(h_{k−1}), with h_{k−1} added in front by a residual connection, and f(LN h_{k−1})
// under layer normalisation, which then stands at the end as well. The entries of W_k have mean 0 and variance g²/width.
// Here is what to expect of wide layers, by a recursion, and what one draw of the weights gives, by backpropagation.
import { ACTIVATIONS } from "./activation-math";
import { normals, seedOf } from "./random";

export const ROWS = 4;
export const WIDTH = 64;

interface Bend {
  words: string;
  f: (x: number) => number;
  slope: (x: number) => number;
}

export const BENDS = {
  none: { words: "none", f: (x: number) => x, slope: () => 1 },
  relu: ACTIVATIONS.relu,
  silu: ACTIVATIONS.silu,
  tanh: { words: "tanh", f: Math.tanh, slope: (x: number) => 1 - Math.tanh(x) ** 2 },
  sigmoid: ACTIVATIONS.sigmoid,
} satisfies Record<string, Bend>;

export type Act = keyof typeof BENDS;

export interface Net {
  act: Act;
  residual: boolean;
  norm: boolean;
  gain: number; // g
  depth: number; // the number n of matrices
}

export interface Sizes {
  h: number[]; // root mean square of the entries of h_0 … h_n
  dh: number[]; // of ∂L/∂h_0 … ∂L/∂h_n
  dw: number[]; // norms of ∂L/∂W_1 … ∂L/∂W_n
}

export interface Expected extends Sizes {
  moments: Moments[]; // at the input of f in layer 1 … n
  factor: number[]; // what layer 1 … n multiplies the mean square of dh by
}

export interface Moments {
  value: number; // E f(u)²
  slope: number; // E f′(u)²
}

const REACH = 9; // standard deviations; beyond, the density is below 1e-18
const STEP = 0.15;

/** E f(u)² and E f′(u)² for a normal u with mean 0 and mean square q: in closed form, else by the trapezoidal rule. */
export function moments(act: Act, q: number): Moments {
  if (act === "none") return { value: q, slope: 1 };
  if (act === "relu") return { value: q / 2, slope: 0.5 };
  const { f, slope } = BENDS[act];
  const root = Math.sqrt(q);
  const fine = Math.min(1, 1 / root); // u = √q z with z = fine · sinh t, so that both the bend of f and the density are smooth in t
  const last = Math.asinh(REACH / fine);
  const count = Math.ceil(last / STEP);
  const sum = { value: 0, slope: 0 };
  for (let i = -count; i <= count; i++) {
    const t = (i * last) / count;
    const z = fine * Math.sinh(t);
    const weight = Math.exp((-z * z) / 2) * fine * Math.cosh(t);
    sum.value += weight * f(root * z) ** 2;
    sum.slope += weight * slope(root * z) ** 2;
  }
  const width = last / count / Math.sqrt(2 * Math.PI);
  return { value: sum.value * width, slope: sum.slope * width };
}

/**
 * What to expect of wide layers if the entries of h_0 and of the upstream gradient are standard normal. With q_k for the mean
 * square of h_k, p_k for that of dh_k, and s² = q_{k−1} under normalisation, else 1:
 * q_k = [q_{k−1} +] g² E f², p_{k−1} = p_k ([1 +] g² E f′²/s²), E‖dW_k‖² = rows · width² · p_k · E f².
 */
export function expected({ act, residual, norm, gain, depth }: Net): Expected {
  const [around, square] = [residual ? 1 : 0, gain * gain];
  const q = [1];
  const inside: Moments[] = [];
  const factor: number[] = [];
  for (let k = 1; k <= depth; k++) {
    const below = q[k - 1]!;
    const here = moments(act, norm ? 1 : below);
    inside.push(here);
    factor.push(around + (square * here.slope) / (norm ? below : 1));
    q.push(around * below + square * here.value);
  }
  const p = Array<number>(depth + 1).fill(norm ? 1 / q[depth]! : 1);
  for (let k = depth; k >= 1; k--) p[k - 1] = p[k]! * factor[k - 1]!;
  const dw = inside.map(({ value }, i) => Math.sqrt(ROWS * p[i + 1]! * value) * WIDTH);
  return { h: q.map(Math.sqrt), dh: p.map(Math.sqrt), dw, moments: inside, factor };
}

export interface Draw {
  rows: number;
  width: number;
  h: Float64Array; // (rows, width)
  dy: Float64Array; // (rows, width)
  weights: Float64Array[]; // (width, width) each, standard normal: the scale of the start comes later
}

let last: { seed: number; draw: Draw } | undefined;

/** The draw that belongs to a seed; deeper networks continue shallower ones. */
export function drawn(seed: number, depth: number): Draw {
  const numbers = (part: number, count: number) => Float64Array.from({ length: count }, normals(seedOf(seed, part)));
  if (last?.seed !== seed) {
    const [h, dy] = [numbers(1, ROWS * WIDTH), numbers(2, ROWS * WIDTH)];
    last = { seed, draw: { rows: ROWS, width: WIDTH, h, dy, weights: [] } };
  }
  const { draw } = last;
  while (draw.weights.length < depth) draw.weights.push(numbers(3 + draw.weights.length, WIDTH * WIDTH));
  return draw;
}

/** The sizes in one draw, by a forward and a backward pass. */
export function measured({ act, residual, norm, gain, depth }: Net, draw: Draw): Sizes {
  const { rows, width } = draw;
  const { f, slope } = BENDS[act];
  const scale = gain / Math.sqrt(width);
  const as = (h: Float64Array): Normed => (norm ? normalised(h, rows, width) : { x: h, s: [] });
  const back = (dx: Float64Array, at: Normed) => (norm ? normalisedBackward(dx, at, width) : dx);
  const h = [draw.h];
  const at: Normed[] = [];
  const inputs: Float64Array[] = []; // of the matrices
  for (let k = 0; k < depth; k++) {
    at.push(as(h[k]!));
    inputs.push(each(at[k]!.x, f));
    const y = times(draw.weights[k]!, inputs[k]!, scale, width);
    h.push(residual ? plus(h[k]!, y) : y);
  }
  const dh: Float64Array[] = [];
  dh[depth] = back(draw.dy, as(h[depth]!));
  for (let k = depth; k > 0; k--) {
    const { x } = at[k - 1]!;
    const upstream = timesTransposed(draw.weights[k - 1]!, dh[k]!, scale, width);
    const branch = back(each(upstream, (v, i) => v * slope(x[i]!)), at[k - 1]!);
    dh[k - 1] = residual ? plus(dh[k]!, branch) : branch;
  }
  return { h: h.map(rootMeanSquare), dh: dh.map(rootMeanSquare), dw: inputs.map((x, i) => outerNorm(dh[i + 1]!, x, width)) };
}

interface Normed {
  x: Float64Array;
  s: number[]; // the standard deviation of each row
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

const mean = (row: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]!;
  return sum / row.length;
};

const each = (a: Float64Array, value: (v: number, i: number) => number): Float64Array => {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = value(a[i]!, i); // several times as fast as map
  return out;
};

const plus = (a: Float64Array, b: Float64Array): Float64Array => each(a, (v, i) => v + b[i]!);
const rootMeanSquare = (a: Float64Array): number => Math.sqrt(dot(a, a) / a.length);
const rowsOf = (a: Float64Array, width: number): Float64Array[] =>
  Array.from({ length: a.length / width }, (_, r) => a.subarray(r * width, (r + 1) * width));

/** Layer normalisation without ε. */
function normalised(h: Float64Array, rows: number, width: number): Normed {
  const x = new Float64Array(rows * width);
  const s = rowsOf(h, width).map((row, r) => {
    const middle = mean(row);
    const deviation = Math.sqrt(dot(row, row) / width - middle * middle);
    for (let i = 0; i < width; i++) x[r * width + i] = (row[i]! - middle) / deviation;
    return deviation;
  });
  return { x, s };
}

/** dh = (dx − mean(dx) − x mean(x dx))/s, row by row. */
function normalisedBackward(dx: Float64Array, { x, s }: Normed, width: number): Float64Array {
  const out = new Float64Array(dx.length);
  rowsOf(dx, width).forEach((row, r) => {
    const xs = x.subarray(r * width, (r + 1) * width);
    const [level, along] = [mean(row), dot(row, xs) / width];
    for (let i = 0; i < width; i++) out[r * width + i] = (row[i]! - level - xs[i]! * along) / s[r]!;
  });
  return out;
}

/** x (scale · W)ᵀ: row by row the product W x. */
function times(weights: Float64Array, x: Float64Array, scale: number, width: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += weights[i * width + j]! * x[start + j]!;
      out[start + i] = scale * sum;
    }
  }
  return out;
}

/** x (scale · W): row by row the product Wᵀ x. */
function timesTransposed(weights: Float64Array, x: Float64Array, scale: number, width: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    for (let i = 0; i < width; i++) {
      const part = scale * x[start + i]!;
      for (let j = 0; j < width; j++) out[start + j]! += part * weights[i * width + j]!;
    }
  }
  return out;
}

/** The norm of aᵀ b for arrays of rows, from the products of rows alone: ‖aᵀb‖² = Σ (a_r · a_s)(b_r · b_s). */
function outerNorm(a: Float64Array, b: Float64Array, width: number): number {
  const [as, bs] = [rowsOf(a, width), rowsOf(b, width)];
  let sum = 0;
  for (const [r, row] of as.entries()) {
    for (let s = 0; s <= r; s++) sum += (s < r ? 2 : 1) * dot(row, as[s]!) * dot(bs[r]!, bs[s]!);
  }
  return Math.sqrt(Math.max(0, sum));
}
