// <depth-figure act="relu" kind="neither" gain="0.7071" depth="50">: the gradient of every matrix of a deep network at its start,
// as expected for four ways to build it, and as one draw of the weights gives it for the chosen one. Below, what a layer does
// to the activations and to the gradient that passes. Sliders; both plots can be dragged from layer to layer.
import { chart, type Chart, decade, dots, label, type Pair, pathWithin, powerOfTen } from "./chart";
import { type Act, BENDS, drawn, type Expected, expected, measured, type Net, type Sizes } from "./depth-math";
import { html, size, svg } from "./dom";
import { button, choice, type Choice, Figure, finite, rows, ruler, type Slider, slider, within } from "./figure";
import { apart, type Range } from "./plot-scale";

const KINDS = {
  neither: { words: "neither", residual: false, norm: false },
  norm: { words: "normalised", residual: false, norm: true },
  residual: { words: "residual", residual: true, norm: false },
  both: { words: "both", residual: true, norm: true },
};
type Kind = keyof typeof KINDS;

const KIND_NAMES = Object.keys(KINDS) as Kind[];
const ACT_NAMES = Object.keys(BENDS) as Act[];
const POWER: Range = [-2, 2]; // log₂ g
const POWER_STEP = 0.05; // √2 is on the grid
const DEPTH: Range = [2, 100];
const VIEWS: readonly (readonly [Range, readonly number[]])[] = [ // decades up and down, and the ticks: the first that holds all
  [[-10, 10], [-10, -5, 0, 5, 10]],
  [[-20, 20], [-20, -10, 0, 10, 20]],
  [[-42, 42], [-40, -20, 0, 20, 40]],
];
const FLOAT32: Range = [-37.93, 38.53]; // log₁₀ of the smallest normal and of the largest number
const ROOM = 96; // for words at the left end of the lines, where the first layer is
const APART = 17; // of two such words
const FAR = 1e3; // from what a single layer gets: beyond, a gradient has vanished or exploded

/** What this network's first matrix gets, in two sentences. */
export function sentence(net: Net, wide: Expected, draw: Sizes): string {
  const [first, alone] = [wide.dw[0]!, expected({ ...net, depth: 1 }).dw[0]!];
  const sizes = `The first of ${net.depth} matrices gets a gradient of norm ${size(draw.dw[0]!)} in this draw, ${size(first)} expected.`;
  if (first < alone / FAR) return `${sizes} It vanishes: a network of one layer gets ${size(alone)}.`;
  if (first > alone * FAR) return `${sizes} It explodes: a network of one layer gets ${size(alone)}.`;
  return `${sizes} That is a usable size: a network of one layer gets ${size(alone)}.`;
}

class DepthFigure extends Figure {
  protected readonly called = "depth";
  private act: Act = "relu";
  private kind: Kind = "neither";
  private power = -0.5;
  private depth = 50;
  private layer = 25;
  private view = VIEWS[0]!;
  private known: { of: string; wide: Record<Kind, Expected>; draw: Sizes } | undefined;
  private seed = 0;
  private gradients!: SVGElement;
  private passing!: SVGElement;
  private drawnAt: { gradients?: Chart; passing?: Chart } = {};
  private table!: HTMLTableElement;
  private sums!: HTMLElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private gain!: Slider;
  private deep!: Slider;
  private cursor!: Slider;
  private bend!: Choice<Act>;

  private get net(): Net {
    const { residual, norm } = KINDS[this.kind];
    return { act: this.act, residual, norm, gain: 2 ** this.power, depth: this.depth };
  }

  protected configure(): void {
    const [act = "", kind = "", ...numbers] = ["act", "kind", "gain", "depth"].map((name) => this.getAttribute(name) ?? "");
    const [gain, depth] = finite(numbers, 2) ?? [];
    if (gain !== undefined) this.restore([act, kind, String(Math.log2(gain)), String(depth), String(Math.round(depth! / 2)), "0"]);
  }

  protected state(): (number | string)[] {
    return [this.act, this.kind, this.power.toFixed(2), this.depth, this.layer, this.seed];
  }

  protected restore([act = "", kind = "", ...numbers]: readonly string[]): void {
    const [power, depth, layer, seed] = finite(numbers, 4) ?? [];
    if (!(act in BENDS) || !(kind in KINDS) || power === undefined) return;
    [this.act, this.kind, this.seed] = [act as Act, kind as Kind, Math.round(seed!)];
    this.place({ power, depth, layer });
  }

