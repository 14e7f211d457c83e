// <error-map data-evidence='{"value": "dx", "errors": [[...]], "row": 0, "column": 0, "worst": [1, 3]}'>: area is the size of
// the error, filled is too high, hollow is too low; the entry that the sentence names has a frame. An entry that is
// no number is a cross. `row` and `column` are where the errors shown begin in the array.
import { redrawOnResize, size, svg } from "./dom";

interface ErrorMapEvidence {
  value: string;
  errors: (number | null)[][];
  row: number;
  column: number;
  worst: [number, number];
}

const LEFT = 30;
const TOP = 24;
const LARGEST_CELL = 44;

class ErrorMap extends HTMLElement {
  private observer?: ResizeObserver;

  connectedCallback(): void {
    const evidence: ErrorMapEvidence = JSON.parse(this.dataset.evidence ?? "{}");
    if (!evidence.errors?.length) return;
    const label = this.textContent?.trim() ?? "";
    this.observer = redrawOnResize(this, (width) => this.replaceChildren(draw(evidence, width, label)));
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }
}

function draw({ errors, row, column, worst }: ErrorMapEvidence, width: number, label: string): SVGElement {
  const columns = Math.max(...errors.map((line) => line.length));
  const cell = Math.min(LARGEST_CELL, (width - LEFT - 6) / columns);
  const [w, h] = [columns * cell, errors.length * cell];
  const plot = svg("svg", { class: "plot hinton", viewBox: `${-LEFT} ${-TOP} ${width} ${h + TOP + 4}`, role: "img", "aria-label": label });
  for (let c = 0; c < columns; c++) plot.append(svg("text", { class: "tick", x: (c + 0.5) * cell, y: -8 }, String(column + c)));
  errors.forEach((_, r) => plot.append(svg("text", { class: "tick end", x: -9, y: (r + 0.5) * cell + 4.5 }, String(row + r))));
  const lines = [...errors, []].map((_, r) => `M0 ${r * cell}H${w}`).join("") + Array.from({ length: columns + 1 }, (_, c) => `M${c * cell} 0V${h}`).join("");
  plot.append(svg("g", { class: "grid" }, svg("path", { d: lines })));
  const finite = Math.max(...errors.flat().filter((e): e is number => e !== null && Number.isFinite(e)).map(Math.abs), 0);
  errors.forEach((line, r) => line.forEach((error, c) => plot.append(...mark(error, finite, { r, c, name: `[${row + r}, ${column + c}]` }, cell))));
  const [x, y] = [(worst[1] - column) * cell, (worst[0] - row) * cell];
  plot.append(svg("rect", { class: "worst", x: x - 0.5, y: y - 0.5, width: cell + 1, height: cell + 1 }));
  return plot;
}

interface Place { r: number; c: number; name: string }

function mark(error: number | null, largest: number, { r, c, name }: Place, cell: number): SVGElement[] {
  const [x, y] = [(c + 0.5) * cell, (r + 0.5) * cell];
  if (error === null || !Number.isFinite(error)) {
    const arm = cell * 0.25;
    return [svg("path", { class: "none", d: `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}` }, svg("title", {}, `${name} not a number`))];
  }
  const side = largest > 0 ? Math.sqrt(Math.abs(error) / largest) * cell * 0.82 : 0;
  if (side < 1) return [];
  const kind = error > 0 ? "pos" : "neg";
  const title = svg("title", {}, `${name} ${error > 0 ? "+" : ""}${size(error)}`);
  return [svg("rect", { class: kind, x: (x - side / 2).toFixed(1), y: (y - side / 2).toFixed(1), width: side.toFixed(1), height: side.toFixed(1) }, title)];
}

customElements.define("error-map", ErrorMap);
