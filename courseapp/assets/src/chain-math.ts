// One hidden unit by hand: z = wx + b, a = max(0, z), p = va, L = (p − t)²; forward one value, backward one factor at a time.
export const INPUTS = ["x", "w", "b", "v", "t"] as const;
export type Input = (typeof INPUTS)[number];
export type Name = Input | "z" | "a" | "p" | "L";
export type Values = Record<Name, number>;

export interface Forward {
  name: Name;
  formula: string;
  from: readonly Name[];
  value: (known: Values) => number;
}

/** One edge walked backwards: the gradient at its tail is the upstream gradient at its head times the local factor. */
export interface Backward {
  name: Name;
  upstream: Name;
  factor: string;
  local: (known: Values) => number;
}

export const FORWARD: readonly Forward[] = [
  { name: "z", formula: "wx + b", from: ["w", "x", "b"], value: ({ w, x, b }) => w * x + b },
  { name: "a", formula: "max(0, z)", from: ["z"], value: ({ z }) => Math.max(0, z) },
  { name: "p", formula: "va", from: ["v", "a"], value: ({ v, a }) => v * a },
  { name: "L", formula: "(p − t)²", from: ["p", "t"], value: ({ p, t }) => (p - t) ** 2 },
];

export const BACKWARD: readonly Backward[] = [
  { name: "p", upstream: "L", factor: "2(p − t)", local: ({ p, t }) => 2 * (p - t) },
  { name: "t", upstream: "L", factor: "2(t − p)", local: ({ p, t }) => 2 * (t - p) },
  { name: "v", upstream: "p", factor: "a", local: ({ a }) => a },
  { name: "a", upstream: "p", factor: "v", local: ({ v }) => v },
  { name: "z", upstream: "a", factor: "[z > 0]", local: ({ z }) => (z > 0 ? 1 : 0) },
  { name: "w", upstream: "z", factor: "x", local: ({ x }) => x },
  { name: "x", upstream: "z", factor: "w", local: ({ w }) => w },
  { name: "b", upstream: "z", factor: "1", local: () => 1 },
];

export const STEPS = FORWARD.length + BACKWARD.length;

export function forward(inputs: Record<Input, number>): Values {
  const known = { ...inputs, z: 0, a: 0, p: 0, L: 0 };
  for (const { name, value } of FORWARD) known[name] = value(known);
  return known;
}

/** ∂L/∂ each name, by the walk from the loss, where it is 1. */
export function gradients(known: Values): Values {
  const grad = { x: 0, w: 0, b: 0, v: 0, t: 0, z: 0, a: 0, p: 0, L: 1 };
  for (const { name, upstream, local } of BACKWARD) grad[name] = grad[upstream] * local(known) + 0; // no negative zero
  return grad;
}
