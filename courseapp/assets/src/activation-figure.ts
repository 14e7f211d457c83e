// <activation-figure f="gelu" x="-1" tail="12">: an activation with its tangent, below it the derivative, and the relative
// error of sigmoids in float32. Sliders for both cursors; the plots can be dragged.
import { type Activation, ACTIVATIONS, type Tail, tailError, TAILS } from "./activation-math";
import { chart, type Chart, dots, label, type Pair, pathOf, powerOfTen } from "./chart";
import { fixed, html, size, svg } from "./dom";
import { Figure, finite, rows, type Slider, slider, within } from "./figure";
import type { Range } from "./plot-scale";

const X: Range = [-6, 6];
const TAIL: Range = [-110, 110];
const F: Range = [-1, 4];
const SLOPE: Range = [-0.25, 1.25];
const ERROR: Range = [-9, 0.6];
const STEP = 0.05;
const REACH = 1.6; // of the tangent, to each side
const TAIL_NAMES = Object.keys(TAILS) as Tail[];
const TAIL_KIND: Record<Tail, string> = { naive: "you", quotient: "fourth", slope: "third", stable: "ref" };
const NAMES = Object.keys(ACTIVATIONS) as Activation[];

const grid = ([low, high]: Range, count: number): number[] => Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);

/** f′ at the cursor in words: a number, or what holds at a kink. */
export function slopeWords(name: Activation, x: number): string {
  const { slope, kink } = ACTIVATIONS[name];
  if (x === 0 && kink) return `undefined; any value from ${kink[0]} to ${kink[1]} is a subgradient, frameworks take ${kink[0]}`;
  return fixed(slope(x), 4);
}

/** What float32 makes of σ at x, formula by formula. */
export function tailWords(x: number): string {
  return TAIL_NAMES.map((tail) => {
    const [value, error] = [TAILS[tail].value(x), tailError(tail, x)];
    return `${TAILS[tail].words}: ${size(value)}, ${Number.isNaN(error) ? "not a number" : `error ${size(error)}`}`;
  }).join("; ");
}

/** The largest error near each x: single errors jump about with the last bit. No point where there is no number. */
const worst = Object.fromEntries(TAIL_NAMES.map((tail) => [tail, grid(TAIL, 220).flatMap((x): Pair[] => {
  const error = Math.max(...grid([x - 1, x + 1], 12).map((near) => tailError(tail, near)));
  return Number.isNaN(error) ? [] : [[x, error]];
})])) as Record<Tail, Pair[]>;

class ActivationFigure extends Figure {
  protected readonly called = "activation";
  private f: Activation = "gelu";
  private x = -1;
  private tail = 12;
  private value!: SVGElement;
  private slope!: SVGElement;
  private errors!: SVGElement;
  private drawn: { value?: Chart; errors?: Chart } = {};
  private table!: HTMLTableElement;
  private formulas!: HTMLElement;
  private tails!: HTMLElement;
  private says!: HTMLElement;
  private cursor!: Slider;
  private far!: Slider;

  protected configure(): void {
    this.restore(["f", "x", "tail"].map((name) => this.getAttribute(name) ?? ""));
  }

  protected state(): (number | string)[] {
    return [this.f, this.x.toFixed(2), this.tail.toFixed(1)];
  }

  protected restore([f = "", ...numbers]: readonly string[]): void {
    const [x, tail] = finite(numbers, 2) ?? [];
    if (!(f in ACTIVATIONS) || x === undefined || tail === undefined) return;
    [this.f, this.x, this.tail] = [f as Activation, within(x, X), within(tail, TAIL)];
  }

