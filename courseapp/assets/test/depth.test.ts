import assert from "node:assert/strict";
import { test } from "node:test";
import { type Act, BENDS, type Draw, drawn, expected, measured, moments, type Net } from "../src/depth-math";

const near = (a: number, b: number, part: number) => assert.ok(Math.abs(a - b) <= part * Math.abs(b), `${a} is not ${b}`);
const ACTS = Object.keys(BENDS) as Act[];
const he = (change: Partial<Net>): Net => ({ act: "relu", residual: false, norm: false, gain: Math.SQRT2, depth: 50, ...change });

// Width 5, two rows, three matrices, g = 1.3, against PyTorch's autograd in float64: the norms of dW₁, dW₂, dW₃, and the root
// mean squares of dh₀ and h₃.
const fill = (count: number, value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i));
const SMALL: Draw = {
  rows: 2,
  width: 5,
  h: fill(10, (i) => 1.2 * Math.cos(2 * Math.floor(i / 5) + (i % 5))),
  dy: fill(10, (i) => Math.sin(5 + 3 * Math.floor(i / 5) + 2 * (i % 5))),
  weights: [0, 1, 2].map((k) => fill(25, (i) => 1.5 * Math.sin(1 + 25 * k + 5 * Math.floor(i / 5) + (i % 5) ** 2))),
};
const AUTOGRAD: [Act, boolean, boolean, number[], number, number][] = [
  ["none", false, false, [8.94215716848, 12.8066592223, 15.6762363626], 1.13378506026, 1.93485241653],
  ["none", false, true, [0.0961931995386, 3.11984041374, 7.57358169972], 0.000647652668484, 0.888364583342],
  ["none", true, false, [17.2115854202, 21.5205551268, 42.9282736909], 5.61562129727, 13.6879766616],
  ["none", true, true, [1.16703250797, 1.22749819738, 1.24995804412], 0.172175642557, 5.56356260568],
  ["relu", false, false, [2.77548647704, 2.83038095145, 2.22766708138], 0.466042433039, 0.637839729989],
  ["relu", false, true, [7.24294270245, 6.86676343323, 5.80784385837], 1.18479095494, 0.847171085147],
  ["relu", true, false, [5.99836232798, 6.72776789533, 9.2512331899], 2.05340317525, 3.90274061339],
  ["relu", true, true, [1.17611431838, 1.02840135556, 1.05115363704], 0.278981251445, 3.30521412006],
  ["silu", false, false, [1.2388066791, 1.93053999725, 1.90034134551], 0.240219499566, 0.283882646073],
  ["silu", false, true, [4.94254756565, 11.5495411277, 10.3003649823], 0.898295214106, 0.625500519982],
  ["silu", true, false, [4.83505719867, 7.02554392427, 9.56501656072], 1.80907609198, 3.81241658092],
  ["silu", true, true, [1.07522656085, 1.00906884405, 1.07744586658], 0.24190175199, 3.25443469029],
  ["tanh", false, false, [3.33179742001, 3.89344403436, 4.52519776517], 0.310339160935, 0.325525644586],
  ["tanh", false, true, [0.861646224284, 2.6204309411, 11.3082587575], 0.0595196022178, 0.405026599093],
  ["tanh", true, false, [4.69655392949, 5.35480345263, 6.54902421245], 0.93640898792, 4.2128505007],
  ["tanh", true, true, [1.18224529235, 1.17306541907, 1.18774924226], 0.209330009961, 4.06376604813],
  ["sigmoid", false, false, [0.122373867477, 0.208073903878, 0.32118397492], 0.0136859773667, 0.305674454728],
  ["sigmoid", false, true, [1.87154846823, 4.35659306183, 5.86645299341], 0.0884782079906, 0.309794614926],
  ["sigmoid", true, false, [1.47095028665, 1.56179043113, 1.87838975595], 0.856507028925, 1.76409842521],
  ["sigmoid", true, true, [0.862294873049, 0.920298002707, 0.897114085316], 0.406212236658, 1.78887712391],
];

test("a pass forward and back gives what autograd gives", () => {
  for (const [act, residual, norm, dw, dh, h] of AUTOGRAD) {
    const sizes = measured({ act, residual, norm, gain: 1.3, depth: 3 }, SMALL);
    [...dw, dh, h].forEach((value, i) => near([...sizes.dw, sizes.dh[0]!, sizes.h[3]!][i]!, value, 1e-9));
  }
  assert.equal(AUTOGRAD.length, 4 * ACTS.length);
});

