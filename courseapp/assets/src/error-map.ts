// <error-map data-evidence='{"value": "dx", "rows": 6, "columns": 7, "errors": [[...]]}'>: area is the size of the error, filled
// is too high, hollow is too low, the worst has a frame. An entry that is no number is a cross.
import { redrawOnResize, size, svg } from "./dom";

interface ErrorMapEvidence {
  value: string;
  errors: (number | null)[][];
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
    this.observer = redrawOnResize(this, (width) => this.replaceChildren(draw(evidence.errors, width, label)));
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }
}

/** Where the largest error is, and how large; entries that are no numbers count as infinite. */
export function worst(errors: (number | null)[][]): { row: number; column: number; size: number } {
  let found = { row: 0, column: 0, size: -1 };
  errors.forEach((line, row) => line.forEach((error, column) => {
    const magnitude = error === null || !Number.isFinite(error) ? Infinity : Math.abs(error);
    if (magnitude > found.size) found = { row, column, size: magnitude };
  }));
  return found;
}

function draw(errors: (number | null)[][], width: number, label: string): SVGElement {
  const columns = Math.max(...errors.map((line) => line.length));
  const cell = Math.min(LARGEST_CELL, (width - LEFT - 6) / columns);
  const [w, h] = [columns * cell, errors.length * cell];
  const plot = svg("svg", { class: "plot hinton", viewBox: `${-LEFT} ${-TOP} ${width} ${h + TOP + 4}`, role: "img", "aria-label": label });
  for (let c = 0; c < columns; c++) plot.append(svg("text", { class: "tick", x: (c + 0.5) * cell, y: -8 }, String(c)));
  errors.forEach((_, r) => plot.append(svg("text", { class: "tick end", x: -9, y: (r + 0.5) * cell + 4.5 }, String(r))));
  const lines = [...errors, []].map((_, r) => `M0 ${r * cell}H${w}`).join("") + Array.from({ length: columns + 1 }, (_, c) => `M${c * cell} 0V${h}`).join("");
  plot.append(svg("g", { class: "grid" }, svg("path", { d: lines })));
  const most = worst(errors);
  const finite = Math.max(...errors.flat().filter((e): e is number => e !== null && Number.isFinite(e)).map(Math.abs), 0);
  errors.forEach((line, r) => line.forEach((error, c) => plot.append(...mark(error, finite, r, c, cell))));
  if (most.size > 0) plot.append(svg("rect", { class: "worst", x: most.column * cell - 0.5, y: most.row * cell - 0.5, width: cell + 1, height: cell + 1 }));
  return plot;
}

function mark(error: number | null, largest: number, row: number, column: number, cell: number): SVGElement[] {
  const [x, y] = [(column + 0.5) * cell, (row + 0.5) * cell];
  if (error === null || !Number.isFinite(error)) {
    const arm = cell * 0.25;
    return [svg("path", { class: "none", d: `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}` }, svg("title", {}, `[${row}, ${column}] not a number`))];
  }
  const side = largest > 0 ? Math.sqrt(Math.abs(error) / largest) * cell * 0.82 : 0;
  if (side < 1) return [];
  const kind = error > 0 ? "pos" : "neg";
  const title = svg("title", {}, `[${row}, ${column}] ${error > 0 ? "+" : ""}${size(error)}`);
  return [svg("rect", { class: kind, x: (x - side / 2).toFixed(1), y: (y - side / 2).toFixed(1), width: side.toFixed(1), height: side.toFixed(1) }, title)];
}

customElements.define("error-map", ErrorMap);
