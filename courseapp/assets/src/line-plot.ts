// <line-plot data-evidence='{"lines": [{"name": "run 1", "points": [[x, y], ...]}, ...], "bound": [[x, y], ...], "boundName": "...",
// "x": "step", "y": "loss", "log": "y"}'>: lines over a common axis, each with its name at its end; the bound is dashed. `log`
// names the logarithmic axes: "", "x", "y" or "xy".
import { minus, redrawOnResize, size, svg } from "./dom";
import { extent, linear, logRange, logTicks, ticks, type Range } from "./plot-scale";

type Pair = [number, number];

interface Line {
  name: string;
  points: Pair[];
}

interface LineEvidence {
  lines: Line[];
  bound: Pair[];
  boundName: string;
  x: string;
  y: string;
  log: string;
}

interface Axis {
  at: (v: number) => number;
  ticks: number[];
}

const LEFT = 62;
const RIGHT = 14;
const TOP = 26; // the name of the upward axis stands above it
const BOTTOM = 46;
const DOTS = 12; // a line of at most so many points has a dot at each
const SHAPES = 4; // kinds of stroke before they repeat

class LinePlot extends HTMLElement {
  private observer?: ResizeObserver;

  connectedCallback(): void {
    const evidence: LineEvidence = JSON.parse(this.dataset.evidence ?? "{}");
    if (!evidence.lines?.length) return;
    const label = this.textContent?.trim() ?? "";
    this.observer = redrawOnResize(this, (width) => this.replaceChildren(draw(evidence, width, label)));
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }
}

/** What of an axis is shown: all values, with a little room. */
function shownRange(values: readonly number[], log: boolean): Range {
  if (log) return logRange(values);
  const [low, high] = extent(values);
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - room, high + room];
}

function axis(shown: Range, place: Range, log: boolean, count: number): Axis {
  if (!log) return { at: linear(shown, place), ticks: ticks(shown, count) };
  const scale = linear([Math.log(shown[0]), Math.log(shown[1])], place);
  return { at: (v) => scale(Math.log(v)), ticks: logTicks(shown, count) };
}

function draw(evidence: LineEvidence, width: number, label: string): SVGElement {
  const height = Math.round(Math.min(330, Math.max(230, width * 0.5)));
  const all = [...evidence.lines.flatMap(({ points }) => points), ...evidence.bound];
  const range = (k: 0 | 1) => shownRange(all.map((point) => point[k]), evidence.log.includes("xy"[k]!));
  const x = axis(range(0), [LEFT, width - RIGHT], evidence.log.includes("x"), width < 500 ? 4 : 7);
  const y = axis(range(1), [height - BOTTOM, TOP], evidence.log.includes("y"), 5);
  const plot = svg("svg", { class: "plot lines", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  plot.append(...frame(evidence, x, y, width, height), ...bound(evidence, x, y, width));
  evidence.lines.forEach(({ points }, i) => plot.append(line(points, i, x, y)));
  return plot;
}

function frame(evidence: LineEvidence, x: Axis, y: Axis, width: number, height: number): SVGElement[] {
  const base = height - BOTTOM;
  return [
    ...y.ticks.flatMap((v) => [
      svg("path", { class: "gridline", d: `M${LEFT} ${y.at(v)}H${width - RIGHT}` }),
      svg("text", { class: "tick end", x: LEFT - 8, y: y.at(v) + 4.5 }, written(v)),
    ]),
    ...x.ticks.flatMap((v) => [
      svg("path", { class: "tickmark", d: `M${x.at(v)} ${base}v5` }),
      svg("text", { class: "tick", x: x.at(v), y: base + 20 }, written(v)),
    ]),
    svg("path", { class: "base", d: `M${LEFT} ${base}H${width - RIGHT}` }),
    svg("text", { class: "axis start", x: 0, y: 14 }, evidence.y),
    svg("text", { class: "axis end", x: width - RIGHT, y: height - 6 }, evidence.x),
  ];
}

/** A tick is a round number: without the zeros that `size` pads it with. */
const written = (v: number): string =>
  v !== 0 && (Math.abs(v) < 1e-3 || Math.abs(v) >= 1e5) ? size(v).replace(/\.0(?= )/, "") : minus(String(Number(v.toPrecision(3))));

function line(points: Pair[], i: number, x: Axis, y: Axis): SVGElement {
  const at = points.map(([a, b]): Pair => [x.at(a), y.at(b)]);
  const group = svg("g", { class: `line l${i % SHAPES}` }, svg("path", { d: path(at) }));
  if (points.length <= DOTS) group.append(...at.map(([a, b]) => svg("circle", { cx: a.toFixed(1), cy: b.toFixed(1), r: 3.6 })));
  return group;
}

function bound({ bound: points, boundName, lines }: LineEvidence, x: Axis, y: Axis, width: number): SVGElement[] {
  if (points.length < 2) return [];
  const at = points.map(([a, b]): Pair => [x.at(a), y.at(b)]);
  const [, end] = at.at(-1)!;
  const crowded = lines.some(({ points: drawn }) => drawn.length > 0 && Math.abs(y.at(drawn.at(-1)![1]) - end + 20) < 28);
  return [
    svg("path", { class: "thr", d: path(at) }),
    svg("text", { class: "thr-label flip", x: width - RIGHT, y: end < TOP + 16 || crowded ? end + 18 : end - 7 }, boundName),
  ];
}

const path = (points: Pair[]): string => "M" + points.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L");

customElements.define("line-plot", LinePlot);