  protected build(): Node[] {
    const plot = () => svg("svg", { class: "plot pan", role: "img" });
    [this.gradients, this.passing] = [plot(), plot()];
    this.dragged(this.gradients, (at) => this.move({ layer: this.drawnAt.gradients!.back.x(at) }));
    this.dragged(this.passing, (at) => this.move({ layer: this.drawnAt.passing!.back.x(at) }));
    this.table = this.chooser();
    [this.sums, this.numbers] = [html("dl", { class: "numbers" }), html("dl", { class: "numbers" })];
    this.says = html("p", { class: "says", role: "status" });
    const gain = { label: "Gain g of the start, variance g²/n", min: POWER[0], max: POWER[1], step: POWER_STEP };
    this.gain = slider(`${this.name}-gain`, gain, (power) => this.move({ power }), marks());
    this.deep = slider(`${this.name}-depth`, { label: "Depth", min: DEPTH[0], max: DEPTH[1], step: 1 }, (depth) => this.move({ depth }));
    this.cursor = slider(`${this.name}-layer`, { label: "Layer k", min: 1, max: DEPTH[1], step: 1 }, (layer) => this.move({ layer }));
    const acts = Object.fromEntries(ACT_NAMES.map((name) => [name, BENDS[name].words])) as Record<Act, string>;
    this.bend = choice(`${this.name}-act`, "Activation f", acts, (act) => this.move({ act }));
    const again = button("Draw again", () => {
      this.seed++;
      this.changed();
    });
    const part = (left: SVGElement, right: Element[], kind: string, ...controls: Element[]) => html("div", { class: "part" },
      html("div", { class: "views" }, html("div", {}, left), html("div", { class: "side-view" }, ...right)),
      html("div", { class: `controls ${kind}` }, ...controls));
    return [
      part(this.gradients, [this.table, this.sums], "even",
        this.gain.node, this.deep.node, this.bend.node, html("div", { class: "actions" }, again), this.says),
      part(this.passing, [this.numbers], "one", this.cursor.node),
    ];
  }

