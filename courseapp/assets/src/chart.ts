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

export const dots = (kind: string, points: readonly Pair[], radius: number): SVGElement =>
  svg("g", { class: `${kind}-dots` }, ...points.map(([x, y]) => svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius })));

/** A ring and a cross: where the minimum lies. */
export const minimumMark = ([x, y]: Pair, ...label: SVGElement[]): SVGElement =>
  svg("g", { class: "minimum", transform: `translate(${x} ${y})` },
    svg("circle", { r: 7 }), svg("path", { d: "M-12 0H12M0 -12V12" }), ...label);

/** A word beside a line, clear of what lies under it. */
export const label = (kind: string, [x, y]: Pair, text: string, anchor = "start"): SVGElement =>
  svg("text", { class: `lab ${kind}`, x, y, "text-anchor": anchor }, text);
