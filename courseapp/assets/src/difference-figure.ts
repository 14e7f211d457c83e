// <difference-figure f="sin" x="1" h="1e-5">: the error of the central difference against its step h, in float32 and float64,
// with the two bounds that make the V. Sliders for h and x; the plot can be dragged.
import { chart, type Chart, label, minimumMark, type Pair, pathOf, powerOfTen } from "./chart";
import { best, bound, centralDifference, DTYPES, type Dtype, exact, EXAMPLES, type Name, relativeError } from "./difference-math";
import { html, size, svg, withPower } from "./dom";
import { choice, type Choice, Figure, finite, type Slider, slider, within } from "./figure";
import type { Range } from "./plot-scale";

const H: Range = [-12, 2]; // powers of ten
const X: Range = [-3, 3];
const ERROR: Range = [-14, 2];
const STEP = 0.05;
const SAMPLE = 0.25;
const KIND: Record<Dtype, string> = { float32: "you", float64: "third" };

const clamped = (error: number): number => within(Math.log10(error), ERROR);
const tenTo = (power: number): number => Number((10 ** power).toPrecision(12));
/** A step or a point in two digits, in full where that is short. */
const short = (v: number): string => (v >= 0.01 && v < 1e4 ? String(Number(v.toPrecision(3))) : size(v));

/** What decides the error at this h. */
export function side(name: Name, x: number, h: number, dtype: Dtype): string {
  const error = relativeError(name, x, h, dtype);
  if (Number.isNaN(error)) return `${dtype}: h reaches past 0, where ln has no value.`;
  if (centralDifference(name, x, h, dtype) === 0) return `${dtype}: x + h and x − h give the same value, so the difference is 0 and nothing is right.`;
  const { truncation, rounding } = bound(name, x, h, dtype);
  return error === 0 ? `${dtype}: no error at all here.` : `${dtype}: error ${size(error)}; ${reason(truncation, rounding)}.`;
}

function reason(truncation: number, rounding: number): string {
  if (truncation > 10 * rounding) return truncation < 0.1 ? "truncation decides: a tenth of h leaves a hundredth of it" : "truncation decides: h is too large";
  if (rounding > 10 * truncation) return "rounding decides: a larger h helps";
  return "truncation and rounding are about the same, at the bottom of the V";
}

class DifferenceFigure extends Figure {
  protected readonly called = "difference";
  private f: Name = "sin";
  private x = 0; // powers of ten
  private h = -5;
  private plot!: SVGElement;
  private drawn!: Chart;
  private table!: HTMLTableElement;
  private says!: HTMLElement;
  private step!: Slider;
  private point!: Slider;
  private example!: Choice<Name>;

  protected configure(): void {
    const power = (name: string) => Math.log10(Number(this.getAttribute(name)));
    this.restore([this.getAttribute("f") ?? this.f, String(power("x")), String(power("h"))]);
  }

  protected state(): (number | string)[] {
    return [this.f, this.x.toFixed(2), this.h.toFixed(2)];
  }

  protected restore([f = "", ...powers]: readonly string[]): void {
    const [x, h] = finite(powers, 2) ?? [];
    if (!(f in EXAMPLES) || x === undefined || h === undefined) return;
    [this.f, this.x, this.h] = [f as Name, within(x, X), within(h, H)];
  }

  protected build(): Node[] {
    this.plot = svg("svg", { class: "plot pan", role: "img" });
    this.dragged(this.plot, (at) => this.move({ h: this.drawn.back.x(at) }));
    this.table = html("table", { class: "table values" });
    this.says = html("p", { class: "says", role: "status" });
    const scale = (words: string, [min, max]: Range) => ({ label: words, min, max, step: STEP });
    this.step = slider(`${this.name}-h`, scale("Step h", H), (h) => this.move({ h }));
    this.point = slider(`${this.name}-x`, scale("Point x", X), (x) => this.move({ x }));
    const names = Object.fromEntries(Object.entries(EXAMPLES).map(([name, { words }]) => [name, words])) as Record<Name, string>;
    this.example = choice(`${this.name}-f`, "Function f", names, (f) => this.move({ f }));
    return [
      html("div", { class: "views" }, html("div", {}, this.plot), html("div", { class: "side-view" }, this.table)),
      html("div", { class: "controls even" }, this.step.node, this.point.node, this.example.node, this.says),
    ];
  }

  private move({ f = this.f, x = this.x, h = this.h }: { f?: Name; x?: number; h?: number }): void {
    const onGrid = (power: number) => Math.round(power / STEP) * STEP;
    [this.f, this.x, this.h] = [f, within(onGrid(x), X), within(onGrid(h), H)];
    this.changed();
  }

  protected draw(): void {
    const [x, h] = [tenTo(this.x), tenTo(this.h)];
    this.step.show(this.h, short(h), `h = ${short(h)}`);
    this.point.show(this.x, short(x), `x = ${short(x)}`);
    this.example.show(this.f);
    this.drawPlot(x, h);
    this.drawTable(x, h);
    const words = DTYPES.map((dtype) => side(this.f, x, h, dtype)).join(" ");
    this.says.textContent = words;
    this.plot.setAttribute("aria-label", `Relative error of the central difference of ${EXAMPLES[this.f].words} at ${short(x)} against h. At h = ${short(h)}: ${words}`);
  }

