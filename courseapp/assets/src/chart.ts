// Axes and marks that the figures and plots share.
import { minus, svg } from "./dom";
import { linear, type Range } from "./plot-scale";

export type Pair = readonly [number, number];

export interface Axis {
  range: Range;
  ticks: readonly number[];
  title: string;
  /** What stands at a tick. */
  label?: (value: number) => (Node | string)[];
}

export interface Chart {
  width: number;
  height: number;
  x: (value: number) => number;
  y: (value: number) => number;
  /** The value of x at a place on the plot. */
  back: { x: (at: number) => number; y: (at: number) => number };
}

const EDGE = { left: 46, right: 12, top: 26, bottom: 40 };

/** Ten to an integer power. */
export const powerOfTen = (power: number): (Node | string)[] => ["10", svg("tspan", { dy: -5, "font-size": 10 }, minus(String(power)))];

/** Empties the plot and draws its frame at the width it has on the page: gridlines, ticks, and a title at the end of each axis. */
export function chart(plot: SVGElement, height: number, across: Axis, up: Axis): Chart {
  const width = Math.max(240, Math.round(plot.getBoundingClientRect().width));
  const [left, right, top, base] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const [x, y] = [linear(across.range, [left, right]), linear(up.range, [base, top])];
  const plain = (value: number) => [minus(String(value))];
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  plot.replaceChildren(
    ...up.ticks.flatMap((v) => [
      svg("path", { class: "gridline", d: `M${left} ${y(v)}H${right}` }),
      svg("text", { class: "tick end", x: left - 8, y: y(v) + 4.5 }, ...(up.label ?? plain)(v)),
    ]),
    ...across.ticks.flatMap((v) => [
      svg("path", { class: "tickmark", d: `M${x(v)} ${base}v5` }),
      svg("text", { class: "tick", x: x(v), y: base + 19 }, ...(across.label ?? plain)(v)),
    ]),
    svg("path", { class: "base", d: `M${left} ${base}H${right}` }),
    svg("text", { class: "axis end", x: right, y: height - 3 }, across.title),
    svg("text", { class: "axis start", x: 0, y: 13 }, up.title),
  );
  return { width, height, x, y, back: { x: linear([left, right], across.range), y: linear([base, top], up.range) } };
}

export const pathOf = (points: readonly Pair[]): string => "M" + points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");

/** What of a curve lies between two heights, in pieces. It ends at the edge: along the edge it would be read as a value. */
export function visible(points: readonly Pair[], [top, base]: Range): Pair[][] {
  const pieces: Pair[][] = [];
  points.slice(1).forEach((to, i) => {
    const from = points[i]!;
    const rise = to[1] - from[1] || Number.MIN_VALUE; // what is level is inside as a whole, or not at all
    const [enter, leave] = [(top - from[1]) / rise, (base - from[1]) / rise].sort((a, b) => a - b) as [number, number];
    const [first, last] = [Math.max(0, enter), Math.min(1, leave)];
    if (first > last) return;
    const at = (part: number): Pair => (part === 1 ? to : [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
    const piece = pieces.at(-1);
    if (piece?.at(-1) === from) piece.push(at(last));
    else pieces.push([first === 0 ? from : at(first), at(last)]);
  });
  return pieces;
}

/** The path of what is visible of a curve. */
export const pathWithin = (points: readonly Pair[], heights: Range): string => visible(points, heights).map(pathOf).join("");

/** The power of ten of a size, also of 0 and of what is beyond all numbers. */
export const decade = (value: number): number => Math.max(-320, Math.min(320, Math.log10(value)));

export const dots = (kind: string, points: readonly Pair[], radius: number): SVGElement =>
  svg("g", { class: `${kind}-dots` }, ...points.map(([x, y]) => svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius })));

/** A ring and a cross: where the minimum lies. */
export const minimumMark = ([x, y]: Pair, ...label: SVGElement[]): SVGElement =>
  svg("g", { class: "minimum", transform: `translate(${x} ${y})` },
    svg("circle", { r: 7 }), svg("path", { d: "M-12 0H12M0 -12V12" }), ...label);

/** A word beside a line, clear of what lies under it. */
export const label = (kind: string, [x, y]: Pair, text: string, anchor = "start"): SVGElement =>
  svg("text", { class: `lab ${kind}`, x, y, "text-anchor": anchor }, text);
