// Activations and their derivatives in closed form, and what naive formulas for the sigmoid lose in float32.
const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
const LEAK = 0.1;
const CUBIC = 0.044715; // of the tanh form of GELU

/** 1/(1 + e^−x) without a large exponential. */
export function sigmoid(x: number): number {
  const z = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + z) : z / (1 + z);
}

/** φ, the density of the standard normal distribution. */
export const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Φ, its distribution: ½ + φ(x)(x + x³/3 + x⁵/15 + …) near 0, whose terms have one sign, and in the tails
 * φ(x)/(x + 1/(x + 2/(x + …))), which loses nothing where Φ is small.
 */
export function normal(x: number): number {
  const a = Math.abs(x);
  if (a < 3) {
    let [term, sum] = [x, x];
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= (x * x) / k;
    return 0.5 + density(x) * sum;
  }
  let below = a;
  for (let k = 80; k >= 1; k--) below = a + k / below;
  const tail = density(x) / below;
  return x < 0 ? tail : 1 - tail;
}

const inner = (x: number): number => ROOT_2_OVER_PI * (x + CUBIC * x ** 3);

export type Activation = "relu" | "leaky" | "gelu" | "gelu_tanh" | "silu" | "sigmoid";

interface Closed {
  words: string;
  f: (x: number) => number;
  slope: (x: number) => number;
  formula: string;
  slopeFormula: string;
  used: string;
  kink?: readonly [number, number]; // the slopes on both sides of 0
}

export const ACTIVATIONS: Record<Activation, Closed> = {
  relu: {
    words: "ReLU", formula: "max(0, x)", slopeFormula: "0 for x < 0, 1 for x > 0", used: "early transformers, CNNs", kink: [0, 1],
    f: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0),
  },
  leaky: {
    words: "leaky ReLU", formula: "x for x > 0, else 0.1 x", slopeFormula: "0.1 for x < 0, 1 for x > 0", used: "networks in which units must not die", kink: [LEAK, 1],
    f: (x) => (x > 0 ? x : LEAK * x), slope: (x) => (x > 0 ? 1 : LEAK),
  },
  gelu: {
    words: "GELU", formula: "x Φ(x)", slopeFormula: "Φ(x) + x φ(x)", used: "BERT, GPT-2 and later",
    f: (x) => x * normal(x), slope: (x) => normal(x) + x * density(x),
  },
  gelu_tanh: {
    words: "GELU, tanh form", formula: "½x (1 + tanh u), u = √(2/π) (x + 0.044715 x³)", slopeFormula: "½(1 + tanh u) + ½x (1 − tanh² u) u′", used: "GPT-2, for speed",
    f: (x) => x * sigmoid(2 * inner(x)), // ½(1 + tanh u) = σ(2u)
    slope: (x) => {
      const s = sigmoid(2 * inner(x));
      return s + 2 * x * s * sigmoid(-2 * inner(x)) * ROOT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
    },
  },
  silu: {
    words: "SiLU", formula: "x σ(x)", slopeFormula: "σ(x) (1 + x (1 − σ(x)))", used: "LLaMA and most language models since",
    f: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
  },
  sigmoid: {
    words: "sigmoid", formula: "1 / (1 + e⁻ˣ)", slopeFormula: "σ(x) (1 − σ(x)), at most ¼", used: "gates",
    f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x),
  },
};

const r = Math.fround;
const exp32 = (x: number): number => r(Math.exp(x));

export type Tail = "naive" | "quotient" | "slope" | "stable";

interface Formula {
  words: string;
  value: (x: number) => number; // each operation rounded to float32
  exact: (x: number) => number;
}

function stable32(x: number): number {
  const z = exp32(-Math.abs(x));
  return x >= 0 ? r(1 / r(1 + z)) : r(z / r(1 + z));
}

/** Formulas for σ and σ′ as float32 computes them. */
export const TAILS: Record<Tail, Formula> = {
  naive: { words: "σ = 1 / (1 + e⁻ˣ)", value: (x) => r(1 / r(1 + exp32(-x))), exact: sigmoid },
  quotient: { words: "σ = eˣ / (1 + eˣ)", value: (x) => r(exp32(x) / r(1 + exp32(x))), exact: sigmoid },
  slope: { words: "σ′ = σ (1 − σ)", value: (x) => r(stable32(x) * r(1 - stable32(x))), exact: (x) => sigmoid(x) * sigmoid(-x) },
  stable: { words: "σ by exp(−|x|)", value: stable32, exact: sigmoid },
};

/** |computed − exact| / exact; NaN where the formula gives no number. */
export function tailError(tail: Tail, x: number): number {
  const exact = TAILS[tail].exact(x);
  return Math.abs((TAILS[tail].value(x) - exact) / exact);
}
