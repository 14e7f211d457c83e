// <descent-figure eta="0.3" start="-2.2,0.15">: twenty steps of gradient descent on a bowl. Slider, draggable
// start (arrow keys too), one step or a run; the state lies in the URL, the numbers beside the picture.
import {
  course, factors, FASTEST, gradient, halfLife, iterate, LAMBDA, LIMIT, loss, MINIMUM, NO_OVERSHOOT, type Point, rate, TILT,
} from "./descent-math";
import { fixed, html, minus, prefersStill, size, svg } from "./dom";

const VIEW = { x: [-3.3, 3.3], y: [-2.25, 2.65], w: 660, h: 490 } as const;
const ETA = { max: 0.42, step: 1 / 300 }; // the limit, 1/3, is on the grid
const STEPS = 20;
const STEP_MS = 160;
const NUDGES: Record<string, Point> = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };

const point = (w: Point): string => `(${fixed(w[0], 2)}, ${fixed(w[1], 2)})`;
const sx = (x: number): number => ((x - VIEW.x[0]) / (VIEW.x[1] - VIEW.x[0])) * VIEW.w;
const sy = (y: number): number => ((VIEW.y[1] - y) / (VIEW.y[1] - VIEW.y[0])) * VIEW.h;
const onScreen = (v: number): number => Math.max(-4e3, Math.min(4e3, v));
const polyline = (points: readonly Point[]): string => "M" + points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");

/** The sentence under the slider. */
export function sentence(eta: number, lastLoss: number, steps: number): string {
  const kept = `each step keeps at most ${(100 * rate(eta)).toFixed(0)} % of the error`;
  const half = halfLife(eta);
  const pace = `it halves within ${half} step${half === 1 ? "" : "s"}`;
  switch (course(eta)) {
    case "still": return "At η = 0 nothing moves.";
    case "bounces": return "Exactly at the limit: the path bounces across the valley and never settles.";
    case "diverges": return `Diverges. Each step multiplies the error across the valley by ${rate(eta).toFixed(2)}, and changes its sign; after ${steps} step${steps === 1 ? "" : "s"} the loss is ${size(lastLoss)}.`;
    case "creeps": return `Converges without overshooting, slowly: ${kept}, and ${pace}. The valley floor sets the pace.`;
    case "overshoots a little": return `Converges: ${kept}, and ${pace}. The valley floor still sets the pace.`;
    case "zigzags": return `Converges in a zigzag, since 1 − ηλ across the valley is negative: ${kept}, and ${pace}.`;
  }
}

class DescentFigure extends HTMLElement {
  private eta = 0.1;
  private start: Point = [-2.2, 0.15];
  private shown = STEPS;
  private turn = 0;
  private urlTimer: ReturnType<typeof setTimeout> | undefined;
  private name = "descent";
  private land!: SVGElement;
  private path!: SVGElement;
  private dots!: SVGElement;
  private handle!: SVGElement;
  private curve!: SVGElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private range!: HTMLInputElement;
  private etaOut!: HTMLOutputElement;

  connectedCallback(): void {
    const index = [...document.querySelectorAll("descent-figure")].indexOf(this);
    this.name = index > 0 ? `descent-${index + 1}` : "descent";
    this.eta = Number(this.getAttribute("eta") ?? this.eta);
    const [x, y] = (this.getAttribute("start") ?? "").split(",").map(Number);
    if (Number.isFinite(x) && Number.isFinite(y)) this.start = [x!, y!];
    this.readUrl();
    this.replaceChildren(this.build());
    this.draw();
  }

  private build(): DocumentFragment {
    this.land = svg("svg", { class: "plot land", viewBox: `0 0 ${VIEW.w} ${VIEW.h}`, role: "group", "aria-label": "Loss landscape" });
    this.path = svg("path", { class: "you-line" });
    this.dots = svg("g", { class: "you-dots" });
    this.handle = this.startHandle();
    this.land.append(this.contours(), this.path, this.dots, this.minimum(), this.handle);
    this.land.addEventListener("pointerdown", (event) => this.drag(event as PointerEvent));
    this.curve = svg("svg", { class: "plot loss-plot", viewBox: "0 0 300 214", "aria-hidden": "true" });
    this.numbers = html("dl", { class: "factors" });
    this.says = html("p", { class: "says", role: "status" });
    const views = html("div", { class: "views" }, html("div", {}, this.land), html("div", { class: "side-view" }, this.curve, this.numbers));
    const all = document.createDocumentFragment();
    all.append(views, html("div", { class: "controls" }, this.slider(), this.buttons(), this.says));
    return all;
  }

