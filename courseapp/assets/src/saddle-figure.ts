// <saddle-figure method="sgd" flat="0.01" turn="0" start="1,0.001" step="200">: four optimizers on a valley with a saddle, seen
// from above and as loss against steps. One is followed, in orange. Sliders; the start can be dragged, by arrow keys too.
import { fromView, toView, type View } from "./bowl";
import { chart, dots, label, minimumMark, type Pair, pathOf } from "./chart";
import { counted, fixed, html, size, svg } from "./dom";
import { button, choice, type Choice, Figure, finite, rows, type Slider, slider, within } from "./figure";
import type { Range } from "./plot-scale";
import {
  curvatures, leaves, LEFT_AT, level, loss, type Method, METHODS, slopes, stepsToGrow, threshold, turned, type Walk, walk,
} from "./saddle-math";

type Flat = "0.01" | "0.1" | "0.5";
type Noise = "0" | "0.001" | "0.01";

const NAMES = Object.keys(METHODS) as Method[];
const FLATS: Record<Flat, string> = { "0.01": "−0.01", "0.1": "−0.1", "0.5": "−0.5" };
const NOISES: Record<Noise, string> = { "0": "off", "0.001": "0.001", "0.01": "0.01" };
const STEPS = 1500;
const DIAL = 100; // positions of the slider for the step: by single steps at first, by many at the end
const FRAMES = 40; // of a run
const TURN: Range = [0, 90];
const LR: Range = [0.05, 1.9];
const ADAPTIVE: Range = [0.001, 0.05];
const VIEW: View = { x: [-1.95, 1.95], y: [-1.3, 1.3], w: 660, h: 440 };
const REACH = 1.25; // of the start, to each side
const ON_THE_RIDGE = 0.015; // so near counts as on it
const NUDGES: Record<string, Pair> = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
const ABOVE = [0.002, 0.02, 0.08, 0.2, 0.4, 0.7, 1.1, 1.6]; // levels of the loss, above the saddle and, in parts of λ, below
const BELOW = [-0.06, -0.14, -0.21];
const UNITS: Range = [-0.3, 0.3]; // of the loss, in parts of λ

const SYMBOLS: Record<Method, string> = { // drawn where a method is now
  sgd: "M-4 -4H4V4H-4Z", momentum: "M0 -5L5 4H-5Z", rmsprop: "M0 5L5 -4H-5Z", adam: "M0 -5.5L5.5 0L0 5.5L-5.5 0Z",
};

const stepAt = (place: number): number => Math.round(place + (STEPS - DIAL) * (place / DIAL) ** 2);

/** Where the slider stands for a step. */
function placeOf(step: number): number {
  const bend = (STEPS - DIAL) / DIAL ** 2;
  return (Math.sqrt(1 + 4 * bend * step) - 1) / (2 * bend);
}

const SMALLEST = 1e-12; // below, a number is as good as 0

const short = (v: number): string => (v !== 0 && Math.abs(v) < SMALLEST ? "≈ 0" : Math.abs(v) < 0.1 ? size(v) : fixed(v, 2));
const point = (w: Pair): string => `(${w.map(short).join(", ")})`;

/** Where the followed method stands, and who has left when, in two sentences. */
export function sentence(followed: Method, step: number, left: Record<Method, number | undefined>): string {
  const since = left[followed];
  const after = `After ${counted(step)} ${METHODS[followed]}`;
  const others = NAMES.filter((name) => name !== followed)
    .map((name) => `${METHODS[name]} ${left[name] === undefined ? `not in ${STEPS}` : `at ${left[name]}`}`);
  const rest = `The others leave: ${others.join(", ")}.`;
  if (since === undefined) return `${after} is still on the plateau, and it does not leave within ${STEPS}. ${rest}`;
  if (since > step) return `${after} is still on the plateau; it leaves at step ${since}. ${rest}`;
  return `${after} has left the saddle, at step ${since}. ${rest}`;
}