  protected build(): Node[] {
    const plot = () => svg("svg", { class: "plot pan", role: "img" });
    [this.value, this.slope, this.errors] = [plot(), plot(), plot()];
    this.value.classList.add("pinned");
    for (const one of [this.value, this.slope]) this.dragged(one, (at) => this.move({ x: this.drawn.value!.back.x(at) }));
    this.dragged(this.errors, (at) => this.move({ tail: this.drawn.errors!.back.x(at) }));
    this.formulas = html("dl", { class: "numbers" });
    this.tails = html("dl", { class: "numbers" });
    this.says = html("p", { class: "says", role: "status" });
    this.cursor = slider(`${this.name}-x`, { label: "Cursor x", min: X[0], max: X[1], step: STEP }, (x) => this.move({ x }));
    this.far = slider(`${this.name}-tail`, { label: "Cursor x in the tails of σ", min: TAIL[0], max: TAIL[1], step: 0.5 }, (tail) => this.move({ tail }));
    this.table = this.chooser();
    const part = (left: SVGElement[], right: Element[], ...controls: Element[]) => html("div", { class: "part" },
      html("div", { class: "views" }, html("div", {}, ...left), html("div", { class: "side-view" }, ...right)),
      html("div", { class: "controls one" }, ...controls));
    return [
      part([this.value, this.slope], [this.table, this.formulas], this.cursor.node, this.says),
      part([this.errors], [this.tails], this.far.node),
    ];
  }

