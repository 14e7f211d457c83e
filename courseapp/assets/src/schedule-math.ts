// The schedules of exercise 43, lr_at(step, schedule, options), with its names and its fence posts: steps count from 0, the
// last one is T − 1. And what a schedule makes of the expected loss on a noisy bowl, by a recurrence.
export interface Options {
  max_lr: number; // "step" calls it lr
  min_lr: number;
  warmup_steps: number;
  total_steps: number;
  step_size: number;
  gamma: number;
  pct_start: number;
  div_factor: number;
  final_div_factor: number;
  decay_steps: number;
}

export type Schedule = "cosine" | "step" | "one_cycle" | "wsd";

interface Shape {
  words: string;
  keys: readonly (keyof Options)[];
  rate: (s: number, o: Options) => number;
  /** The formula that holds in step s, with the numbers put in. */
  piece: (s: number, o: Options) => string;
}

const wave = (p: number, from: number, to: number): number => to + ((from - to) * (1 + Math.cos(Math.PI * p))) / 2;
const round = (v: number): string => String(Number(v.toPrecision(4)));
const waveWords = (p: number, from: number, to: number): string =>
  `${round(to)} ${from < to ? "−" : "+"} ½ · ${round(Math.abs(from - to))} · (1 + cos ${Number(p.toFixed(3))}π)`;

const warmUp = (s: number, { max_lr, warmup_steps: w }: Options): number => (max_lr * (s + 1)) / w;
const warmUpWords = (s: number, { max_lr, warmup_steps: w }: Options): string => `${round(max_lr)} · (${s} + 1)/${w}`;

/** 0 in the first step after the warm-up, 1 in the last step. */
const fall = (s: number, { warmup_steps: w, total_steps: T }: Options): number => (s - w) / (T - 1 - w);

/** The step with the highest rate of one cycle; it may lie between two. */
const peak = ({ pct_start, total_steps }: Options): number => pct_start * total_steps - 1;

const cyclePart = (s: number, o: Options): [number, number, number] => {
  const [first, top] = [o.max_lr / o.div_factor, peak(o)];
  if (s <= top) return [s / top, first, o.max_lr];
  return [(s - top) / (o.total_steps - 1 - top), o.max_lr, first / o.final_div_factor];
};

/** 0 up to the first step of the decay, 1 in the last step. */
const decay = (s: number, { total_steps: T, decay_steps: d }: Options): number => Math.max(0, (s - (T - 1 - d)) / d);

export const SCHEDULES: Record<Schedule, Shape> = {
  cosine: {
    words: "Warm-up, cosine",
    keys: ["max_lr", "min_lr", "warmup_steps", "total_steps"],
    rate: (s, o) => (s < o.warmup_steps ? warmUp(s, o) : wave(fall(s, o), o.max_lr, o.min_lr)),
    piece: (s, o) => (s < o.warmup_steps ? warmUpWords(s, o) : waveWords(fall(s, o), o.max_lr, o.min_lr)),
  },
  step: {
    words: "Step",
    keys: ["max_lr", "step_size", "gamma"],
    rate: (s, o) => o.max_lr * o.gamma ** Math.floor(s / o.step_size),
    piece: (s, o) => `${round(o.max_lr)} · ${round(o.gamma)}^⌊${s}/${o.step_size}⌋, exponent ${Math.floor(s / o.step_size)}`,
  },
  one_cycle: {
    words: "One cycle",
    keys: ["max_lr", "total_steps", "pct_start", "div_factor", "final_div_factor"],
    rate: (s, o) => wave(...cyclePart(s, o)),
    piece: (s, o) => waveWords(...cyclePart(s, o)),
  },
  wsd: {
    words: "Warm-up, stable, decay",
    keys: ["max_lr", "min_lr", "warmup_steps", "decay_steps", "total_steps"],
    rate: (s, o) => (s < o.warmup_steps ? warmUp(s, o) : o.max_lr - (o.max_lr - o.min_lr) * decay(s, o)),
    piece: (s, o) => {
      if (s < o.warmup_steps) return warmUpWords(s, o);
      const share = decay(s, o);
      return share === 0 ? `${round(o.max_lr)}, the plateau` : `${round(o.max_lr)} − ${round(o.max_lr - o.min_lr)} · ${round(share)}`;
    },
  },
};

export const lrAt = (step: number, schedule: Schedule, options: Options): number => SCHEDULES[schedule].rate(step, options);

/** Options with which each schedule is defined: the warm-up and the decay leave room for what comes beside them. */
export function sound(o: Options): Options {
  const warmup_steps = Math.min(o.warmup_steps, o.total_steps - 2);
  return { ...o, warmup_steps, decay_steps: Math.max(1, Math.min(o.decay_steps, o.total_steps - 1 - warmup_steps)) };
}

// The noisy bowl: the gradient along curvature λ is λe plus noise with mean 0 and variance σ². The expected square of
// the error obeys m ← (1 − ηλ)² m + η²σ² exactly.
export const CURVATURES: readonly number[] = [1, 10];
const NOISE = 1; // σ²
const START = 9; // the square of the error in each direction

/** The expected loss ½ Σ λ m before step 0, before step 1, …, after the last step. */
export function expectedLoss(rates: readonly number[]): number[] {
  let squares = CURVATURES.map(() => START);
  const loss = () => squares.reduce((sum, m, i) => sum + (CURVATURES[i]! * m) / 2, 0);
  return [loss(), ...rates.map((eta) => {
    squares = squares.map((m, i) => (1 - eta * CURVATURES[i]!) ** 2 * m + eta ** 2 * NOISE);
    return loss();
  })];
}

// A schedule that is drawn has a level in each step, one digit of the address. Rates are squares of levels, so that small
// ones lie close to one another.
export const TOP = 0.2; // of the rates; 2/λmax, too
export const LEVELS = 35;

export const rateOf = (level: number): number => TOP * (level / LEVELS) ** 2;
export const levelOf = (rate: number): number => Math.round(LEVELS * Math.sqrt(Math.min(1, Math.max(0, rate / TOP))));

export const written = (levels: readonly number[]): string => levels.map((level) => level.toString(LEVELS + 1)).join("");

/** The levels of a text of that length; undefined if there is anything else in it. */
export function read(text: string, length: number): number[] | undefined {
  const levels = [...text].map((digit) => parseInt(digit, LEVELS + 1));
  return levels.length === length && levels.every(Number.isFinite) ? levels : undefined;
}