test("the moments are the integrals, to ten digits", () => {
  const INTEGRALS: [Act, number, number, number][] = [
    ["tanh", 0.01, 0.009805468755532, 0.980670243465],
    ["tanh", 1, 0.3942944903978, 0.4644029024483],
    ["tanh", 400, 0.9601466983062, 0.02658543930624],
    ["sigmoid", 0.01, 0.2506218969358, 0.06219020417838],
    ["sigmoid", 1, 0.2933790358581, 0.04483624135019],
    ["sigmoid", 400, 0.4801342158576, 0.003319174234257],
    ["silu", 0.01, 0.002518595281559, 0.2524752877688],
    ["silu", 1, 0.3557755198174, 0.3794823516328],
    ["silu", 400, 199.9354884507, 0.5041022081037],
  ];
  for (const [act, q, value, slope] of INTEGRALS) {
    near(moments(act, q).value, value, 1e-10);
    near(moments(act, q).slope, slope, 1e-10);
  }
  near(moments("silu", 1e30).value, 5e29, 1e-6);
  assert.deepEqual(moments("relu", 3), { value: 1.5, slope: 0.5 });
});

test("the table of the lesson, with four rows for its 32", () => {
  const first = (scale: number, residual: boolean, norm: boolean) => expected(he({ gain: scale * Math.SQRT2, residual, norm })).dw[0]!;
  near(first(1, false, false), 64 * Math.sqrt(4 / 2), 1e-9); // He keeps the mean square
  near(first(0.5, false, false), 64 * Math.SQRT2 * 2 ** -49, 1e-9);
  near(first(2, false, false), 64 * Math.SQRT2 * 2 ** 49, 1e-9);
  near(first(2, false, true) / first(1, false, true), 0.5, 1e-9); // (7.6): twice the weights, half the gradient
  near(first(1, true, false), 64 * Math.SQRT2 * 2 ** 24.5, 1e-9); // q and p double in each layer
  assert.ok(first(0.5, true, true) / first(2, true, true) < 3);
});

test("the recursion agrees with one whose integrals are sums over 200001 points", () => {
  // g = 1.2, twenty layers: the norms of dW₁ and dW₂₀, the root mean square of h₂₀
  const SUMS: [Act, boolean, boolean, number, number, number][] = [
    ["tanh", false, false, 78.6398523, 53.3119576, 0.499799603],
    ["tanh", true, true, 75.9660395, 22.8658302, 3.51506491],
    ["silu", false, true, 196.868475, 106.666667, 0.715763053],
    ["silu", true, false, 12325.7053, 12515.8322, 181.354822],
    ["sigmoid", false, false, 1.75336242e-09, 66.5831907, 0.624217413],
    ["sigmoid", true, false, 99.2365013, 80.1990361, 3.35611236],
    ["sigmoid", false, true, 1.89639969e-06, 106.666667, 0.649973701],
  ];
  for (const [act, residual, norm, ...values] of SUMS) {
    const { dw, h } = expected({ act, residual, norm, gain: 1.2, depth: 20 });
    [dw[0]!, dw[19]!, h[20]!].forEach((value, i) => near(value, values[i]!, 1e-7));
  }
});

test("with both, a ReLU gives the first matrix at any depth what it gets alone: the factors telescope", () => {
  for (const gain of [0.5, 1, 3]) {
    const both = (depth: number) => expected(he({ residual: true, norm: true, gain, depth })).dw[0]!;
    for (const depth of [2, 17, 100]) near(both(depth), both(1), 1e-12);
  }
});

test("under normalisation alone a layer's factor is E f′²/E f², whatever the gain", () => {
  for (const gain of [0.5, 1, 3]) near(expected(he({ act: "sigmoid", norm: true, gain })).factor[7]!, 0.04483624135019 / 0.2933790358581, 1e-9);
});

test("draws lie about what is expected", () => {
  const ways = [[false, false], [false, true], [true, false], [true, true]] as const;
  const nets = ACTS.flatMap((act) => ways.map(([residual, norm]) => he({ act, residual, norm, depth: 6 })));
  const sums = nets.map(() => 0);
  for (let seed = 0; seed < 60; seed++) nets.forEach((net, i) => { sums[i]! += measured(net, drawn(seed, 6)).dw[0]! ** 2; });
  nets.forEach((net, i) => near(Math.sqrt(sums[i]! / 60), expected(net).dw[0]!, 0.2));
});

test("a seed fixes the draw, and a deeper network continues a shallower one", () => {
  const shallow = [...drawn(5, 2).weights[1]!];
  assert.deepEqual([...drawn(6, 4).weights[1]!].slice(0, 3).map((v, i) => v === shallow[i]), [false, false, false]);
  assert.deepEqual([...drawn(5, 4).weights[1]!], shallow);
  const all = drawn(5, 4).weights.flatMap((w) => [...w]);
  const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
  const square = all.reduce((sum, v) => sum + v * v, 0) / all.length;
  assert.ok(Math.abs(mean) < 0.04 && Math.abs(square - 1) < 0.06, `${mean}, ${square}`); // five standard deviations of 16384 numbers
});
