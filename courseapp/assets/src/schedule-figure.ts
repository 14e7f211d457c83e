// <schedule-figure schedule="cosine" beside="wsd">: a schedule that the reader designs, and one beside it, with the expected
// loss of both on a noisy bowl. Sliders; the cursor follows mouse and finger, which also draw a schedule of one's own.
import { chart, type Chart, label, type Pair, pathOf, powerOfTen } from "./chart";
import { html, size, svg } from "./dom";
import { Figure, rows, type Slider, slider, within } from "./figure";
import type { Range } from "./plot-scale";
import { CURVATURES, expectedLoss, levelOf, LEVELS, lrAt, type Options, rateOf, read, type Schedule, SCHEDULES, sound, TOP, written } from "./schedule-math";

type Name = Schedule | "own";

interface Knob {
  key: keyof Options;
  label: string;
  min: number;
  max: number;
  step: number;
}

const LOSS: Range = [-2, 2]; // powers of ten
const NAMES = [...Object.keys(SCHEDULES) as Schedule[], "own"] as const;
const KNOBS: readonly Knob[] = [
  { key: "max_lr", label: "Highest rate, max_lr", min: 0.01, max: TOP, step: 0.01 },
  { key: "min_lr", label: "Lowest rate, min_lr", min: 0, max: 0.02, step: 0.001 },
  { key: "total_steps", label: "Steps in all, T", min: 20, max: 90, step: 1 },
  { key: "warmup_steps", label: "Warm-up, w steps", min: 0, max: 15, step: 1 },
  { key: "decay_steps", label: "Decay, the last d steps", min: 1, max: 60, step: 1 },
  { key: "step_size", label: "A drop after n steps", min: 2, max: 40, step: 1 },
  { key: "gamma", label: "Kept at a drop, γ", min: 0.1, max: 0.9, step: 0.1 },
  { key: "pct_start", label: "Part that rises, pct_start", min: 0.1, max: 0.9, step: 0.05 },
  { key: "div_factor", label: "First rate: max_lr over div_factor", min: 1, max: 40, step: 1 },
  { key: "final_div_factor", label: "Last rate: the first over final_div_factor", min: 1, max: 100, step: 1 },
];
const USUAL: Options = {
  max_lr: 0.1, min_lr: 0.002, total_steps: 60, warmup_steps: 5, decay_steps: 15, step_size: 20, gamma: 0.3, pct_start: 0.3, div_factor: 10, final_div_factor: 20,
};
const MOST = KNOBS.find(({ key }) => key === "total_steps")!.max;
const DRAWN = 20; // the level at which one's own begins
const SPOKEN: Record<Name, string> = { cosine: "Cosine", step: "Step", one_cycle: "One cycle", wsd: "WSD", own: "Your own" };

/** The number that stands in an address, held to what the knob allows. */
function turned({ min, max, step }: Knob, text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number((min + Math.round((within(value, [min, max]) - min) / step) * step).toPrecision(6));
}

class ScheduleFigure extends Figure {
  protected readonly called = "schedule";
  private name1: Name = "cosine";
  private name2: Name = "wsd";
  private s = 20;
  private options: Options = USUAL;
  private levels: number[] = Array<number>(MOST).fill(DRAWN);
  private last: number | undefined; // where the drawing hand was
  private rates!: SVGElement;
  private losses!: SVGElement;
  private drawn!: Chart;
  private table!: HTMLTableElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private cursor!: Slider;
  private hand!: Slider;
  private knobs!: Map<keyof Options, Slider>;

  protected configure(): void {
    const [one, two] = ["schedule", "beside"].map((name) => this.getAttribute(name) ?? "");
    if (isName(one!) && isName(two!)) [this.name1, this.name2] = [one, two];
  }

  protected state(): (number | string)[] {
    const own = this.levels.every((level) => level === DRAWN) ? "" : written(this.levels);
    return [this.name1, this.name2, this.s, ...KNOBS.map(({ key }) => this.options[key]), own];
  }

  protected restore([one = "", two = "", ...rest]: readonly string[]): void {
    const values = KNOBS.map((knob, i) => turned(knob, rest[i + 1] ?? ""));
    const s = Number(rest[0]?.trim() || NaN);
    if (!isName(one) || !isName(two) || !Number.isFinite(s) || !values.every(Number.isFinite)) return;
    [this.name1, this.name2] = [one, two];
    this.options = sound(Object.fromEntries(KNOBS.map(({ key }, i) => [key, values[i]!])) as unknown as Options);
    this.s = within(Math.round(s), [0, this.options.total_steps - 1]);
    this.levels = read(rest[KNOBS.length + 1] ?? "", MOST) ?? this.levels;
  }