class SaddleFigure extends Figure {
  protected readonly called = "saddle";
  private method: Method = "sgd";
  private flat: Flat = "0.01";
  private degrees = 0;
  private start: Pair = [1, 0.001];
  private noise: Noise = "0";
  private seed = 0;
  private lr = 0.5;
  private adaptive = 0.01;
  private step = 200;
  private first: Pair = [1, 0.001]; // where the page put the start
  private walks: { of: string; points: Record<Method, Pair[]> } | undefined;
  private land!: SVGElement;
  private ground!: SVGElement;
  private paths!: SVGElement;
  private handle!: SVGElement;
  private losses!: SVGElement;
  private table!: HTMLTableElement;
  private numbers!: HTMLElement;
  private formulas!: HTMLElement;
  private says!: HTMLElement;
  private sliders!: Record<"step" | "turn" | "lr" | "adaptive", Slider>;
  private depths!: Choice<Flat>;
  private noises!: Choice<Noise>;
  private other!: HTMLButtonElement;

  private get angle(): number {
    return (this.degrees * Math.PI) / 180;
  }

  private get valley() {
    return { flat: Number(this.flat), angle: this.angle };
  }

  protected configure(): void {
    const [method = "", flat = "", turn = "", start = "", step = ""] =
      ["method", "flat", "turn", "start", "step"].map((name) => this.getAttribute(name) ?? "");
    this.restore([method, flat, turn, ...start.split(","), "0", "0", String(this.lr), String(this.adaptive), step]);
    this.first = this.start;
  }

  protected state(): (number | string)[] {
    const [x, y] = this.start;
    return [this.method, this.flat, this.degrees, x, y, this.noise, this.seed, this.lr, this.adaptive, this.step];
  }

  protected restore(state: readonly string[]): void {
    const [method = "", flat = "", ...rest] = state;
    const [turn, x, y, noise, seed, lr, adaptive, step] = finite(rest, 8) ?? [];
    if (!(method in METHODS) || !(flat in FLATS) || turn === undefined || !(String(noise) in NOISES)) return;
    [this.method, this.flat, this.noise, this.seed] = [method as Method, flat as Flat, String(noise) as Noise, Math.round(seed!)];
    [this.degrees, this.lr, this.adaptive] = [within(turn, TURN), within(lr!, LR), within(adaptive!, ADAPTIVE)];
    this.start = [within(x!, [-REACH, REACH]), within(y!, [-REACH, REACH])];
    this.step = within(Math.round(step!), [0, STEPS]);
  }

  protected build(): Node[] {
    this.land = svg("svg", { class: "plot land", viewBox: `0 0 ${VIEW.w} ${VIEW.h}`, role: "group" });
    [this.ground, this.paths, this.handle] = [svg("g"), svg("g"), this.startHandle()];
    this.land.append(this.ground, this.paths, this.handle);
    this.dragged(this.land, (x, y) => this.moveStart(fromView(VIEW, [x, y])));
    this.losses = svg("svg", { class: "plot", role: "img" });
    this.table = this.chooser();
    [this.numbers, this.formulas] = [html("dl", { class: "numbers" }), html("dl", { class: "numbers" })];
    this.says = html("p", { class: "says", role: "status" });
    this.sliders = this.dials();
    this.depths = choice(`${this.name}-flat`, "Curvature down", FLATS, (flat) => this.set(() => { this.flat = flat; }));
    this.noises = choice(`${this.name}-noise`, "Noise in the gradient", NOISES, (noise) => this.set(() => { this.noise = noise; }));
    const part = (left: Element, right: Element[], ...controls: Element[]) => html("div", { class: "part" },
      html("div", { class: "views" }, html("div", {}, left), html("div", { class: "side-view" }, ...right)), ...controls);
    return [
      part(this.land, [this.table, this.numbers], html("div", { class: "controls even" },
        this.sliders.step.node, this.sliders.turn.node, this.buttons(), this.starts(), this.depths.node, this.noises.node, this.says)),
      part(this.losses, [this.formulas], html("div", { class: "controls even" }, this.sliders.lr.node, this.sliders.adaptive.node)),
    ];
  }

  private dials(): Record<"step" | "turn" | "lr" | "adaptive", Slider> {
    const dial = (key: string, words: string, [min, max]: Range, step: number, moved: (value: number) => void) =>
      slider(`${this.name}-${key}`, { label: words, min, max, step }, (value) => this.set(() => moved(value)));
    return {
      step: dial("step", "Step t", [0, DIAL], 0.5, (place) => { this.step = stepAt(place); }),
      turn: dial("turn", "Valley turned by", TURN, 5, (turn) => { this.degrees = turn; }),
      lr: dial("lr", "Learning rate of SGD and momentum", LR, 0.05, (lr) => { this.lr = lr; }),
      adaptive: dial("adaptive", "Learning rate of RMSprop and Adam", ADAPTIVE, 0.001, (lr) => { this.adaptive = lr; }),
    };
  }

