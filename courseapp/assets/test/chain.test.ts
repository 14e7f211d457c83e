import assert from "node:assert/strict";
import { test } from "node:test";
import { BACKWARD, FORWARD, forward, gradients, INPUTS } from "../src/chain-math";

const LESSON = { x: 2, w: 1.5, b: -1, v: -0.5, t: 1 };

test("the network of the lesson, by hand", () => {
  const known = forward(LESSON);
  assert.deepEqual(known, { ...LESSON, z: 2, a: 2, p: -1, L: 4 });
  assert.deepEqual(gradients(known), { L: 1, p: -4, t: 4, v: -8, a: 2, z: 2, w: 4, x: 3, b: 2 });
});

test("every gradient is what a nudge of its input does to the loss", () => {
  const h = 1e-5;
  for (const inputs of [LESSON, { x: -1.3, w: 0.4, b: 2, v: 1.7, t: -0.2 }, { x: 1, w: -2, b: 0.5, v: 3, t: 2 }]) {
    const grad = gradients(forward(inputs));
    for (const name of INPUTS) {
      const at = (by: number) => forward({ ...inputs, [name]: inputs[name] + by }).L;
      assert.ok(Math.abs(grad[name] - (at(h) - at(-h)) / (2 * h)) < 1e-7, `d${name} = ${grad[name]}`);
    }
  }
});

test("a unit that is off lets nothing through", () => {
  const grad = gradients(forward({ ...LESSON, b: -4 }));
  for (const name of ["z", "w", "x", "b", "v"] as const) assert.ok(Object.is(grad[name], 0), name);
});

test("each step needs only what the steps before it have left", () => {
  const values = new Set<string>(INPUTS);
  for (const { name, from } of FORWARD) {
    for (const one of from) assert.ok(values.has(one), `${name} needs ${one}`);
    values.add(name);
  }
  const grads = new Set<string>(["L"]);
  for (const { name, upstream } of BACKWARD) {
    assert.ok(grads.has(upstream), `d${name} needs d${upstream}`);
    grads.add(name);
  }
  assert.deepEqual([...values].sort(), [...grads].sort());
});
