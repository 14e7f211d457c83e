// <path-plot data-evidence='{"yours": [[x, y], ...], "reference": [[x, y], ...]}'>: two coordinates of the parameters, step by step.
// Yours is solid and filled, the reference dashed and hollow.
import { fixed, redrawOnResize, svg } from "./dom";
import { decimals, extent, linear, ticks, type Range } from "./plot-scale";

type Pair = [number, number];

interface PathEvidence {
  yours: Pair[];
  reference: Pair[];
}

const LEFT = 52;
const TOP = 26; // the name of the upward axis stands above it
const BOTTOM = 46;
const MARKS = 24; // at most so many dots on a path
const NARROW = 500; // in px; the line below says which path is whose, too

class PathPlot extends HTMLElement {
  private observer?: ResizeObserver;

  connectedCallback(): void {
    const evidence: PathEvidence = JSON.parse(this.dataset.evidence ?? "{}");
    const yours = (evidence.yours ?? []).filter((point) => point.every(Number.isFinite));
    const reference = evidence.reference ?? [];
    if (reference.length < 2) return;
    const label = this.textContent?.trim() ?? "";
    this.observer = redrawOnResize(this, (width) => this.replaceChildren(draw({ yours, reference }, width, label)));
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }
}

function padded([low, high]: Range, least: number): Range {
  const room = Math.max(high - low, least) * 0.1 + (high === low ? least / 2 : 0);
  return [low - room, high + room];
}

/** The part of the plane to show: all of the reference, and of yours at most five times its size around it. */
export function frame({ yours, reference }: PathEvidence): { x: Range; y: Range } {
  const side = (k: 0 | 1): Range => {
    const goal = extent(reference.map((point) => point[k]));
    const span = Math.max(goal[1] - goal[0], 1e-12);
    const [low, high] = extent([...yours, ...reference].map((point) => point[k]));
    return [Math.max(low, goal[0] - 5 * span), Math.min(high, goal[1] + 5 * span)];
  };
  const [x, y] = [side(0), side(1)];
  const least = Math.max(x[1] - x[0], y[1] - y[0], 1e-12) / 50;
  return { x: padded(x, least), y: padded(y, least) };
}

function draw(evidence: PathEvidence, width: number, label: string): SVGElement {
  const height = Math.round(Math.min(420, Math.max(250, width * 0.6)));
  const shown = frame(evidence);
  const x = linear(shown.x, [LEFT, width - 8]);
  const y = linear(shown.y, [height - BOTTOM, TOP]);
  const plot = svg("svg", { class: "plot traj", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  plot.append(...axes(shown, x, y, width, height));
  const at = (points: Pair[]): Pair[] => points.map(([a, b]): Pair => [clamp(x(a), width), clamp(y(b), height)]);
  const [yours, reference] = [at(evidence.yours), at(evidence.reference)];
  plot.append(...path("ref", reference, 4), ...path("you", yours, 3.2));
  if (width >= NARROW) plot.append(...labels(yours, reference, width)); // else they would lie on the dots
  return plot;
}

const clamp = (v: number, size: number): number => Math.max(-size, Math.min(2 * size, v));

function axes(shown: { x: Range; y: Range }, x: (v: number) => number, y: (v: number) => number, width: number, height: number): SVGElement[] {
  const [across, up] = [ticks(shown.x, width < 500 ? 3 : 5), ticks(shown.y, 4)];
  const base = height - BOTTOM;
  return [
    ...up.flatMap((v) => [
      svg("path", { class: "gridline", d: `M${LEFT} ${y(v)}H${width - 8}` }),
      svg("text", { class: "tick end", x: LEFT - 8, y: y(v) + 4.5 }, fixed(v, decimals(up))),
    ]),
    ...across.flatMap((v) => [
      svg("path", { class: "tickmark", d: `M${x(v)} ${base}v5` }),
      svg("text", { class: "tick", x: x(v), y: base + 20 }, fixed(v, decimals(across))),
    ]),
    svg("path", { class: "base", d: `M${LEFT} ${base}H${width - 8}` }),
    svg("text", { class: "axis end", x: width - 8, y: height - 6 }, "first coordinate"),
    svg("text", { class: "axis start", x: 0, y: 14 }, "second coordinate"),
  ];
}

function path(kind: "you" | "ref", points: Pair[], radius: number): SVGElement[] {
  if (points.length === 0) return [];
  const every = Math.ceil(points.length / MARKS);
  const marked = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  return [
    svg("path", { class: `${kind}-line`, d: "M" + points.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L") }),
    svg("g", { class: `${kind}-dots` }, ...marked.map(([a, b]) => svg("circle", { cx: a.toFixed(1), cy: b.toFixed(1), r: radius }))),
  ];
}

/** A word at the end of each path, above the upper and below the lower; one word when the paths are one. */
function labels(yours: Pair[], reference: Pair[], width: number): SVGElement[] {
  const goal = reference.at(-1)!;
  const end = yours.at(-1);
  const place = ([a, b]: Pair, dy: number, kind: string, text: string) => {
    const left = a > width - 90;
    return svg("text", { class: `lab ${kind}${left ? " flip" : ""}`, x: a + (left ? 6 : -6), y: b + dy }, text);
  };
  if (!end) return [place(goal, -12, "ref", "reference")];
  if (Math.hypot(end[0] - goal[0], end[1] - goal[1]) < 4) return [place(goal, -12, "ref", "yours and the reference")];
  const [over, under] = [-12, 22];
  const above = end[1] < goal[1];
  return [place(goal, above ? under : over, "ref", "reference"), place(end, above ? over : under, "you", "yours")];
}

customElements.define("path-plot", PathPlot);