  private contours(): SVGElement {
    const turn = (-TILT * 180) / Math.PI;
    const group = svg("g", { class: "contours", transform: `translate(${sx(MINIMUM[0])} ${sy(MINIMUM[1])}) rotate(${turn})` });
    const scale = VIEW.w / (VIEW.x[1] - VIEW.x[0]);
    for (let k = 1; k <= 13; k++) {
      const level = 0.055 * k ** 2.25;
      const [rx, ry] = [Math.sqrt((2 * level) / LAMBDA[0]) * scale, Math.sqrt((2 * level) / LAMBDA[1]) * scale];
      group.append(svg("path", { d: `M${-rx} 0A${rx} ${ry} 0 1 1 ${rx} 0A${rx} ${ry} 0 1 1 ${-rx} 0` }));
    }
    return group;
  }

  private minimum(): SVGElement {
    return svg("g", { class: "minimum", transform: `translate(${sx(MINIMUM[0])} ${sy(MINIMUM[1])})` },
      svg("circle", { r: 7 }), svg("path", { d: "M-12 0H12M0 -12V12" }), svg("text", { x: 17, y: 20 }, "minimum"));
  }

  private startHandle(): SVGElement {
    const group = svg("g", { class: "start", tabindex: 0, role: "button" },
      svg("circle", { class: "grip", r: 22 }), svg("circle", { class: "ring", r: 9 }), svg("circle", { class: "you-dot", r: 4.5 }),
      svg("text", { x: -8, y: -18 }, "start: drag me"));
    group.addEventListener("keydown", (event) => {
      const by = NUDGES[(event as KeyboardEvent).key];
      if (!by) return;
      event.preventDefault();
      this.moveTo([this.start[0] + by[0], this.start[1] + by[1]]);
    });
    return group;
  }

  private slider(): HTMLElement {
    const id = `${this.name}-eta`;
    this.range = html("input", { type: "range", id, min: 0, max: ETA.max, step: ETA.step, value: this.eta });
    this.range.addEventListener("input", () => {
      this.eta = Number(this.range.value);
      this.draw();
    });
    this.etaOut = html("output", { for: id, "aria-live": "off" });
    const label = html("label", { for: id }, html("span", {}, "Learning rate η"), this.etaOut);
    return html("div", { class: "eta" }, label, this.range, html("div", { class: "ruler" }, this.ruler()));
  }

  private ruler(): SVGElement {
    const ruler = svg("svg", { "aria-hidden": "true" });
    const at = (eta: number) => `${((100 * eta) / ETA.max).toFixed(2)}%`;
    const sub = () => svg("tspan", { dy: 3, "font-size": 10 }, "max");
    const mark = (eta: number, anchor: string, dx: number, ...parts: (Node | string)[]) => {
      ruler.append(svg("line", { x1: at(eta), x2: at(eta), y1: 0, y2: 8 }));
      ruler.append(svg("text", { x: at(eta), y: 22, dx, "text-anchor": anchor }, ...parts));
    };
    mark(0, "start", -7, "0");
    mark(NO_OVERSHOOT, "middle", 0, "1/λ", sub());
    mark(FASTEST, "end", 6, "fastest");
    mark(LIMIT, "start", -4, "limit 2/λ", sub());
    return ruler;
  }

  private buttons(): HTMLElement {
    const make = (text: string, act: () => void) => {
      const button = html("button", { type: "button", class: "button" }, text);
      button.addEventListener("click", act);
      return button;
    };
    const step = make("One step", () => {
      this.turn++;
      this.shown = this.shown >= STEPS ? 1 : this.shown + 1;
      this.draw();
    });
    return html("div", { class: "actions" }, step, make(`Run ${STEPS}`, () => void this.run()));
  }

  private async run(): Promise<void> {
    const pause = prefersStill() ? 0 : STEP_MS;
    const turn = ++this.turn;
    for (let t = pause ? 0 : STEPS; t <= STEPS && turn === this.turn && this.isConnected; t++) {
      this.shown = t;
      this.draw();
      if (pause) await new Promise((done) => setTimeout(done, pause));
    }
  }

  private drag(event: PointerEvent): void {
    const box = this.land.getBoundingClientRect();
    const move = (e: PointerEvent) => this.moveTo([
      VIEW.x[0] + ((e.clientX - box.left) / box.width) * (VIEW.x[1] - VIEW.x[0]),
      VIEW.y[1] - ((e.clientY - box.top) / box.height) * (VIEW.y[1] - VIEW.y[0]),
    ]);
    const moved = (e: Event) => move(e as PointerEvent);
    move(event);
    this.land.setPointerCapture(event.pointerId);
    this.land.addEventListener("pointermove", moved);
    const end = () => this.land.removeEventListener("pointermove", moved);
    this.land.addEventListener("pointerup", end, { once: true });
    this.land.addEventListener("pointercancel", end, { once: true });
  }

