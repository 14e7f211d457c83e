// <descent-figure eta="0.3" start="-2.2,0.15">: twenty steps of gradient descent on a bowl. Slider, draggable start (arrow
// keys too), one step or a run.
import { fromView, land, lossCurve, putHandle, type View, walk } from "./bowl";
import {
  BOWL, course, factors, FASTEST, gradient, halfLife, iterate, LIMIT, loss, NO_OVERSHOOT, type Point, rate,
} from "./descent-math";
import { counted, fixed, html, size, svg } from "./dom";
import { button, Figure, finite, rows, ruler, type Slider, slider, within } from "./figure";

const VIEW: View = { x: [-3.3, 3.3], y: [-2.25, 2.65], w: 660, h: 490 };
const ETA = { max: 0.42, step: 1 / 300 }; // the limit, 1/3, is on the grid
const STEPS = 20;
const MARGIN = 0.15; // between the start and the edge
const NUDGES: Record<string, Point> = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };

const point = (w: Point): string => `(${fixed(w[0], 2)}, ${fixed(w[1], 2)})`;

/** The sentence under the slider. */
export function sentence(eta: number, lastLoss: number, steps: number): string {
  const kept = `each step keeps at most ${(100 * rate(eta)).toFixed(0)} % of the error`;
  const pace = `it halves within ${counted(halfLife(eta))}`;
  switch (course(eta)) {
    case "still": return "At η = 0 nothing moves.";
    case "bounces": return "Exactly at the limit: the path bounces across the valley and never settles.";
    case "diverges": return `Diverges. Each step multiplies the error across the valley by ${rate(eta).toFixed(2)}, and changes its sign; after ${counted(steps)} the loss is ${size(lastLoss)}.`;
    case "creeps": return `Converges without overshooting, slowly: ${kept}, and ${pace}. The valley floor sets the pace.`;
    case "overshoots a little": return `Converges: ${kept}, and ${pace}. The valley floor still sets the pace.`;
    case "zigzags": return `Converges in a zigzag, since 1 − ηλ across the valley is negative: ${kept}, and ${pace}.`;
  }
}

class DescentFigure extends Figure {
  protected readonly called = "descent";
  private eta = 0.3;
  private start: Point = [-2.2, 0.15];
  private shown = STEPS;
  private path!: SVGElement;
  private handle!: SVGElement;
  private curve!: SVGElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private rateSlider!: Slider;

  protected configure(): void {
    this.eta = finite([this.getAttribute("eta") ?? ""], 1)?.[0] ?? this.eta;
    const [x, y] = finite((this.getAttribute("start") ?? "").split(","), 2) ?? this.start;
    this.start = [x!, y!];
  }

  protected state(): string[] {
    return [this.eta, ...this.start].map((v) => v.toFixed(5));
  }

  protected restore(state: readonly string[]): void {
    const [eta, x, y] = finite(state, 3) ?? [this.eta, ...this.start];
    this.eta = within(eta!, [0, ETA.max]);
    this.start = [x!, y!];
  }

  protected build(): Node[] {
    const plot = svg("svg", { class: "plot land", viewBox: `0 0 ${VIEW.w} ${VIEW.h}`, role: "group", "aria-label": "Loss landscape" });
    this.path = svg("g");
    this.handle = this.startHandle();
    const [contours, minimum] = land(BOWL, VIEW);
    plot.append(contours!, this.path, minimum!, this.handle);
    this.dragged(plot, (x, y) => this.moveTo(fromView(VIEW, [x, y])));
    this.curve = svg("svg", { class: "plot loss-plot", viewBox: "0 0 300 214", "aria-hidden": "true" });
    this.numbers = html("dl", { class: "numbers" });
    this.says = html("p", { class: "says", role: "status" });
    this.rateSlider = slider(`${this.name}-eta`, { label: "Learning rate η", min: 0, ...ETA }, (eta) => {
      this.eta = eta;
      this.changed();
    }, marks());
    return [
      html("div", { class: "views" }, html("div", {}, plot), html("div", { class: "side-view" }, this.curve, this.numbers)),
      html("div", { class: "controls" }, this.rateSlider.node, this.buttons(), this.says),
    ];
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
    return html("div", { class: "actions" }, one, button(`Run ${STEPS}`, () => void this.run(STEPS, show)));
  }

  private moveTo([x, y]: Point): void {
    this.handle.querySelector("text")?.remove(); // it has been understood, and would lie on the path
    const inside = (v: number, [low, high]: Point) => within(v, [low + MARGIN, high - MARGIN]);
    this.start = [inside(x, VIEW.x), inside(y, VIEW.y)];
    this.changed();
  }

  protected draw(): void {
    const steps = Array.from({ length: this.shown + 1 }, (_, t) => iterate(this.start, this.eta, t));
    this.path.replaceChildren(...walk(VIEW, steps));
    putHandle(this.handle, VIEW, this.start);
    this.handle.setAttribute("aria-label", `start: drag me. Start point ${point(this.start)}; arrow keys move it.`);
    this.rateSlider.show(this.eta, this.eta.toFixed(3), `η = ${this.eta.toFixed(3)}, ${course(this.eta)}`);
    lossCurve(this.curve, STEPS, steps.map(loss));
    this.drawNumbers(loss(steps.at(-1)!));
    this.says.textContent = sentence(this.eta, loss(steps.at(-1)!), this.shown);
  }

  private drawNumbers(lastLoss: number): void {
    const [low, high] = factors(this.eta);
    rows(this.numbers, [
      ["w₀", point(this.start)],
      ["∇L(w₀)", point(gradient(this.start))],
      ["w₁ = w₀ − η∇L(w₀)", point(iterate(this.start, this.eta, 1))],
      ["1 − ηλ along the valley", fixed(low, 3)],
      ["1 − ηλ across it", fixed(high, 3)],
      [`loss after ${counted(this.shown)}`, size(lastLoss)],
    ]);
  }
}

function marks(): SVGElement {
  const sub = () => svg("tspan", { dy: 3, "font-size": 10 }, "max");
  return ruler([
    { at: 0, words: ["0"], anchor: "start", dx: -7 },
    { at: NO_OVERSHOOT / ETA.max, words: ["1/λ", sub()] },
    { at: FASTEST / ETA.max, words: ["fastest"], anchor: "end", dx: 6 },
    { at: LIMIT / ETA.max, words: ["limit 2/λ", sub()], anchor: "start", dx: -4 },
  ]);
}

if (!customElements.get("descent-figure")) customElements.define("descent-figure", DescentFigure);
