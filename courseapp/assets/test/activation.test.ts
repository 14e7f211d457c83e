import assert from "node:assert/strict";
import { test } from "node:test";
import { type Activation, ACTIVATIONS, density, normal, sigmoid, TAILS, tailError } from "../src/activation-math";

const NAMES = Object.keys(ACTIVATIONS) as Activation[];
const near = (a: number, b: number, part: number) => assert.ok(Math.abs(a - b) <= part * Math.abs(b), `${a} is not ${b}`);

test("Φ has its known values, in the tails to all digits", () => {
  assert.equal(normal(0), 0.5);
  near(normal(1), 0.8413447460685429, 1e-15);
  near(normal(-1), 0.15865525393145707, 1e-14);
  near(normal(-2.9), 0.0018658133003840377, 1e-12);
  near(normal(-3.1), 0.0009676032132183568, 1e-12);
  near(normal(-10), 7.619853024160526e-24, 1e-12);
  near(normal(3.1) + normal(-3.1), 1, 1e-15);
});

test("Φ does not jump where its two forms meet, and its slope is φ", () => {
  near(normal(-3 + 1e-9), normal(-3 - 1e-9), 1e-8);
  const h = 1e-5;
  for (const x of [-5, -2, 0.3, 4]) near((normal(x + h) - normal(x - h)) / (2 * h), density(x), 1e-6);
});

test("each derivative is the slope of its function", () => {
  const h = 1e-5;
  for (const name of NAMES) {
    for (const x of [-6, -3.2, -1, -0.01, 0.02, 0.8, 2.5, 6]) {
      const { f, slope } = ACTIVATIONS[name];
      const difference = (f(x + h) - f(x - h)) / (2 * h);
      assert.ok(Math.abs(slope(x) - difference) <= 1e-9, `${name} at ${x}: ${slope(x)} is not ${difference}`);
    }
  }
});

test("only what has a kink says so, and with the slopes on both sides of it", () => {
  for (const name of NAMES) {
    const { f, kink } = ACTIVATIONS[name];
    const [left, right] = [(f(0) - f(-1e-6)) / 1e-6, (f(1e-6) - f(0)) / 1e-6];
    if (kink) [[left, kink[0]], [right, kink[1]]].forEach(([a, b]) => assert.ok(Math.abs(a! - b!) < 1e-9));
    else assert.ok(Math.abs(left - right) < 1e-5, name);
  }
});

test("the tanh form of GELU stays within 5e-4 of GELU, and is not it", () => {
  const gaps = Array.from({ length: 121 }, (_, i) => i / 10 - 6).map((x) => Math.abs(ACTIVATIONS.gelu.f(x) - ACTIVATIONS.gelu_tanh.f(x)));
  assert.ok(Math.max(...gaps) < 5e-4 && Math.max(...gaps) > 4e-4, String(Math.max(...gaps)));
});

test("the tanh form is what it is called", () => {
  for (const x of [-4, -0.7, 0, 1.3, 5]) {
    const u = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
    assert.ok(Math.abs(ACTIVATIONS.gelu_tanh.f(x) - 0.5 * x * (1 + Math.tanh(u))) < 1e-15);
  }
});

test("naive sigmoids lose float32's tails, each in its own way", () => {
  assert.equal(TAILS.naive.value(-89), 0); // e⁸⁹ is infinite
  assert.equal(tailError("naive", -89), 1);
  assert.ok(Number.isNaN(TAILS.quotient.value(89))); // ∞/∞
  assert.equal(TAILS.slope.value(17), 0); // 1 − σ cancels
  assert.ok(tailError("slope", 12) > 1e-3);
  for (let x = -87; x <= 87; x += 0.5) assert.ok(tailError("stable", x) < 3e-7, `${x}: ${tailError("stable", x)}`);
  near(sigmoid(-89), Math.exp(-89), 1e-12);
});