  protected build(): Node[] {
    [this.rates, this.losses] = [svg("svg", { role: "img" }), svg("svg", { class: "plot pan", role: "img" })];
    this.rates.addEventListener("pointerdown", () => { this.last = undefined; });
    this.dragged(this.rates, (x, y) => this.point(this.drawn.back.x(x), this.drawn.back.y(y)));
    this.dragged(this.losses, (x) => this.move(this.drawn.back.x(x)));
    this.table = this.chooser();
    this.numbers = html("dl", { class: "numbers" });
    this.says = html("p", { class: "says", role: "status" });
    this.cursor = slider(`${this.name}-s`, { label: "Cursor, step s", min: 0, max: MOST - 1, step: 1 }, (s) => this.move(s));
    this.hand = slider(`${this.name}-hand`, { label: "Your own rate in step s", min: 0, max: LEVELS, step: 1 }, (level) => this.press(this.s, level));
    this.knobs = new Map(KNOBS.map(({ key, ...scale }) => [key, slider(`${this.name}-${key}`, scale, (value) => this.adjust(key, value))]));
    return [
      html("div", { class: "views" }, html("div", {}, this.rates, this.losses, this.numbers),
        html("div", { class: "side-view" }, this.table, ...[...this.knobs.values()].map(({ node }) => node))),
      html("div", { class: "controls even" }, this.cursor.node, this.hand.node, this.says),
    ];
  }