  /** One row for each way to build a layer, with what is expected; the chosen one is drawn. */
  private chooser(): HTMLTableElement {
    const head = ["first layer", "last layer"].map((words) => html("th", { scope: "col", class: "num-col" }, words));
    const body = KIND_NAMES.map((kind) => {
      const radio = html("input", { type: "radio", name: `${this.name}-kind`, value: kind });
      const words = html("label", { class: "choice" }, radio, html("span", {}, KINDS[kind].words));
      return html("tr", {}, html("th", { scope: "row" }, words), html("td", { class: "num-col" }), html("td", { class: "num-col" }));
    });
    const table = html("table", { class: "table values" },
      html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "Expected norm"), ...head)), html("tbody", {}, ...body));
    table.addEventListener("change", (event) => this.move({ kind: (event.target as HTMLInputElement).value as Kind }));
    return table;
  }

  private place({ power = this.power, depth = this.depth, layer = this.layer }): void {
    this.power = within(Math.round(power / POWER_STEP) * POWER_STEP, POWER);
    this.depth = within(Math.round(depth), DEPTH);
    this.layer = within(Math.round(layer), [1, this.depth]);
  }

  private move(to: { act?: Act; kind?: Kind; power?: number; depth?: number; layer?: number }): void {
    [this.act, this.kind] = [to.act ?? this.act, to.kind ?? this.kind];
    this.place(to);
    this.changed();
  }

  /** What is expected of each way, and what the draw gives; computed anew only when more than the cursor has moved. */
  private sizes(): { wide: Record<Kind, Expected>; draw: Sizes } {
    const { net } = this;
    const of = JSON.stringify([net, this.seed]);
    if (this.known?.of !== of) {
      const wide = Object.fromEntries(KIND_NAMES.map((kind) => {
        const { residual, norm } = KINDS[kind];
        return [kind, expected({ ...net, residual, norm })];
      })) as Record<Kind, Expected>;
      this.known = { of, wide, draw: measured(net, drawn(this.seed, net.depth)) };
    }
    return this.known;
  }

  protected draw(): void {
    const { net } = this;
    const { wide, draw } = this.sizes();
    const words = sentence(net, wide[this.kind], draw);
    const logs = [...KIND_NAMES.map((kind) => wide[kind].dw), draw.h, draw.dh].flat().map((v) => Math.abs(Math.log10(v)));
    this.view = VIEWS.find(([[, most]]) => Math.max(...logs) <= most) ?? VIEWS.at(-1)!;
    this.says.textContent = words;
    this.gain.show(this.power, net.gain.toFixed(2), `g = ${net.gain.toFixed(2)}. ${words}`);
    this.deep.show(net.depth, String(net.depth), `${net.depth} layers. ${words}`);
    this.bend.show(this.act);
    this.drawTable(wide);
    this.drawGradients(wide, draw, words);
    this.drawPassing(wide[this.kind], draw);
  }

  private drawTable(wide: Record<Kind, Expected>): void {
    [...this.table.tBodies[0]!.rows].forEach((row, i) => {
      const kind = KIND_NAMES[i]!;
      row.querySelector("input")!.checked = kind === this.kind;
      row.cells[1]!.textContent = size(wide[kind].dw[0]!);
      row.cells[2]!.textContent = size(wide[kind].dw.at(-1)!);
    });
    rows(this.sums, [["hₖ", forward(this.net)], ["𝔼 dhₖ₋₁²", `(${backward(this.net)}) 𝔼 dhₖ²`]]);
  }

  /** The axes of both plots: layers across, decades up, float32's ends dotted, and the cursor. */
  private frame(plot: SVGElement, first: number, title: string): Chart {
    const width = plot.getBoundingClientRect().width;
    const part = ROOM / Math.max(120, width - ROOM - 58); // of the lines' length, for the words beside them
    const across: Range = [first - part * (this.depth - first), this.depth];
    const [decades, ticks] = this.view;
    const to = chart(plot, 300, { range: across, ticks: layers(first, this.depth), title: "" }, { range: decades, ticks, title, label: powerOfTen });
    const [left, right] = [to.x(first), to.x(this.depth)];
    plot.append(
      ...FLOAT32.filter((end) => end > decades[0] && end < decades[1]).map((end) => svg("path", { class: "bound", d: `M${left} ${to.y(end)}H${right}` })),
      svg("text", { class: "axis end", x: right, y: to.height - 3 }, "layer k"),
      svg("path", { class: "cursor", d: `M${to.x(this.layer)} ${to.y(decades[0])}V${to.y(decades[1])}` }));
    return to;
  }

  /** The line of a size for each layer from the first, as far as the decades go, and the ring at the cursor's layer. */
  private line(to: Chart, first: number, values: readonly number[]): { path: string; seen: Pair[]; ring: SVGElement[]; start: number } {
    const [top, base] = [to.y(this.view[0][1]), to.y(this.view[0][0])];
    const points = values.map((v, i): Pair => [to.x(i + first), to.y(decade(v))]);
    const shown = ([, y]: Pair) => y >= top && y <= base;
    const ring = points.slice(this.layer - first, this.layer - first + 1).filter(shown).map(([cx, cy]) => svg("circle", { class: "now", cx, cy, r: first ? 6 : 5 }));
    return { path: pathWithin(points, [top, base]), seen: points.filter(shown), ring, start: within(points[0]![1], [top, base]) };
  }

  /** Beside the start of a line; an arrow says that the line is further up or down than the plot goes. */
  private words(text: string, start: number): string {
    const [low, high] = this.view[0];
    return decade(start) > high ? `${text} ↑` : decade(start) < low ? `${text} ↓` : text;
  }

  /** Where words may stand. */
  private inside(to: Chart): Range {
    const [low, high] = this.view[0];
    return [to.y(high) + 8, to.y(low) - 8];
  }

  private drawGradients(wide: Record<Kind, Expected>, draw: Sizes, words: string): void {
    const to = this.drawnAt.gradients = this.frame(this.gradients, 1, "norm of the gradient of Wₖ");
    const lines = KIND_NAMES.map((kind) => this.line(to, 1, wide[kind].dw));
    const ends = lines.map(({ start }) => start);
    const placed = apart(ends, APART, this.inside(to));
    const own = this.line(to, 1, draw.dw);
    const chosen = KIND_NAMES.indexOf(this.kind);
    this.gradients.append(
      ...(FLOAT32[1] < this.view[0][1] ? [label("small", [to.x(1) + 6, to.y(FLOAT32[1]) + 17], "above: too large for float32")] : []),
      ...lines.filter((_, i) => i !== chosen).map(({ path }) => svg("path", { class: "other-line", d: path })),
      svg("path", { class: "you-line", d: own.path }),
      dots("draw", own.seen, this.depth > 60 ? 2 : 3),
      svg("path", { class: "ref-line", d: lines[chosen]!.path }),
      ...own.ring,
      ...KIND_NAMES.flatMap((kind, i) => [
        svg("path", { class: "leader", d: `M${to.x(1) - 5} ${ends[i]}L${to.x(1) - 14} ${placed[i]}` }),
        label(kind === this.kind ? "you" : "", [to.x(1) - 17, placed[i]! + 4.5], this.words(KINDS[kind].words, wide[kind].dw[0]!), "end"),
      ]));
    const k = this.layer;
    const others = KIND_NAMES.map((kind) => `${KINDS[kind].words} ${size(wide[kind].dw[0]!)}`).join(", ");
    this.gradients.setAttribute("aria-label",
      `The norm of the gradient of each matrix, ${BENDS[this.act].words === "none" ? "without activation" : BENDS[this.act].words}, ${KINDS[this.kind].words}. ${words} In layer ${k}: ${size(draw.dw[k - 1]!)}. Expected in the first layer: ${others}.`);
  }

  private drawPassing(wide: Expected, draw: Sizes): void {
    const to = this.drawnAt.passing = this.frame(this.passing, 0, "root mean square of hₖ and of dhₖ");
    const [ups, downs] = [this.line(to, 0, draw.h), this.line(to, 0, draw.dh)];
    const placed = apart([ups.start, downs.start], APART, this.inside(to));
    const k = this.layer;
    this.passing.append(
      svg("path", { class: "third-line", d: ups.path }),
      svg("path", { class: "fourth-line", d: downs.path }),
      ...ups.ring, ...downs.ring,
      label("third", [to.x(0) - 10, placed[0]! + 4.5], this.words("hₖ, upwards", draw.h[0]!), "end"),
      label("", [to.x(0) - 10, placed[1]! + 4.5], this.words("dhₖ, back", draw.dh[0]!), "end"));
    const { value, slope } = wide.moments[k - 1]!;
    this.cursor.show(k, String(k), `layer ${k}: hₖ ${size(draw.h[k]!)}, dhₖ ${size(draw.dh[k]!)}`);
    this.cursor.node.querySelector("input")!.max = String(this.depth);
    rows(this.numbers, [
      [`root mean square of h, layer ${k - 1}`, size(draw.h[k - 1]!)],
      ["𝔼 f²", size(value)],
      ["𝔼 f′²", size(slope)],
      [`factor ${backward(this.net)}`, size(wide.factor[k - 1]!)],
      [`root mean square of dh, layer ${k}`, size(draw.dh[k]!)],
      [`norm of dW, layer ${k}`, size(draw.dw[k - 1]!)],
      ["expected", size(wide.dw[k - 1]!)],
    ]);
    this.passing.setAttribute("aria-label",
      `Root mean squares in this draw. Activations: ${size(draw.h[0]!)} at the input, ${size(draw.h[k]!)} in layer ${k}, ${size(draw.h.at(-1)!)} at the end. Gradients: ${size(draw.dh.at(-1)!)} at the end, ${size(draw.dh[k]!)} in layer ${k}, ${size(draw.dh[0]!)} at the input.`);
  }
}

