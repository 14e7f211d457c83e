// <race-figure land="valley" entrants="…" action="…">: four optimizers from one start on a landscape, each at a rate of its
// own, and beside them the reader's own graded code, which runs in a box of the server's. Draggable start (arrow keys too).
import { fromView, putHandle, toView, type View } from "./bowl";
import { chart, decade, label, minimumMark, type Pair, pathOf, pathWithin, powerOfTen } from "./chart";
import { levelCurves } from "./contours";
import { fixed, html, size, svg } from "./dom";
import { button, choice, type Choice, Figure, finite, rows, type Slider, slider, within } from "./figure";
import type { Range } from "./plot-scale";
import { apart, bestRate, GOAL, homeAfter, type Land, LANDSCAPES, pathFrom, rateAt, type Racer, RACERS, ranAway, RATES, standing, STEPS } from "./race-math";
import { type Heat, OWN_WORDS, OwnRacer } from "./race-own";

type Runner = Racer | "own";

interface Lane {
  words: string;
  rate: number;
  path: Pair[] | undefined;
}

const VIEW: View = { x: [-3.6, 3.6], y: [-2.4, 2.4], w: 660, h: 440 };
const GRID = { x: VIEW.x, y: VIEW.y, columns: 110, rows: 132 };
const MARGIN = 0.15; // between the start and the edge
const NUDGES: Record<string, Pair> = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
const NAMES = Object.keys(RACERS) as Racer[];
const LANDS = Object.keys(LANDSCAPES) as Land[];
const KIND: Record<Runner, string> = { sgd: "plain", momentum: "third", rmsprop: "fourth", adam: "fifth", own: "you" };
const LOSS: Range = [-4, 2.6]; // powers of ten
const WIDE = 700; // px from which the losses stand beside the landscape
const FRAME = 5; // steps of a run that are shown at once
const OUTSIDE = 4e3; // where a path that leaves the picture is cut off
const SAME = 1e-6; // apart, against the largest coordinate, and yet the same path
const CLASSIC: Record<string, Racer> = { sgd: "sgd", momentum: "momentum", rmsprop: "rmsprop", adam: "adam" }; // of own code

const place = ([x, y]: Pair): string => `(${fixed(x, 2)}, ${fixed(y, 2)})`;

/** Who is home, in which order, and who is not. */
export function sentence(lanes: readonly Lane[], land: Land): string {
  const there = lanes.filter((lane): lane is Lane & { path: Pair[] } => lane.path !== undefined);
  const order = [...there].sort((a, b) => standing(a.path, land) - standing(b.path, land));
  const home = order.filter(({ path }) => homeAfter(path, land) !== undefined);
  const away = order.filter(({ path }) => ranAway(path));
  const late = order.filter((lane) => !home.includes(lane) && !away.includes(lane));
  const names = (some: readonly Lane[]) => some.map(({ words }) => words).join(", ");
  const first = home.map(({ words, path }, i) => `${words} after ${homeAfter(path, land)}${i ? "" : " steps"}`).join(", ");
  return [
    home.length ? `Home, with a loss below ${GOAL} from there on: ${first}.` : "",
    late.length ? `Not home after ${STEPS} steps: ${names(late)}.` : "",
    away.length ? `Ran away, its rate too large here: ${names(away)}.` : "",
  ].filter(Boolean).join(" ");
}

const scale = (path: readonly Pair[]): number => Math.max(1, ...path.flat().map(Math.abs));

/** How the reader's own path lies to that of the classic, at the same rate. */
export function ownSentence(own: readonly Pair[], classic: readonly Pair[], words: string): string {
  const far = apart(own, classic);
  if (far < SAME * scale(classic)) return `Your ${words} takes the path of the classic at this rate.`;
  return `Your ${words} leaves the path of the classic at this rate${Number.isFinite(far) ? `, by up to ${size(far)}` : ""}.`;
}