  /** One row for each schedule: which one is designed, and which one stands beside it. */
  private chooser(): HTMLTableElement {
    const radio = (which: string, name: Name, spoken: string) =>
      html("input", { type: "radio", name: `${this.name}-${which}`, value: name, "aria-label": spoken });
    const row = (name: Name) => {
      const words = name === "own" ? "Your own: draw it" : SCHEDULES[name].words;
      return html("tr", {},
        html("th", { scope: "row" }, html("label", { class: "choice" }, radio("one", name, words), html("span", {}, words))),
        html("td", {}, html("label", { class: "choice" }, radio("two", name, `${words}, beside it`))),
        html("td", { class: "num-col" }), html("td", { class: "num-col" }));
    };
    const head = ["Schedule", "Beside", "η(s)", "Loss at the end"].map((words, i) => html("th", { scope: "col", ...(i > 1 ? { class: "num-col" } : {}) }, words));
    const table = html("table", { class: "table values" }, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...NAMES.map(row)));
    table.addEventListener("change", (event) => {
      const { name, value } = event.target as HTMLInputElement;
      if (name.endsWith("-one")) this.name1 = value as Name;
      else this.name2 = value as Name;
      this.changed();
    });
    return table;
  }

  private adjust(key: keyof Options, value: number): void {
    this.options = sound({ ...this.options, [key]: value });
    this.move(this.s);
  }

  private move(s: number): void {
    this.s = within(Math.round(s), [0, this.options.total_steps - 1]);
    this.changed();
  }

  /** Moves the cursor; draws, where it is one's own schedule that is designed. */
  private point(s: number, rate: number): void {
    const at = within(Math.round(s), [0, this.options.total_steps - 1]);
    if (this.name1 !== "own") return this.move(at);
    const [level, from] = [levelOf(rate), this.last ?? at];
    const before = this.levels[from]!;
    for (let k = Math.min(from, at); k <= Math.max(from, at); k++) {
      this.levels[k] = Math.round(from === at ? level : before + ((level - before) * (k - from)) / (at - from));
    }
    this.last = at;
    this.move(at);
  }

  private press(s: number, level: number): void {
    this.levels[s] = level;
    this.changed();
  }

  private ratesOf(name: Name): number[] {
    const one = (s: number) => (name === "own" ? rateOf(this.levels[s]!) : lrAt(s, name, this.options));
    return Array.from({ length: this.options.total_steps }, (_, s) => one(s));
  }

  protected draw(): void {
    const [one, two] = [this.ratesOf(this.name1), this.ratesOf(this.name2)];
    const words = this.words(one, two);
    this.drawControls(one, words);
    this.drawTable();
    this.drawRates(one, two, words);
    this.drawLosses(one, two);
    this.drawNumbers(one);
    this.says.textContent = words;
  }

  /** The rate at the cursor, and what the two losses are there and at the end. */
  private words(one: readonly number[], two: readonly number[]): string {
    const [loss, beside] = [expectedLoss(one), expectedLoss(two)];
    const [name, other] = [SPOKEN[this.name1], SPOKEN[this.name2]];
    const against = (t: number) => (this.name1 === this.name2 ? size(loss[t]!) : `${size(loss[t]!)}, ${other} ${size(beside[t]!)}`);
    return `${name} in step ${this.s}: η = ${size(one[this.s]!)}. Expected loss after it: ${against(this.s + 1)}. After the last step: ${against(one.length)}.`;
  }

  private drawControls(one: readonly number[], words: string): void {
    const shown = new Set<keyof Options>(["total_steps", ...[this.name1, this.name2].flatMap((name) => (name === "own" ? [] : SCHEDULES[name].keys))]);
    this.cursor.node.querySelector("input")!.max = String(this.options.total_steps - 1);
    this.cursor.show(this.s, String(this.s), `Step ${this.s}. ${words}`);
    this.hand.node.hidden = this.name1 !== "own";
    this.hand.show(this.levels[this.s]!, size(rateOf(this.levels[this.s]!)), `${size(one[this.s]!)} in step ${this.s}`);
    for (const [key, { node, show }] of this.knobs) {
      node.hidden = !shown.has(key);
      show(this.options[key], String(this.options[key]));
    }
  }

  private drawTable(): void {
    NAMES.forEach((name, i) => {
      const row = this.table.tBodies[0]!.rows[i]!;
      const [first, second] = row.querySelectorAll("input");
      const rates = this.ratesOf(name);
      [first!.checked, second!.checked] = [name === this.name1, name === this.name2];
      row.cells[2]!.textContent = size(rates[this.s]!);
      row.cells[3]!.textContent = size(expectedLoss(rates).at(-1)!);
    });
  }

  private across(): { range: Range; ticks: number[]; title: string } {
    const T = this.options.total_steps;
    return { range: [0, T - 1], ticks: [0, 10, 20, 30, 40, 50, 60, 70, 80].filter((s) => s < T - 4).concat(T - 1), title: "step s" };
  }

  private drawRates(one: readonly number[], two: readonly number[], words: string): void {
    this.rates.setAttribute("class", this.name1 === "own" ? "plot pinned free" : "plot pinned pan");
    const to = this.drawn = chart(this.rates, 260, this.across(), { range: [0, TOP], ticks: [0, 0.05, 0.1, 0.15, 0.2], title: "η(s)" });
    const line = (rates: readonly number[]) => pathOf(rates.map((rate, s): Pair => [to.x(s), to.y(rate)]));
    const dots = one.map((rate, s) => svg("circle", { cx: to.x(s).toFixed(1), cy: to.y(rate).toFixed(1), r: 2.4 }));
    this.rates.append(
      svg("path", { class: "cursor", d: `M${to.x(this.s)} ${to.y(TOP)}V${to.y(0)}` }),
      svg("path", { class: "ref-line", d: line(two) }),
      svg("path", { class: "you-line", d: line(one) }),
      svg("g", { class: "step-dots" }, ...dots),
      svg("circle", { class: "now", cx: to.x(this.s), cy: to.y(one[this.s]!), r: 6 }),
      label("you", [to.x(one.length - 1), 13], SPOKEN[this.name1], "end"));
    if (this.name1 !== this.name2) this.rates.append(label("ref", [to.x(one.length - 1), 31], SPOKEN[this.name2], "end"));
    this.rates.setAttribute("aria-label", `The learning rate in each step. ${words}`);
  }

  private drawLosses(one: readonly number[], two: readonly number[]): void {
    const to = chart(this.losses, 230, this.across(), { range: LOSS, ticks: [-2, -1, 0, 1, 2], title: "expected loss on a noisy bowl", label: powerOfTen });
    const after = (rates: readonly number[]) => expectedLoss(rates).slice(1);
    const height = (loss: number) => to.y(within(Math.log10(Math.max(loss, 1e-9)), LOSS));
    const line = (rates: readonly number[]) => pathOf(after(rates).map((loss, s): Pair => [to.x(s), height(loss)]));
    this.losses.append(
      svg("path", { class: "cursor", d: `M${to.x(this.s)} ${to.y(LOSS[1])}V${to.y(LOSS[0])}` }),
      svg("path", { class: "ref-line", d: line(two) }),
      svg("path", { class: "you-line bold", d: line(one) }),
      svg("circle", { class: "now", cx: to.x(this.s), cy: height(after(one)[this.s]!), r: 6 }));
    const [loss, beside] = [expectedLoss(one), expectedLoss(two)];
    this.losses.setAttribute("aria-label", `The expected loss after each step on a bowl with curvatures ${CURVATURES.join(" and ")} and noisy gradients. At the end ${SPOKEN[this.name1]}: ${size(loss.at(-1)!)}, ${SPOKEN[this.name2]}: ${size(beside.at(-1)!)}.`);
  }

  private drawNumbers(one: readonly number[]): void {
    const formula = this.name1 === "own" ? "as drawn" : SCHEDULES[this.name1].piece(this.s, this.options);
    const highest = Math.max(...one);
    rows(this.numbers, [
      [`η(${this.s}) =`, formula],
      ["first, last rate", `${size(one[0]!)}, ${size(one.at(-1)!)}`],
      ["highest, in step", `${size(highest)}, ${one.indexOf(highest)}`],
      ["sum of all rates", size(one.reduce((sum, rate) => sum + rate, 0))],
    ]);
  }
}

const isName = (text: string): text is Name => (NAMES as readonly string[]).includes(text);

customElements.define("schedule-figure", ScheduleFigure);