  private startHandle(): SVGElement {
    const group = svg("g", { class: "handle", tabindex: 0, role: "button" },
      svg("circle", { class: "grip", r: 22 }), svg("circle", { class: "ring", r: 9 }), svg("circle", { class: "you-dot", r: 4.5 }),
      svg("text", { x: 0, y: 30, "text-anchor": "middle" }, "start: drag me"));
    group.addEventListener("keydown", (event) => {
      const by = NUDGES[(event as KeyboardEvent).key];
      if (!by) return;
      event.preventDefault();
      const [x, y] = turned(this.start, this.angle);
      this.moveStart([x + by[0], y + by[1]]);
    });
    return group;
  }

  /** One row for each method: the step at which it leaves, and its loss now. The chosen one is followed. */
  private chooser(): HTMLTableElement {
    const head = ["leaves at step", "loss now"].map((words) => html("th", { scope: "col", class: "num-col" }, words));
    const body = NAMES.map((name) => {
      const radio = html("input", { type: "radio", name: `${this.name}-method`, value: name });
      const key = svg("svg", { class: "key", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, svg("path", { class: `at ${name}`, d: SYMBOLS[name] }));
      const words = html("label", { class: "choice" }, radio, html("span", {}, METHODS[name], " ", key));
      return html("tr", {}, html("th", { scope: "row" }, words), html("td", { class: "num-col" }), html("td", { class: "num-col" }));
    });
    const table = html("table", { class: "table values" },
      html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "Follow"), ...head)), html("tbody", {}, ...body));
    table.addEventListener("change", (event) => this.set(() => { this.method = (event.target as HTMLInputElement).value as Method; }));
    return table;
  }

  private buttons(): HTMLElement {
    const show = (step: number) => {
      this.step = step;
      this.changed();
    };
    const one = button("One step", () => {
      this.stop();
      show(this.step >= STEPS ? 1 : this.step + 1);
    });
    const all = button(`Run ${STEPS}`, () => void this.run(FRAMES, (frame) => show(stepAt((DIAL * frame) / FRAMES))));
    this.other = button("Other noise", () => this.set(() => { this.seed++; }));
    return html("div", { class: "actions" }, one, all, this.other);
  }

  private starts(): HTMLElement {
    const from = (words: string, start: () => Pair) => button(words, () => this.set(() => { this.start = start(); }));
    return html("div", { class: "actions" },
      from("Near the ridge", () => this.first), from("On the ridge", () => [1, 0]), from("At the saddle", () => [0, 0]));
  }

  private set(change: () => void): void {
    this.stop();
    change();
    this.changed();
  }

  private moveStart(weights: Pair): void {
    this.handle.querySelector("text")?.remove(); // it has been understood, and would lie on the path
    const [x, y] = turned(weights, -this.angle).map((v) => (Math.abs(v) < ON_THE_RIDGE ? 0 : within(Number(v.toFixed(3)), [-REACH, REACH])));
    this.set(() => { this.start = [x!, y!]; });
  }

  /** The walks of all methods, computed anew only when something other than the step has changed. */
  private points(): Record<Method, Pair[]> {
    const given: Walk = {
      start: this.start, noise: Number(this.noise), seed: this.seed,
      lr: { sgd: this.lr, momentum: this.lr, rmsprop: this.adaptive, adam: this.adaptive },
    };
    const of = JSON.stringify([given, this.valley]);
    if (this.walks?.of !== of) {
      const points = Object.fromEntries(NAMES.map((name) => [name, walk(name, this.valley, given, STEPS)])) as Record<Method, Pair[]>;
      this.walks = { of, points };
    }
    return this.walks.points;
  }

  protected draw(): void {
    const points = this.points();
    const { flat } = this.valley;
    const left = Object.fromEntries(NAMES.map((name) => [name, leaves(points[name], flat)])) as Record<Method, number | undefined>;
    const words = sentence(this.method, this.step, left);
    this.says.textContent = words;
    this.sliders.step.show(placeOf(this.step), String(this.step), `step ${this.step}. ${words}`);
    this.sliders.turn.show(this.degrees, `${this.degrees}°`, `${this.degrees} degrees. ${words}`);
    this.sliders.lr.show(this.lr, this.lr.toFixed(2), `${this.lr.toFixed(2)}. ${words}`);
    this.sliders.adaptive.show(this.adaptive, this.adaptive.toFixed(3), `${this.adaptive.toFixed(3)}. ${words}`);
    this.depths.show(this.flat);
    this.noises.show(this.noise);
    this.other.hidden = this.noise === "0";
    [...this.table.tBodies[0]!.rows].forEach((row, i) => {
      const name = NAMES[i]!;
      row.querySelector("input")!.checked = name === this.method;
      row.querySelector(".key path")!.setAttribute("class", name === this.method ? "at followed" : `at ${name}`);
      row.cells[1]!.textContent = left[name] === undefined ? `not in ${STEPS}` : String(left[name]);
      row.cells[2]!.textContent = size(loss(points[name][this.step]!, flat));
    });
    this.drawLand(points, words);
    this.drawLosses(points);
    this.drawNumbers(points[this.method][this.step]!);
  }

  private drawLand(points: Record<Method, Pair[]>, words: string): void {
    const { flat, angle } = this.valley;
    const at = (place: Pair): Pair => toView(VIEW, turned(place, angle));
    const curve = (kind: string, value: number) => level(value, flat).map((ring) => svg("path", { class: kind, d: `${pathOf(ring.map(at))}Z` }));
    this.ground.replaceChildren(
      svg("g", { class: "contours" }, ...[...ABOVE, ...BELOW.map((part) => part * flat)].flatMap((value) => curve("", value)), ...curve("through", 0)),
      ...this.arrows(at),
      ...[-1, 1].map((y) => minimumMark(at([0, y]))));
    const others = NAMES.filter((name) => name !== this.method);
    const track = (name: Method, kind: string) => svg("path", { class: kind, d: pathOf(thinned(points[name].slice(0, this.step + 1).map(at))) });
    const mark = (name: Method) => this.mark(name, at(points[name][this.step]!));
    this.paths.replaceChildren(
      ...others.map((name) => track(name, `track ${name}`)),
      track(this.method, "you-line"),
      dots("you", thinned(points[this.method].slice(1, this.step + 1).map(at), 9), 3.4),
      ...others.map(mark),
      mark(this.method));
    const [sx, sy] = at(this.start);
    this.handle.setAttribute("transform", `translate(${sx} ${sy})`);
    this.handle.setAttribute("aria-label", `start: drag me. Start at ${point(turned(this.start, angle))}; arrow keys move it.`);
    this.land.setAttribute("aria-label", `Loss landscape with a saddle at the origin, curvatures 1 and −${this.flat}, turned by ${this.degrees} degrees. ${words}`);
  }

  /** Where a method is: its shape, filled if it is the one followed. */
  private mark(name: Method, [x, y]: Pair): SVGElement {
    const kind = name === this.method ? "at followed" : `at ${name}`;
    return svg("path", { class: kind, d: SYMBOLS[name], transform: `translate(${x} ${y})${name === this.method ? " scale(1.5)" : ""}` });
  }

  /** The Hessian's eigenvectors at the saddle: up along one, down along the other. */
  private arrows(at: (place: Pair) => Pair): SVGElement[] {
    const arrow = ([x, y]: Pair, words: string): SVGElement[] => {
      const [[ax, ay], [bx, by]] = [at([-x, -y]), at([x, y])];
      const angle = Math.atan2(by - ay, bx - ax);
      const tip = (px: number, py: number, turn: number) =>
        svg("path", { class: "tip", d: "M0 0L-9 -4.5V4.5Z", transform: `translate(${px} ${py}) rotate(${(turn * 180) / Math.PI})` });
      const [right, down] = [Math.sin(angle), -Math.cos(angle)]; // the words stand beside the tip: beyond it the paths go on
      const anchor = Math.abs(right) < 0.4 ? "middle" : right > 0 ? "start" : "end";
      return [
        svg("path", { class: "vector", d: `M${ax} ${ay}L${bx} ${by}` }), tip(ax, ay, angle + Math.PI), tip(bx, by, angle),
        svg("text", { x: bx + 22 * right, y: by + 5 + 22 * down, "text-anchor": anchor }, words),
      ];
    };
    return [...arrow([-0.5, 0], "curvature 1"), ...arrow([0, -0.36], `curvature −${this.flat}`)];
  }

  private drawLosses(points: Record<Method, Pair[]>): void {
    const { flat } = this.valley;
    const to = chart(this.losses, 260,
      { range: [0, Math.log10(STEPS)], ticks: [0, 1, 2, 3], title: "step", label: (power) => [String(10 ** power)] },
      { range: UNITS, ticks: [-0.25, 0, 0.25], title: "loss, in units of λ" });
    const place = (name: Method, step: number): Pair => [to.x(Math.log10(step)), to.y(within(loss(points[name][step]!, flat) / flat, UNITS))];
    const line = (name: Method): string => {
      const top = to.y(UNITS[1]);
      const seen = Array.from({ length: this.step }, (_, i) => place(name, i + 1));
      const inside = seen.map(([, y], i) => y > top || (seen[i + 1]?.[1] ?? top) > top);
      return runs(seen, inside).map((part) => pathOf(thinned(part))).join("");
    };
    const words = (kind: string, y: number, text: string) => label(kind, [to.x(0) + 8, to.y(y) - 7], text);
    const others = NAMES.filter((name) => name !== this.method);
    this.losses.append(
      svg("path", { class: "bound", d: `M${to.x(0)} ${to.y(0)}H${to.x(Math.log10(STEPS))}` }),
      svg("path", { class: "ref-line", d: `M${to.x(0)} ${to.y(-0.25)}H${to.x(Math.log10(STEPS))}` }),
      words("small", 0, "saddle"), words("ref small", -0.25, "minimum"),
      ...others.map((name) => svg("path", { class: `track ${name}`, d: line(name) })),
      svg("path", { class: "you-line bold", d: line(this.method) }),
      ...[...others, this.method].flatMap((name) => (this.step > 0 ? [this.mark(name, place(name, this.step))] : [])));
    const each = NAMES.map((name) => `${METHODS[name]} ${size(loss(points[name][this.step]!, flat))}`).join(", ");
    this.losses.setAttribute("aria-label", `The loss against the step. The saddle has the loss 0, the minima ${size(-flat / 4)}. After ${counted(this.step)}: ${each}.`);
  }

  private drawNumbers(place: Pair): void {
    const { flat, angle } = this.valley;
    const [up, down] = slopes(place, flat);
    const [across, along] = curvatures(place, flat);
    const steps = stepsToGrow(this.start[1], LEFT_AT, this.lr, flat);
    rows(this.numbers, [
      [`${METHODS[this.method]} at`, point(turned(place, angle))],
      ["gradient there", point(turned([up, down], angle))],
    ]);
    rows(this.formulas, [
      ["L, with x across, y along", "½x² + λ(¼y⁴ − ½y²)"],
      ["eigenvalues of H at the saddle", `1, ${FLATS[this.flat]}`],
      [`eigenvalues of H at step ${this.step}`, `${across}, ${size(along)}`],
      ["gradient across the valley", short(up)],
      ["gradient along it", short(down)],
      ["it has left below", size(threshold(flat))],
      ["(7.10), steps of SGD", Number.isFinite(steps) ? steps.toFixed(0) : "∞"],
    ]);
  }
}

/** The stretches of points for which it holds. */
function runs(points: readonly Pair[], holds: readonly boolean[]): Pair[][] {
  const parts: Pair[][] = [];
  points.forEach((place, i) => {
    if (!holds[i]) return;
    if (i > 0 && holds[i - 1]) parts.at(-1)!.push(place);
    else parts.push([place]);
  });
  return parts;
}

/** Without the points that lie within so many pixels of the last one kept; the last point stays. */
function thinned(points: readonly Pair[], least = 0.7): Pair[] {
  const kept: Pair[] = [];
  points.forEach((place, i) => {
    const last = kept.at(-1);
    if (!last || i === points.length - 1 || Math.hypot(place[0] - last[0], place[1] - last[1]) >= least) kept.push(place);
  });
  return kept;
}

customElements.define("saddle-figure", SaddleFigure);