class RaceFigure extends Figure {
  protected readonly called = "race";
  private land: Land = "valley";
  private start: Pair = LANDSCAPES.valley.start;
  private rates: Record<Runner, number> = { ...LANDSCAPES.valley.best, own: 0 };
  private chosen: Runner = "adam";
  private shown = STEPS;
  private wanted = ""; // as which the reader's code raced when the address was kept
  private own!: OwnRacer;
  private plot!: SVGElement;
  private scene!: SVGElement;
  private paths!: SVGElement;
  private handle!: SVGElement;
  private curve!: SVGElement;
  private table!: HTMLTableElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private rate!: Slider;
  private lands!: Choice<Land>;
  private drawnLand?: Land;

  protected configure(): void {
    const land = this.getAttribute("land") ?? "";
    if (LANDS.includes(land as Land)) this.enter(land as Land);
  }

  protected state(): (number | string)[] {
    const { rates } = this;
    return [this.land, ...this.start.map((v) => v.toFixed(2)), ...NAMES.map((name) => rates[name]), this.chosen, this.own?.racer || this.wanted, rates.own];
  }

  protected restore([land = "", ...rest]: readonly string[]): void {
    const [x, y, ...rates] = finite([...rest.slice(0, 6), rest[8] ?? ""], 7) ?? [];
    const [chosen = "", wanted = ""] = rest.slice(6, 8);
    if (x === undefined || !LANDS.includes(land as Land) || !(chosen in KIND)) return;
    const [sgd, momentum, rmsprop, adam, own] = rates.map((k) => within(Math.round(k), [0, RATES - 1]));
    this.rates = { sgd: sgd!, momentum: momentum!, rmsprop: rmsprop!, adam: adam!, own: own! };
    [this.land, this.start, this.chosen, this.wanted] = [land as Land, inside([x, y!]), chosen as Runner, wanted];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.own.meet(this.wanted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.own.leave();
  }

  protected build(): Node[] {
    this.scene = svg("g");
    this.paths = svg("g");
    this.handle = this.startHandle();
    this.plot = svg("svg", { class: "plot land", viewBox: `0 0 ${VIEW.w} ${VIEW.h}`, role: "group" }, this.scene, this.paths, this.handle);
    this.dragged(this.plot, (x, y) => this.moveTo(fromView(VIEW, [x, y])));
    this.curve = svg("svg", { class: "plot", "aria-hidden": "true" });
    this.table = this.lanesTable();
    this.numbers = html("dl", { class: "numbers" });
    this.says = html("p", { class: "says", role: "status" });
    const lands = Object.fromEntries(LANDS.map((land) => [land, LANDSCAPES[land].words])) as Record<Land, string>;
    this.lands = choice(`${this.name}-land`, "Landscape", lands, (land) => this.changed(() => this.enter(land)));
    this.rate = slider(`${this.name}-rate`, { label: "Learning rate η of the chosen one", min: 0, max: RATES - 1, step: 1 }, (k) =>
      this.changed(() => { this.rates[this.lane] = k; }));
    const addresses = { entrants: this.getAttribute("entrants") ?? "", action: this.getAttribute("action") ?? "" };
    this.own = new OwnRacer(this.name, addresses, () => this.heat(), () => this.draw(), () => this.picked());
    return [
      html("div", { class: "views" }, html("div", {}, this.plot, this.table), html("div", { class: "side-view" }, this.curve, this.numbers)),
      html("div", { class: "controls" }, html("div", { class: "across" }, this.lands.node), this.rate.node, this.buttons(), this.own.node, this.says),
    ];
  }

  /** One row for each optimizer; the chosen one's rate is what the slider sets. The last row is the reader's own. */
  private lanesTable(): HTMLTableElement {
    const row = (runner: Runner) => {
      const radio = html("input", { type: "radio", name: `${this.name}-lane`, value: runner });
      const line = svg("svg", { class: "swatch", viewBox: "0 0 30 10", "aria-hidden": "true" }, svg("path", { class: `${KIND[runner]}-line`, d: "M0 5H30" }));
      const words = html("label", { class: "choice" }, radio, html("span", {}), line);
      return html("tr", {}, html("th", { scope: "row" }, words), ...[0, 1, 2].map(() => html("td", { class: "num-col" })));
    };
    const head = ["η", "Loss", "Home"].map((words) => html("th", { scope: "col", class: "num-col" }, words));
    const table = html("table", { class: "table values" },
      html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "Optimizer"), ...head)), html("tbody", {}, ...NAMES.map(row), row("own")));
    table.addEventListener("change", (event) => this.changed(() => { this.chosen = (event.target as HTMLInputElement).value as Runner; }));
    return table;
  }

  private startHandle(): SVGElement {
    const group = svg("g", { class: "handle", tabindex: 0, role: "button" },
      svg("circle", { class: "grip", r: 22 }), svg("circle", { class: "ring", r: 9 }), svg("circle", { class: "you-dot", r: 4.5 }),
      svg("text", {}, "start: drag me"));
    group.addEventListener("keydown", (event) => {
      const by = NUDGES[(event as KeyboardEvent).key];
      if (!by) return;
      event.preventDefault();
      this.moveTo([this.start[0] + by[0], this.start[1] + by[1]]);
    });
    return group;
  }

  private buttons(): HTMLElement {
    const show = (step: number) => {
      this.shown = step;
      this.draw();
    };
    const one = button("One step", () => {
      this.stop();
      show(this.shown >= STEPS ? 1 : this.shown + 1);
    });
    const all = button(`Run ${STEPS}`, () => void this.run(STEPS / FRAME, (frame) => show(frame * FRAME)));
    const best = button("Best rates", () => this.changed(() => {
      for (const name of NAMES) this.rates[name] = bestRate(this.start, name, this.land);
    }));
    return html("div", { class: "actions" }, one, all, best);
  }

  private enter(land: Land): void {
    [this.land, this.start] = [land, LANDSCAPES[land].start];
    this.rates = { ...LANDSCAPES[land].best, own: this.classicRate(land) };
  }

  /** The rate of the classic of the same name, or of Adam, whose steps are as long. */
  private classicRate(land: Land): number {
    return LANDSCAPES[land].best[CLASSIC[this.own?.racer] ?? "adam"];
  }

  private moveTo(to: Pair): void {
    this.handle.querySelector("text")?.remove(); // it has been understood, and would lie on the path
    this.changed(() => { this.start = inside(to); });
  }

  private picked(): void {
    this.changed(() => { this.rates.own = this.classicRate(this.land); });
  }

  /** The chosen one; the reader's own only once it is there. */
  private get lane(): Runner {
    return this.chosen === "own" && !this.own.racer ? "adam" : this.chosen;
  }

  private heat(): Heat {
    return { landscape: this.land, start: this.start, lr: rateAt(this.rates.own) };
  }

  protected override changed(change: () => void = () => {}): void {
    change();
    super.changed();
  }

  private lanes(): Map<Runner, Lane> {
    const lanes = new Map<Runner, Lane>(NAMES.map((name) => [name, {
      words: RACERS[name].words,
      rate: this.rates[name],
      path: pathFrom(this.start, name, this.land, rateAt(this.rates[name])),
    }]));
    if (this.own.racer) lanes.set("own", { words: `Your ${OWN_WORDS[this.own.racer]}`, rate: this.rates.own, path: this.own.pathOn(this.heat()) });
    return lanes;
  }

  protected draw(): void {
    const lanes = this.lanes();
    const words = this.words(lanes);
    this.drawLand(lanes, words);
    this.drawCurve(lanes);
    this.drawTable(lanes);
    this.lands.show(this.land);
    const { words: name, rate } = lanes.get(this.lane)!;
    this.rate.show(rate, `${rateAt(rate)}, ${name}`, `η of ${name} = ${rateAt(rate)}. ${words}`);
    this.says.textContent = words;
    const { formula, gradient, loss } = LANDSCAPES[this.land];
    const [gx, gy] = gradient(this.start);
    rows(this.numbers, [
      ["L(x, y)", formula],
      ["start, its loss", `${place(this.start)}, ${size(loss(this.start))}`],
      ["∇L there", place([gx, gy])],
    ]);
  }

  private words(lanes: Map<Runner, Lane>): string {
    const own = lanes.get("own")?.path;
    const classic = CLASSIC[this.own.racer];
    const beside = own && classic ? ` ${ownSentence(own, pathFrom(this.start, classic, this.land, this.heat().lr), OWN_WORDS[classic]!)}` : "";
    return sentence([...lanes.values()], this.land) + beside;
  }

  private drawLand(lanes: Map<Runner, Lane>, words: string): void {
    if (this.drawnLand !== this.land) this.drawScene();
    const cut = (v: number): number => within(v, [-OUTSIDE, OUTSIDE]);
    this.paths.replaceChildren(...[...lanes].flatMap(([runner, { path }]) => {
      if (!path) return [];
      const points = path.slice(0, this.shown + 1).map((w): Pair => { const [x, y] = toView(VIEW, w); return [cut(x), cut(y)]; });
      const [x, y] = points.at(-1)!;
      const line = svg("path", { class: `${KIND[runner]}-line${runner === this.lane ? " bold" : ""}`, d: pathOf(points) });
      return this.shown < path.length ? [line, svg("g", { class: `${KIND[runner]}-dots` }, svg("circle", { cx: x, cy: y, r: 6 }))] : [line];
    }));
    putHandle(this.handle, VIEW, this.start);
    this.handle.setAttribute("aria-label", `start: drag me. Start point ${place(this.start)}; arrow keys move it.`);
    this.plot.setAttribute("aria-label", `Loss landscape ${LANDSCAPES[this.land].words}, with the paths of ${lanes.size} optimizers from ${place(this.start)}. ${words}`);
  }

  private drawScene(): void {
    const { loss, levels, minimum } = LANDSCAPES[this.land];
    const place = ([x, y]: Pair) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    const curves = levelCurves(loss, levels, GRID).map((pieces) => pieces
      .map(([from, to]) => `M${place(toView(VIEW, from))}L${place(toView(VIEW, to))}`).join(""));
    this.scene.replaceChildren(svg("g", { class: "contours" }, ...curves.map((d) => svg("path", { d }))), minimumMark(toView(VIEW, minimum)));
    this.drawnLand = this.land;
  }

  private drawCurve(lanes: Map<Runner, Lane>): void {
    const { loss } = LANDSCAPES[this.land];
    const to = chart(this.curve, this.getBoundingClientRect().width > WIDE ? 400 : 280, { range: [0, STEPS], ticks: [0, 25, 50, 75, 100], title: "step" },
      { range: LOSS, ticks: [-4, -2, 0, 2], title: "loss", label: powerOfTen });
    const heights: Range = [to.y(LOSS[1]), to.y(LOSS[0])];
    const curve = (path: readonly Pair[]) => pathWithin(path.slice(0, this.shown + 1).map((w, t): Pair => [to.x(t), to.y(decade(loss(w)))]), heights);
    this.curve.append(
      label("ref", [to.x(STEPS), to.y(Math.log10(GOAL)) - 7], "home", "end"),
      svg("path", { class: "ref-line", d: `M${to.x(0)} ${to.y(Math.log10(GOAL))}H${to.x(STEPS)}` }),
      ...[...lanes].flatMap(([runner, { path }]) => path
        ? [svg("path", { class: `${KIND[runner]}-line${runner === this.lane ? " bold" : ""}`, d: curve(path) })]
        : []));
  }

  private drawTable(lanes: Map<Runner, Lane>): void {
    const { loss } = LANDSCAPES[this.land];
    [...NAMES, "own" as const].forEach((runner, i) => {
      const row = this.table.tBodies[0]!.rows[i]!;
      const lane = lanes.get(runner);
      row.hidden = !lane;
      row.querySelector("input")!.checked = runner === this.lane;
      if (!lane) return;
      const { words, rate, path } = lane;
      const now = path?.[this.shown];
      row.querySelector("span")!.textContent = words;
      row.cells[1]!.textContent = String(rateAt(rate));
      row.cells[2]!.textContent = now ? size(loss(now)) : path ? "ran away" : "not raced here";
      row.cells[3]!.textContent = String((path && homeAfter(path, this.land)) ?? "–");
    });
  }
}

const inside = ([x, y]: Pair): Pair => [
  Number(within(x, [VIEW.x[0] + MARGIN, VIEW.x[1] - MARGIN]).toFixed(2)),
  Number(within(y, [VIEW.y[0] + MARGIN, VIEW.y[1] - MARGIN]).toFixed(2)),
];

customElements.define("race-figure", RaceFigure);
