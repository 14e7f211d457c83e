// A quadratic bowl seen from above, and the loss along a path on it.
import { decade, dots, minimumMark, type Pair, pathOf, pathWithin, powerOfTen } from "./chart";
import { svg } from "./dom";

export interface Bowl {
  curvatures: Pair; // along the valley, across it
  tilt: number; // radians from the first axis to the valley
  minimum: Pair;
}

export interface View {
  x: Pair;
  y: Pair;
  w: number;
  h: number;
}

const WORDS = 170; // what the words beside a handle take of a view, on a phone
const OUTSIDE = 4e3; // where a path that leaves the picture is cut off

export const toView = (view: View, [x, y]: Pair): Pair => [
  ((x - view.x[0]) / (view.x[1] - view.x[0])) * view.w,
  ((view.y[1] - y) / (view.y[1] - view.y[0])) * view.h,
];

export const fromView = (view: View, [x, y]: Pair): Pair => [
  view.x[0] + (x / view.w) * (view.x[1] - view.x[0]),
  view.y[1] - (y / view.h) * (view.y[1] - view.y[0]),
];

/** The level curves, with the minimum marked. */
export function land(bowl: Bowl, view: View): SVGElement[] {
  const [x, y] = toView(view, bowl.minimum);
  const group = svg("g", { class: "contours", transform: `translate(${x} ${y}) rotate(${(-bowl.tilt * 180) / Math.PI})` });
  const scale = view.w / (view.x[1] - view.x[0]);
  for (let k = 1; k <= 13; k++) {
    const level = 0.055 * k ** 2.25;
    const [rx, ry] = bowl.curvatures.map((curvature) => Math.sqrt((2 * level) / curvature) * scale);
    group.append(svg("path", { d: `M${-rx!} 0A${rx} ${ry} 0 1 1 ${rx} 0A${rx} ${ry} 0 1 1 ${-rx!} 0` }));
  }
  return [group, minimumMark([x, y], svg("text", { x: 17, y: 20 }, "minimum"))];
}

/** Puts a handle at its place, and its words on the side where there is room for them. */
export function putHandle(handle: SVGElement, view: View, place: Pair): void {
  const [x, y] = toView(view, place);
  const [late, high] = [x > view.w - WORDS, y < 40];
  const words = handle.querySelector("text");
  handle.setAttribute("transform", `translate(${x} ${y})`);
  words?.setAttribute("text-anchor", late ? "end" : "start");
  words?.setAttribute("x", late ? "8" : "-8");
  words?.setAttribute("y", high ? "32" : "-18");
}

/** A path of iterates. */
export function walk(view: View, path: readonly Pair[]): SVGElement[] {
  const cut = (v: number): number => Math.max(-OUTSIDE, Math.min(OUTSIDE, v));
  const screen = path.map((w): Pair => { const [x, y] = toView(view, w); return [cut(x), cut(y)]; });
  return [svg("path", { class: "you-line", d: pathOf(screen) }), dots("you", screen, 4.2)];
}

const HEIGHTS: Pair = [18, 178]; // of 10³ and of 10⁻⁴

/** The loss against the step, on a logarithmic axis from 10⁻⁴ to 10³; beside it, dashed, the loss to compare with. */
export function lossCurve(plot: SVGElement, steps: number, yours: readonly number[], reference: readonly number[] = []): void {
  const x = (t: number) => 40 + (t / steps) * 252;
  const [top, base] = HEIGHTS;
  const y = (v: number) => base - ((decade(v) + 4) / 7) * (base - top);
  const line = (values: readonly number[]) => values.map((v, t): Pair => [x(t), y(v)]);
  plot.replaceChildren(
    svg("text", { x: 0, y: 10 }, "loss, log scale"),
    ...[-4, -2, 0, 2].flatMap((power) => [
      svg("path", { class: "gridline", d: `M40 ${y(10 ** power)}H292` }),
      svg("text", { x: 30, y: y(10 ** power) + 4, "text-anchor": "end" }, ...powerOfTen(power)),
    ]),
    ...[0, 1, 2, 3, 4].map((k) => svg("text", { x: x((k * steps) / 4), y: 197, "text-anchor": "middle" }, String((k * steps) / 4))),
    svg("text", { x: 166, y: 213, "text-anchor": "middle" }, "step t"),
    ...(reference.length ? [svg("path", { class: "ref-line", d: pathWithin(line(reference), HEIGHTS) })] : []),
    svg("path", { class: "you-line", d: pathWithin(line(yours), HEIGHTS) }),
    dots("you", line(yours).filter(([, height]) => height >= top && height <= base), 3),
  );
}
