import assert from "node:assert/strict";
import { test } from "node:test";
import { CURVATURES, expectedLoss, levelOf, LEVELS, lrAt, type Options, rateOf, read, type Schedule, SCHEDULES, sound, TOP, written } from "../src/schedule-math";
import table from "./schedule-values.json";

const OPTIONS: Options = {
  max_lr: 0.1, min_lr: 0.01, warmup_steps: 4, total_steps: 11, step_size: 3, gamma: 0.5, pct_start: 0.3, div_factor: 5, final_div_factor: 10, decay_steps: 4,
};
const near = (a: number, b: number, bound = 1e-12) => assert.ok(Math.abs(a - b) <= bound * (1 + Math.abs(b)), `${a} is not ${b}`);

test("every step has the rate that exercise 43 gives it", () => {
  assert.equal(table.length, 11);
  for (const { schedule, options, rates } of table) {
    const all = { ...OPTIONS, ...options, max_lr: "lr" in options ? options.lr : options.max_lr } as Options;
    rates.forEach((rate, s) => near(lrAt(s, schedule as Schedule, all), rate));
  }
});

test("the example of the lesson, by hand", () => {
  [0.025, 0.05, 0.075, 0.1, 0.1].forEach((rate, s) => near(lrAt(s, "cosine", OPTIONS), rate));
  near(lrAt(7, "cosine", OPTIONS), 0.055);
  near(lrAt(10, "cosine", OPTIONS), 0.01);
});

test("the formula that is shown has the value that is drawn", () => {
  const value = (words: string): number => {
    const [sum = ""] = words.split(",");
    const code = sum.replace(/cos ([\d.e-]+)π/, "Math.cos($1*Math.PI)").replace(/\^⌊(\d+)\/(\d+)⌋/, "**Math.floor($1/$2)")
      .replaceAll("½", "0.5").replaceAll("·", "*").replaceAll("−", "-");
    return new Function(`return ${code}`)() as number;
  };
  for (const schedule of Object.keys(SCHEDULES) as Schedule[]) {
    for (let s = 0; s < 11; s++) near(value(SCHEDULES[schedule].piece(s, OPTIONS)), lrAt(s, schedule, OPTIONS), 2e-4);
  }
});

test("sound options leave a rate for every step", () => {
  for (const total_steps of [10, 23, 90]) {
    for (const warmup_steps of [0, 1, 8, 200]) {
      for (const decay_steps of [0, 1, 40, 200]) {
        const o = sound({ ...OPTIONS, total_steps, warmup_steps, decay_steps });
        for (const schedule of Object.keys(SCHEDULES) as Schedule[]) {
          for (let s = 0; s < total_steps; s++) {
            const rate = lrAt(s, schedule, o);
            assert.ok(rate > 0 && rate <= o.max_lr + 1e-12, `${schedule}, step ${s} of ${total_steps}: ${rate}`);
          }
          if (schedule === "cosine" || schedule === "wsd") near(lrAt(total_steps - 1, schedule, o), o.min_lr);
        }
      }
    }
  }
});

test("the expected loss is the mean over many noisy runs", () => {
  const rates = Array.from({ length: 11 }, (_, s) => lrAt(s, "one_cycle", OPTIONS));
  let seed = 1;
  const uniform = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const runs = 20_000;
  let sum = 0;
  for (let run = 0; run < runs; run++) {
    for (const curvature of CURVATURES) {
      let e = 3;
      for (const eta of rates) e -= eta * (curvature * e + normal());
      sum += (curvature * e * e) / 2;
    }
  }
  near(expectedLoss(rates).at(-1)!, sum / runs, 0.02);
});

test("with a constant rate the expected loss comes to rest at ½ Σ η/(2 − ηλ), and never beyond the limit", () => {
  for (const eta of [0.01, 0.1, 0.19]) {
    const rest = CURVATURES.reduce((total, curvature) => total + eta / (2 - eta * curvature) / 2, 0);
    near(expectedLoss(Array<number>(5000).fill(eta)).at(-1)!, rest, 1e-9);
  }
  assert.ok(expectedLoss(Array<number>(500).fill(0.21)).at(-1)! > 1e6);
});

test("a drawn schedule survives its way through the address", () => {
  const levels = Array.from({ length: LEVELS + 1 }, (_, k) => k);
  assert.deepEqual(read(written(levels), levels.length), levels);
  levels.forEach((level) => assert.equal(levelOf(rateOf(level)), level));
  assert.deepEqual([-1, 0, TOP, 7].map(levelOf), [0, 0, LEVELS, LEVELS]);
  for (const text of ["", "k", "kk!", "kkkk"]) assert.equal(read(text, 3), undefined);
});