  private drawPlot(x: number, h: number): void {
    const narrow = this.plot.getBoundingClientRect().width < 480;
    const every = ([low, high]: Range, by: number) => Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, i) => low + i * by);
    const to = this.drawn = chart(this.plot, narrow ? 330 : 410,
      { range: H, ticks: every(H, narrow ? 4 : 2), title: "step h", label: powerOfTen },
      { range: ERROR, ticks: every(ERROR, 2), title: "relative error", label: powerOfTen });
    const samples = Array.from({ length: Math.round((H[1] - H[0]) / SAMPLE) + 1 }, (_, i) => H[0] + i * SAMPLE);
    this.plot.append(svg("path", { class: "cursor", d: `M${to.x(this.h)} ${to.y(ERROR[1])}V${to.y(ERROR[0])}` }));
    for (const dtype of DTYPES) this.plot.append(...this.bounds(x, dtype, to));
    for (const dtype of DTYPES.toReversed()) this.plot.append(...this.measured(x, samples, dtype, to));
    this.plot.append(...this.words(x, to), ...this.now(x, h, to));
  }

  /** The two legs of the V, and the mark at its bottom. */
  private bounds(x: number, dtype: Dtype, to: Chart): SVGElement[] {
    const leg = (kind: "truncation" | "rounding") => {
      const [one, slope] = [Math.log10(bound(this.f, x, 1, dtype)[kind]), kind === "truncation" ? 2 : -1];
      if (!Number.isFinite(one)) return [];
      const ends = ERROR.map((error) => (error - one) / slope).concat(H).map((power) => within(power, H));
      const inside = ends.filter((power) => { const e = one + slope * power; return e >= ERROR[0] - 1e-9 && e <= ERROR[1] + 1e-9; });
      const line = [Math.min(...inside), Math.max(...inside)].map((power): Pair => [to.x(power), to.y(one + slope * power)]);
      return inside.length > 1 ? [svg("path", { class: "bound", d: pathOf(line) })] : [];
    };
    const least = best(this.f, x, dtype);
    const mark = least && least.h < tenTo(H[1]) ? [minimumMark([to.x(Math.log10(least.h)), to.y(clamped(least.error))])] : [];
    return [...(dtype === "float32" ? leg("truncation") : []), ...leg("rounding"), ...mark];
  }

  private measured(x: number, samples: readonly number[], dtype: Dtype, to: Chart): SVGElement[] {
    const errors = samples.map((power): Pair => [power, relativeError(this.f, x, tenTo(power), dtype)])
      .filter(([, error]) => !Number.isNaN(error));
    const points = errors.map(([power, error]): Pair => [to.x(power), to.y(clamped(error))]);
    const shape = ([cx, cy]: Pair) => dtype === "float32"
      ? svg("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 3.2 })
      : svg("rect", { x: (cx - 2.8).toFixed(1), y: (cy - 2.8).toFixed(1), width: 5.6, height: 5.6 });
    const line = points.filter((_, k) => errors[k]![1] !== 0); // no line leads to an error of 0, infinitely far below
    return [svg("path", { class: `${KIND[dtype]}-line`, d: pathOf(line) }), svg("g", { class: `${KIND[dtype]}-dots` }, ...points.map(shape))];
  }

  /** The names, float32 above its rounding leg and float64 well below its own: between them the two can meet. */
  private words(x: number, to: Chart): SVGElement[] {
    const height = (power: number, dtype: Dtype) => Math.log10(bound(this.f, x, tenTo(power), dtype).rounding);
    const [upper, lower] = [to.y(Math.min(ERROR[1], height(-8, "float32"))) - 12, to.y(Math.max(ERROR[0] + 1, height(-11.8, "float64") - 4.5))];
    return [label(KIND.float32, [to.x(-8) + 6, Math.max(to.y(ERROR[1]) + 16, upper)], "float32"), label(KIND.float64, [to.x(-11.8), lower], "float64")];
  }

  /** Rings where the cursor meets the two curves. */
  private now(x: number, h: number, to: Chart): SVGElement[] {
    return DTYPES.map((dtype) => relativeError(this.f, x, h, dtype)).filter((error) => !Number.isNaN(error))
      .map((error) => svg("circle", { class: "now", cx: to.x(this.h), cy: to.y(clamped(error)), r: 7 }));
  }

  private drawTable(x: number, h: number): void {
    const digits: Record<Dtype, number> = { float32: 8, float64: 12 };
    const number = (v: number, dtype: Dtype) => (Number.isNaN(v) ? "none" : withPower(v.toPrecision(digits[dtype])));
    const error = (v: number) => (Number.isNaN(v) ? "none" : size(v));
    const lines: [string, (dtype: Dtype) => string][] = [
      ["(f(x+h) − f(x−h)) / 2h", (dtype) => number(centralDifference(this.f, x, h, dtype), dtype)],
      ["f′(x)", (dtype) => number(exact(this.f, x, dtype), dtype)],
      ["relative error", (dtype) => error(relativeError(this.f, x, h, dtype))],
      ["h²|f‴| / 6|f′|", (dtype) => size(bound(this.f, x, h, dtype).truncation)],
      ["ε(|f| + |x f′|) / 2h|f′|", (dtype) => size(bound(this.f, x, h, dtype).rounding)],
      ["best h", (dtype) => short(best(this.f, x, dtype)?.h ?? Infinity)],
      ["bound there", (dtype) => size(best(this.f, x, dtype)?.error ?? 0)],
    ];
    const cell = (text: string) => html("td", { class: "num-col" }, text);
    this.table.replaceChildren(
      html("thead", {}, html("tr", {}, html("td"), ...DTYPES.map((dtype) => html("th", { scope: "col", class: "num-col" }, dtype)))),
      html("tbody", {}, ...lines.map(([name, value]) =>
        html("tr", {}, html("th", { scope: "row" }, name), ...DTYPES.map((dtype) => cell(value(dtype)))))),
    );
  }
}

customElements.define("difference-figure", DifferenceFigure);
