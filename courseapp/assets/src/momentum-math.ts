// Momentum v ← μv + g, θ ← θ − ηv on a bowl. Along curvature λ the error obeys e_{t+1} = (1 + μ − ηλ) e_t − μ e_{t−1}, so
// everything follows from the roots of z² − (1 + μ − ηλ) z + μ = 0.
import type { Pair } from "./chart";

export interface Roots {
  complex: boolean;
  size: number; // of the larger root: what a step keeps of the error, in the long run
}

const EQUAL = 1e-12; // a discriminant that rounding alone can leave

/** The larger root in size: √μ where the roots are complex, or equal. */
export function roots(x: number, mu: number): Roots {
  const half = (1 + mu - x) / 2; // x = ηλ
  const under = half * half - mu;
  return under < EQUAL ? { complex: true, size: Math.sqrt(mu) } : { complex: false, size: Math.abs(half) + Math.sqrt(under) };
}

/** max over the curvatures of the larger root. */
export const rate = (eta: number, mu: number, curvatures: readonly number[]): number =>
  Math.max(...curvatures.map((lambda) => roots(eta * lambda, mu).size));

/** e_t for e_0 = 1 and no velocity: (1 − ηλ) s_t − μ s_{t−1}, where s_t = (z₁ᵗ − z₂ᵗ)/(z₁ − z₂). */
export function error(x: number, mu: number, t: number): number {
  if (t === 0) return 1;
  const half = (1 + mu - x) / 2;
  const under = half * half - mu;
  const s = (n: number): number => {
    if (n === 0) return 0;
    if (Math.abs(under) < EQUAL) return n * half ** (n - 1); // the limit for equal roots
    const root = Math.sqrt(Math.abs(under));
    if (under > 0) return ((half + root) ** n - (half - root) ** n) / (2 * root);
    const [size, angle] = [Math.sqrt(mu), Math.atan2(root, half)];
    return (size ** (n - 1) * Math.sin(n * angle)) / Math.sin(angle);
  };
  return (1 - x) * s(t) - mu * s(t - 1);
}

/** The largest stable η, 2(1 + μ)/λ_max. */
export const limit = (mu: number, largest: number): number => (2 * (1 + mu)) / largest;

/** The pair (η, μ) with the least rate, and that rate, (√κ − 1)/(√κ + 1). */
export function fastest(smallest: number, largest: number): { eta: number; mu: number; rate: number } {
  const best = (Math.sqrt(largest / smallest) - 1) / (Math.sqrt(largest / smallest) + 1);
  return { eta: (2 / (Math.sqrt(smallest) + Math.sqrt(largest))) ** 2, mu: best ** 2, rate: best };
}

/**
 * The corners of the region of pairs (η, μ), μ ≥ 0, whose rate is at most r. Both roots lie within r of 0 if and only if
 * μ ≤ r² and |1 + μ − ηλ| ≤ r + μ/r. That is linear in η and μ, so the region is a polygon.
 */
export function region(r: number, smallest: number, largest: number): Pair[] {
  const low = (mu: number) => ((1 - r) * (1 - mu / r)) / smallest;
  const high = (mu: number) => ((1 + r) * (1 + mu / r)) / largest;
  const top = r * r;
  if (low(top) > high(top)) return []; // narrower than a point
  const gap = high(0) - low(0);
  const upper: Pair[] = [[high(top), top], [low(top), top]];
  if (gap >= 0) return [[low(0), 0], [high(0), 0], ...upper];
  const tip = (-gap * top) / (high(top) - low(top) - gap); // where the two sides meet
  return [[low(tip), tip], ...upper];
}

/** The steps after which a tenth of the error is left, in the long run. */
export const stepsPerDigit = (r: number): number => -1 / Math.log10(r);