/** At most six round ticks from the first layer to the last. */
function layers(first: number, depth: number): number[] {
  const every = [1, 2, 5, 10, 20, 25].find((step) => depth / step <= 5) ?? 25;
  return [...new Set([first, ...Array.from({ length: Math.floor(depth / every) }, (_, i) => (i + 1) * every)])];
}

function forward({ act, residual, norm }: Net): string {
  const input = norm ? "LN hₖ₋₁" : "hₖ₋₁";
  const bent = act === "none" ? input : `f(${input})`;
  return `${residual ? "hₖ₋₁ + " : ""}Wₖ ${bent}`;
}

const backward = ({ act, residual, norm }: Net): string => `${residual ? "1 + " : ""}g²${act === "none" ? "" : " 𝔼 f′²"}${norm ? "/𝔼 hₖ₋₁²" : ""}`;

function marks(): SVGElement {
  const at = (gain: number) => (Math.log2(gain) - POWER[0]) / (POWER[1] - POWER[0]);
  return ruler([
    { at: 0, words: ["¼"] }, { at: at(0.5), words: ["½"] }, { at: at(1), words: ["1"] },
    { at: at(Math.SQRT2), words: ["√2, He"] }, { at: at(2), words: ["2"], dx: 4 }, { at: 1, words: ["4"] },
  ]);
}

customElements.define("depth-figure", DepthFigure);
