// The central difference (f(x + h) − f(x − h)) / 2h in float32 and float64, and what bounds its error:
//   truncation  h²/6 · |f‴(x)|      rounding  u/h · (|f(x)| + |x f′(x)|)
// with u, half the distance from 1 to the next number: f is rounded, and so is x ± h.
export type Dtype = "float32" | "float64";
export type Name = "sin" | "ln" | "square";

export const DTYPES: readonly Dtype[] = ["float32", "float64"];
export const UNIT: Record<Dtype, number> = { float32: 2 ** -24, float64: 2 ** -53 };

interface Example {
  words: string;
  f: (x: number) => number;
  slope: (x: number) => number;
  third: (x: number) => number;
}

export const EXAMPLES: Record<Name, Example> = {
  sin: { words: "sin x", f: Math.sin, slope: Math.cos, third: (x) => -Math.cos(x) },
  ln: { words: "ln x", f: Math.log, slope: (x) => 1 / x, third: (x) => 2 / x ** 3 },
  square: { words: "x²", f: (x) => x * x, slope: (x) => 2 * x, third: () => 0 },
};

const round: Record<Dtype, (v: number) => number> = { float32: Math.fround, float64: (v) => v };

/** The difference quotient, rounded to the dtype after each operation. NaN where f has no value. */
export function centralDifference(name: Name, x: number, h: number, dtype: Dtype): number {
  const r = round[dtype];
  const [at, step] = [r(x), r(h)];
  const f = (v: number) => r(EXAMPLES[name].f(v));
  return r(r(f(r(at + step)) - f(r(at - step))) / r(2 * step));
}

/** The derivative at x as the dtype holds it: what the difference should be. */
export const exact = (name: Name, x: number, dtype: Dtype): number => EXAMPLES[name].slope(round[dtype](x));

/** The error of the difference as a part of the derivative. */
export function relativeError(name: Name, x: number, h: number, dtype: Dtype): number {
  const slope = exact(name, x, dtype);
  return Math.abs((centralDifference(name, x, h, dtype) - slope) / slope);
}

export interface Bound {
  truncation: number;
  rounding: number;
}

/** Both bounds, as parts of the derivative. */
export function bound(name: Name, x: number, h: number, dtype: Dtype): Bound {
  const { f, slope, third } = EXAMPLES[name];
  const size = Math.abs(slope(x));
  return {
    truncation: ((h * h) / 6) * (Math.abs(third(x)) / size),
    rounding: (UNIT[dtype] / h) * (Math.abs(f(x)) / size + Math.abs(x)),
  };
}

/** The step with the least bound, ∛(3C/|f‴|) for a rounding error of C/h, and that bound, 3C/2h. No such step if f‴ = 0. */
export function best(name: Name, x: number, dtype: Dtype): { h: number; error: number } | undefined {
  const c = bound(name, x, 1, dtype).rounding;
  const third = 6 * bound(name, x, 1, dtype).truncation;
  if (third === 0) return undefined;
  const h = Math.cbrt((3 * c) / third);
  return { h, error: (3 * c) / (2 * h) };
}