  private moveTo([x, y]: Point): void {
    const inside = (v: number, [low, high]: Point) => Math.min(high - 0.15, Math.max(low + 0.15, v));
    this.start = [inside(x, VIEW.x), inside(y, VIEW.y)];
    this.draw();
  }

  private draw(): void {
    const steps = Array.from({ length: this.shown + 1 }, (_, t) => iterate(this.start, this.eta, t));
    const screen = steps.map((w): Point => [onScreen(sx(w[0])), onScreen(sy(w[1]))]);
    this.path.setAttribute("d", polyline(screen));
    this.dots.replaceChildren(...screen.slice(1).map(([x, y]) => svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4.2 })));
    this.handle.setAttribute("transform", `translate(${sx(this.start[0])} ${sy(this.start[1])})`);
    this.handle.setAttribute("aria-label", `start: drag me. Start point ${point(this.start)}; arrow keys move it.`);
    this.etaOut.textContent = this.eta.toFixed(3);
    this.range.setAttribute("aria-valuetext", `η = ${this.eta.toFixed(3)}, ${course(this.eta)}`);
    this.drawLoss(steps.map(loss));
    this.drawNumbers(steps);
    this.says.textContent = sentence(this.eta, loss(steps.at(-1)!), this.shown);
    this.writeUrl();
  }

  private drawLoss(values: number[]): void {
    const x = (t: number) => 40 + (t / STEPS) * 252;
    const y = (v: number) => Math.min(178, Math.max(18, 178 - ((Math.log10(Math.max(v, 1e-9)) + 4) / 7) * 160));
    const parts: SVGElement[] = [svg("text", { x: 0, y: 10 }, "loss, log scale")];
    for (const power of [-4, -2, 0, 2]) {
      const label = svg("text", { x: 30, y: y(10 ** power) + 4, "text-anchor": "end" }, "10", svg("tspan", { dy: -4, "font-size": 9 }, minus(String(power))));
      parts.push(svg("path", { class: "gridline", d: `M40 ${y(10 ** power)}H292` }), label);
    }
    for (const t of [0, 5, 10, 15, 20]) parts.push(svg("text", { x: x(t), y: 197, "text-anchor": "middle" }, String(t)));
    const line = values.map((v, t): Point => [x(t), y(v)]);
    parts.push(svg("text", { x: 166, y: 213, "text-anchor": "middle" }, "step t"), svg("path", { class: "you-line", d: polyline(line) }));
    parts.push(svg("g", { class: "you-dots" }, ...line.map(([cx, cy]) => svg("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 3 }))));
    this.curve.replaceChildren(...parts);
  }

  private drawNumbers(steps: Point[]): void {
    const [low, high] = factors(this.eta);
    const rows: [string, string][] = [
      ["w₀", point(this.start)],
      ["∇L(w₀)", point(gradient(this.start))],
      ["w₁ = w₀ − η∇L(w₀)", point(iterate(this.start, this.eta, 1))],
      ["1 − ηλ along the valley", fixed(low, 3)],
      ["1 − ηλ across it", fixed(high, 3)],
      [`loss after ${this.shown} step${this.shown === 1 ? "" : "s"}`, size(loss(steps.at(-1)!))],
    ];
    this.numbers.replaceChildren(...rows.flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)]));
  }

  private readUrl(): void {
    const state = new URLSearchParams(location.search).get(this.name)?.split(",").map(Number);
    if (state?.length !== 3 || !state.every(Number.isFinite)) return;
    const [eta, x, y] = state as [number, number, number];
    this.eta = Math.min(ETA.max, Math.max(0, eta));
    this.start = [x, y];
  }

  private writeUrl(): void {
    clearTimeout(this.urlTimer);
    this.urlTimer = setTimeout(() => {
      const untouched = this.eta === Number(this.getAttribute("eta")) && this.getAttribute("start") === this.start.join(",");
      const url = new URL(location.href);
      if (untouched) url.searchParams.delete(this.name);
      else url.searchParams.set(this.name, [this.eta, ...this.start].map((v) => v.toFixed(5)).join(","));
      history.replaceState(null, "", url);
    }, 300);
  }
}

if (!customElements.get("descent-figure")) customElements.define("descent-figure", DescentFigure);