  /** One row for each function, with its values at the cursor; the chosen one is drawn. */
  private chooser(): HTMLTableElement {
    const head = ["f(x)", "f′(x)"].map((words) => html("th", { scope: "col", class: "num-col" }, words));
    const body = NAMES.map((name) => {
      const radio = html("input", { type: "radio", name: `${this.name}-f`, value: name });
      const words = html("label", { class: "choice" }, radio, html("span", {}, ACTIVATIONS[name].words));
      return html("tr", {}, html("th", { scope: "row" }, words), html("td", { class: "num-col" }), html("td", { class: "num-col" }));
    });
    const table = html("table", { class: "table values" },
      html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "Function f"), ...head)), html("tbody", {}, ...body));
    table.addEventListener("change", (event) => this.move({ f: (event.target as HTMLInputElement).value as Activation }));
    return table;
  }

  private move({ f = this.f, x = this.x, tail = this.tail }: { f?: Activation; x?: number; tail?: number }): void {
    // + 0 turns a negative zero into zero
    [this.f, this.x, this.tail] = [f, within(Math.round(x / STEP) * STEP, X) + 0, within(Math.round(2 * tail) / 2, TAIL) + 0];
    this.changed();
  }

  protected draw(): void {
    const { words, f, formula, slopeFormula, used } = ACTIVATIONS[this.f];
    const at = fixed(this.x, 2);
    this.cursor.show(this.x, at, `x = ${at}, f = ${fixed(f(this.x), 4)}, f′ = ${slopeWords(this.f, this.x)}`);
    this.far.show(this.tail, fixed(this.tail, 1), `x = ${fixed(this.tail, 1)}. ${tailWords(this.tail)}`);
    const sentence = `${words} at x = ${at}: f = ${fixed(f(this.x), 4)}, f′ = ${slopeWords(this.f, this.x)}.`;
    this.says.textContent = sentence;
    rows(this.formulas, [["f(x)", formula], ["f′(x)", slopeFormula], ["used in", used]]);
    this.drawTable();
    this.drawFunction(sentence);
    this.drawTails();
  }

  private drawTable(): void {
    [...this.table.tBodies[0]!.rows].forEach((row, i) => {
      const { f, slope, kink } = ACTIVATIONS[NAMES[i]!];
      row.querySelector("input")!.checked = NAMES[i] === this.f;
      row.cells[1]!.textContent = fixed(f(this.x), 4);
      row.cells[2]!.textContent = this.x === 0 && kink ? `${kink[0]} … ${kink[1]}` : fixed(slope(this.x), 4);
    });
  }

  private drawFunction(sentence: string): void {
    const { f, slope, kink } = ACTIVATIONS[this.f];
    const across = { range: X, ticks: [-6, -4, -2, 0, 2, 4, 6], title: "x" };
    const top = this.drawn.value = chart(this.value, 280, across, { range: F, ticks: [-1, 0, 1, 2, 3, 4], title: "f(x)" });
    const low = chart(this.slope, 220, across, { range: SLOPE, ticks: [0, 0.5, 1], title: "f′(x)" });
    const curve = (to: Chart, g: (x: number) => number, on: Range): string =>
      pathOf(grid(on, 240).map((x): Pair => [to.x(x), g(x)]).filter(([, y]) => y <= (to === top ? F[1] : 9)).map(([x, y]): Pair => [x, to.y(y)]));
    const upright = (to: Chart, range: Range) => svg("path", { class: "cursor", d: `M${to.x(this.x)} ${to.y(range[0])}V${to.y(range[1])}` });
    const now = (to: Chart, y: number) => svg("circle", { class: "now", cx: to.x(this.x), cy: to.y(y), r: 6 });
    this.value.append(upright(top, F), ...this.tangent(top), svg("path", { class: "you-line bold", d: curve(top, f, X) }));
    if (f(this.x) <= F[1]) this.value.append(now(top, f(this.x)));
    const parts: Range[] = kink ? [[X[0], -1e-9], [1e-9, X[1]]] : [X];
    this.slope.append(upright(low, SLOPE), ...parts.map((part) => svg("path", { class: "third-line solid", d: curve(low, slope, part) })));
    if (kink) this.slope.append(dots("third", kink.map((y): Pair => [low.x(0), low.y(y)]), 4));
    if (!(kink && this.x === 0)) this.slope.append(now(low, slope(this.x)));
    this.value.setAttribute("aria-label", `The function with its tangent. ${sentence}`);
    this.slope.setAttribute("aria-label", `The derivative. ${sentence}`);
  }

  /** The line through the point at the cursor with slope f′, cut to the frame; at a kink one for each side. */
  private tangent(to: Chart): SVGElement[] {
    const { f, slope, kink } = ACTIVATIONS[this.f];
    const slopes = this.x === 0 && kink ? kink : [slope(this.x)];
    const ends = [this.x - REACH, this.x + REACH].map((x) => within(x, X));
    return slopes.map((m) => {
      const inside = grid(ends as [number, number], 60).map((x): Pair => [x, f(this.x) + m * (x - this.x)]).filter(([, y]) => y >= F[0] && y <= F[1]);
      return svg("path", { class: "third-line", d: inside.length ? pathOf(inside.map(([x, y]) => [to.x(x), to.y(y)])) : "" });
    });
  }

  private drawTails(): void {
    const to = this.drawn.errors = chart(this.errors, 280,
      { range: TAIL, ticks: [-100, -50, 0, 50, 100], title: "x" },
      { range: ERROR, ticks: [-8, -6, -4, -2, 0], title: "relative error in float32", label: powerOfTen });
    this.errors.append(svg("path", { class: "cursor", d: `M${to.x(this.tail)} ${to.y(ERROR[1])}V${to.y(ERROR[0])}` }));
    for (const tail of TAIL_NAMES) {
      const points = worst[tail].map(([x, error]): Pair => [to.x(x), to.y(within(Math.log10(error), ERROR))]);
      this.errors.append(svg("path", { class: `${TAIL_KIND[tail]}-line`, d: pathOf(points) }));
      const error = tailError(tail, this.tail);
      if (!Number.isNaN(error)) this.errors.append(svg("circle", { class: "now", cx: to.x(this.tail), cy: to.y(within(Math.log10(error), ERROR)), r: 5 }));
    }
    this.errors.append(
      label("you", [to.x(-86), to.y(-1.2)], "1/(1 + e⁻ˣ)"),
      label("third", [to.x(22), to.y(-1.2)], "σ(1 − σ)"),
      label("ref", [to.x(-60), to.y(-6.2)], "by exp(−|x|)"),
      ...["eˣ/(1 + eˣ):", "NaN past 88"].map((words, line) => label("", [to.x(TAIL[1]), to.y(-5) + 19 * line], words, "end")));
    rows(this.tails, TAIL_NAMES.map((tail) => [TAILS[tail].words, tailValue(tail, this.tail)] as const));
    this.errors.setAttribute("aria-label", `Relative error of formulas for the sigmoid in float32. At x = ${fixed(this.tail, 1)}: ${tailWords(this.tail)}.`);
  }
}

function tailValue(tail: Tail, x: number): string {
  const error = tailError(tail, x);
  return Number.isNaN(error) ? "NaN" : `${size(TAILS[tail].value(x))}, error ${size(error)}`;
}

customElements.define("activation-figure", ActivationFigure);
