// <timing-plot data-evidence='{"ratios": [...], "median": ..., "low": ..., "high": ..., "threshold": ...}'>: every pair is a
// dot on a logarithmic axis; the threshold is a line, the interval a bracket below.
import { redrawOnResize, svg } from "./dom";
import { linear, pile, ratioTicks, type Range } from "./plot-scale";

interface Timing {
  ratios: number[];
  median: number;
  low: number;
  high: number;
  threshold: number;
}

const EDGE = 8;
const AREA = 104; // greatest height of the piles

class TimingPlot extends HTMLElement {
  private timing!: Timing;
  private observer?: ResizeObserver;

  connectedCallback(): void {
    this.timing = JSON.parse(this.dataset.evidence ?? "{}");
    if (!this.timing.ratios?.length) return;
    const label = this.textContent?.trim() ?? "";
    this.observer = redrawOnResize(this, (width) => this.replaceChildren(this.draw(width, label)));
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }

  private draw(width: number, label: string): SVGElement {
    const { ratios, threshold } = this.timing;
    const shown: Range = [Math.min(...ratios, threshold, 1) * 0.93, Math.max(...ratios, threshold, 1) * 1.12];
    const log = linear([Math.log(shown[0]), Math.log(shown[1])], [EDGE, width - EDGE]);
    const x = (ratio: number) => log(Math.log(ratio));
    const dots = this.dots(ratios.map(x), width);
    const height = Math.max(34, dots.height) + 14;
    const plot = svg("svg", { class: "plot timing", viewBox: `0 0 ${width} ${height + 66}`, role: "img", "aria-label": label });
    plot.append(svg("rect", { class: "over", x: x(threshold), y: 8, width: Math.max(0, width - EDGE - x(threshold)), height: height - 8 }));
    plot.append(...dots.marks(height), ...this.axis(shown, x, width, height), ...this.limit(x, width, height), this.interval(x, width, height + 36));
    return plot;
  }

  private dots(positions: number[], width: number): { height: number; marks: (base: number) => SVGElement[] } {
    let radius = width < 500 ? 2.6 : 3.2;
    let piled = pile(positions, radius * 2.5);
    const tallest = Math.max(...piled.map(({ level }) => level)) + 1;
    const rise = Math.min(radius * 2.5, AREA / tallest);
    radius = Math.min(radius, Math.max(1.2, rise / 2));
    return {
      height: tallest * rise,
      marks: (base) => piled.map(({ at, level }) =>
        svg("circle", { class: "pair", cx: at.toFixed(1), cy: (base - 1.6 * radius - level * rise).toFixed(1), r: radius })),
    };
  }

  private axis(shown: Range, x: (ratio: number) => number, width: number, base: number): SVGElement[] {
    const parts = [svg("path", { class: "base", d: `M${EDGE} ${base}H${width - EDGE}` })];
    let free = -Infinity;
    for (const tick of ratioTicks(shown, width < 500 ? 5 : 8)) {
      const at = Math.min(width - 18, Math.max(16, x(tick)));
      if (at < free) continue;
      free = at + 44;
      parts.push(svg("path", { class: "tickmark", d: `M${x(tick)} ${base}v5` }));
      parts.push(svg("text", { class: "tick", x: at, y: base + 20 }, `${tick}×`));
    }
    return parts;
  }

  private limit(x: (ratio: number) => number, width: number, base: number): SVGElement[] {
    const at = x(this.timing.threshold);
    const left = at > width - 130;
    return [
      svg("path", { class: "thr", d: `M${at} 2V${base}` }),
      svg("text", { class: left ? "thr-label flip" : "thr-label", x: at + (left ? -8 : 8), y: 14 }, `threshold ${this.timing.threshold}×`),
    ];
  }

  private interval(x: (ratio: number) => number, width: number, y: number): SVGElement {
    const { low, median, high } = this.timing;
    const words = `median ${median.toFixed(2)}×, interval ${low.toFixed(2)}–${high.toFixed(2)}`;
    const left = x(high) + 10 + 7.1 * words.length > width;
    const under = left && x(low) - 10 - 7.1 * words.length < 0;
    const text = under
      ? svg("text", { x: EDGE, y: y + 24 }, words)
      : svg("text", { class: left ? "flip" : "", x: left ? x(low) - 10 : x(high) + 10, y: y + 4 }, words);
    return svg("g", { class: "interval" },
      svg("path", { d: `M${x(low)} ${y}H${x(high)}M${x(low)} ${y - 5}v10M${x(high)} ${y - 5}v10` }),
      svg("circle", { cx: x(median), cy: y, r: 4.5 }), text);
  }
}

customElements.define("timing-plot", TimingPlot);
