// <momentum-figure eta="0.0533" mu="0.5" kappa="25">: the plane of η and μ with its stable region and level curves of the
// rate, the rate of each direction as a bar, and the path on a bowl. Sliders; the point in the plane can be dragged.
import { type Bowl, land, lossCurve, type View, walk } from "./bowl";
import { chart, type Chart, label, minimumMark, type Pair, pathOf } from "./chart";
import { counted, fixed, html, size, svg } from "./dom";
import { button, choice, type Choice, Figure, finite, rows, type Slider, slider, within } from "./figure";
import { error, fastest, limit, rate, region, roots, stepsPerDigit } from "./momentum-math";
import type { Range } from "./plot-scale";

type Kappa = "6" | "25" | "100";

const X: Range = [0, 4]; // ηλ_max
const MU: Range = [0, 0.995];
const STEPS = 60;
const MODES = 8;
const LEVELS = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98];
const LABELLED = [0.6, 0.8, 0.9];
const TALLEST = 1.25; // of the bars
const VIEW: View = { x: [-3.3, 3.3], y: [-2, 2], w: 660, h: 400 };
const TILT = 0.3;
const MINIMUM: Pair = [1.1, 0.3];
const START: Pair = [-3, 0.9]; // along the valley, across it, from the minimum

/** Curvatures from 1 to κ, each the same multiple of the last. */
export const curvatures = (kappa: number): number[] => Array.from({ length: MODES }, (_, i) => kappa ** (i / (MODES - 1)));

/** What this pair does, in a sentence or two. */
export function sentence(eta: number, mu: number, kappa: number): string {
  if (eta === 0) return "At η = 0 nothing moves.";
  const [slow, steep] = [roots(eta, mu), roots(eta * kappa, mu)];
  const worst = rate(eta, mu, curvatures(kappa));
  const edge = limit(mu, kappa);
  if (Math.abs(eta - edge) < 1e-9) return "Exactly at the limit 2(1 + μ)/λₘₐₓ: across the valley the error never fades.";
  if (eta > edge) return `Diverges: in the long run each step multiplies the error across the valley by ${steep.size.toFixed(2)}. With this μ, η has to stay below ${size(edge)}.`;
  const pace = `each step keeps ${worst.toFixed(3)} of the error, and a decimal digit costs ${stepsPerDigit(worst).toFixed(1)} steps`;
  if (slow.complex && steep.complex) return `Every direction swings, and all fade alike, by √μ: ${pace}.`;
  if (slow.size >= steep.size) return `Converges; the valley floor, which does not swing, sets the pace: ${pace}.`;
  return `Converges; the steep direction, which changes its sign in every step, sets the pace: ${pace}.`;
}

class MomentumFigure extends Figure {
  protected readonly called = "momentum";
  private x = 4 / 3;
  private mu = 0.5;
  private kappa: Kappa = "25";
  private shown = STEPS;
  private plane!: SVGElement;
  private drawn!: Chart;
  private bars!: SVGElement;
  private bowl!: SVGElement;
  private curve!: SVGElement;
  private numbers!: HTMLElement;
  private says!: HTMLElement;
  private rateSlider!: Slider;
  private momentum!: Slider;
  private condition!: Choice<Kappa>;

  private get eta(): number {
    return this.x / Number(this.kappa);
  }

  protected configure(): void {
    const [eta, mu, kappa] = finite(["eta", "mu", "kappa"].map((name) => this.getAttribute(name) ?? ""), 3) ?? [];
    if (eta !== undefined) this.restore([String(eta * kappa!), String(mu), String(kappa)]);
  }

  protected state(): string[] {
    return [this.x.toFixed(3), this.mu.toFixed(3), this.kappa];
  }

  protected restore(state: readonly string[]): void {
    const [x, mu, kappa] = finite(state, 3) ?? [];
    if (x === undefined || ![6, 25, 100].includes(kappa!)) return;
    [this.x, this.mu, this.kappa] = [within(x, X), within(mu!, MU), String(kappa) as Kappa];
  }

  protected build(): Node[] {
    this.plane = svg("svg", { class: "plot plane", role: "img" });
    this.dragged(this.plane, (x, y) => this.move({ x: this.drawn.back.x(x), mu: this.drawn.back.y(y) }));
    this.bars = svg("svg", { class: "plot", role: "img" });
    this.bowl = svg("svg", { class: "plot land still", viewBox: `0 0 ${VIEW.w} ${VIEW.h}`, role: "img" });
    this.curve = svg("svg", { class: "plot loss-plot", viewBox: "0 0 300 214", "aria-hidden": "true" });
    this.numbers = html("dl", { class: "numbers" });
    this.says = html("p", { class: "says", role: "status" });
    this.rateSlider = slider(`${this.name}-eta`, { label: "Learning rate η", min: X[0], max: X[1], step: 0.01 }, (x) => this.move({ x }));
    this.momentum = slider(`${this.name}-mu`, { label: "Momentum μ", min: MU[0], max: MU[1], step: 0.005 }, (mu) => this.move({ mu }));
    const kappas: Record<Kappa, string> = { 6: "6", 25: "25", 100: "100" };
    this.condition = choice(`${this.name}-kappa`, "Condition κ", kappas, (kappa) => this.move({ kappa }));
    return [
      html("div", { class: "part" },
        html("div", { class: "views" }, html("div", {}, this.plane), html("div", { class: "side-view" }, this.bars, this.numbers)),
        html("div", { class: "controls even" }, this.rateSlider.node, this.momentum.node, this.condition.node, this.buttons(), this.says)),
      html("div", { class: "part" },
        html("div", { class: "views" }, html("div", {}, this.bowl), html("div", { class: "side-view" }, this.curve))),
    ];
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
    const best = button("Best pair", () => {
      const { eta, mu } = fastest(1, Number(this.kappa));
      this.move({ x: eta * Number(this.kappa), mu });
    });
    return html("div", { class: "actions" }, one, button(`Run ${STEPS}`, () => void this.run(STEPS, show)), best);
  }

  private move({ x = this.x, mu = this.mu, kappa = this.kappa }: { x?: number; mu?: number; kappa?: Kappa }): void {
    [this.x, this.mu, this.kappa] = [within(x, X), within(mu, MU), kappa];
    this.changed();
  }

  protected draw(): void {
    const kappa = Number(this.kappa);
    const words = sentence(this.eta, this.mu, kappa);
    this.rateSlider.show(this.x, this.eta.toFixed(4), `η = ${this.eta.toFixed(4)}. ${words}`);
    this.momentum.show(this.mu, this.mu.toFixed(3), `μ = ${this.mu.toFixed(3)}. ${words}`);
    this.condition.show(this.kappa);
    this.says.textContent = words;
    this.drawPlane(kappa);
    this.drawBars(kappa);
    this.drawPath(kappa);
    this.drawNumbers(kappa);
    this.plane.setAttribute("aria-label", `The plane of learning rate and momentum. η = ${this.eta.toFixed(4)}, μ = ${this.mu.toFixed(3)}, λmax = ${kappa}. ${words}`);
  }

  private drawPlane(kappa: number): void {
    const narrow = this.plane.getBoundingClientRect().width < 480;
    const to = this.drawn = chart(this.plane, narrow ? 320 : 400,
      { range: X, ticks: [0, 1, 2, 3, 4], title: "η λₘₐₓ" }, { range: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], title: "μ" });
    const at = ([eta, mu]: Pair): Pair => [to.x(eta * kappa), to.y(mu)];
    const outline = (r: number) => `${pathOf(region(r, 1, kappa).map(at))}Z`;
    const { eta, mu } = fastest(1, kappa);
    const plain = at([2 / (1 + kappa), 0]);
    const [px, py] = at([this.eta, this.mu]);
    const levels = LEVELS.filter((r) => region(r, 1, kappa).length > 0);
    this.plane.append(
      svg("path", { class: "stable", d: outline(1) }),
      svg("g", { class: "contours" }, ...levels.map((r) => svg("path", { d: outline(r) }))),
      ...levels.filter((r) => LABELLED.includes(r)).map((r) => svg("text", { class: "tick end", x: at(region(r, 1, kappa).at(-2)!)[0] - 10, y: to.y(r * r) - 4 }, String(r))),
      label("", [to.x(2.55), to.y(0.07)], narrow ? "diverges" : "diverges: η > 2(1 + μ)/λₘₐₓ"),
      minimumMark(at([eta, mu])),
      svg("g", { class: "ref-dots" }, svg("circle", { cx: plain[0], cy: plain[1], r: 5 })),
      label("ref", [plain[0], to.height - 3], "best at μ = 0", "middle"),
      svg("g", { class: "handle", transform: `translate(${px} ${py})` },
        svg("circle", { class: "grip", r: 22 }), svg("circle", { class: "ring", r: 9 }), svg("circle", { class: "you-dot", r: 4.5 })));
  }

  private drawBars(kappa: number): void {
    const lambdas = curvatures(kappa);
    const to = chart(this.bars, 230,
      { range: [0.4, MODES + 0.6], ticks: lambdas.map((_, i) => i + 1), title: "curvature λ", label: (i) => [String(Number(lambdas[i - 1]!.toPrecision(2)))] },
      { range: [0, TALLEST], ticks: [0, 0.5, 1], title: "kept of the error in each step" });
    const width = (to.x(2) - to.x(1)) * 0.56;
    const modes = lambdas.map((lambda) => roots(this.eta * lambda, this.mu));
    this.bars.append(...modes.map(({ complex, size: kept }, i) => {
      const top = to.y(Math.min(kept, TALLEST));
      return svg("rect", { class: complex ? "bar swings" : "bar", x: to.x(i + 1) - width / 2, y: top, width, height: to.y(0) - top });
    }), svg("path", { class: "bound", d: `M${to.x(0.4)} ${to.y(1)}H${to.x(MODES + 0.6)}` }));
    const words = modes.map(({ complex, size: kept }, i) => `λ = ${Number(lambdas[i]!.toPrecision(2))}: ${kept.toFixed(3)}${complex ? ", swings" : ""}`);
    this.bars.setAttribute("aria-label", `What a step keeps of the error in each direction, in the long run. ${words.join("; ")}.`);
  }

  private drawPath(kappa: number): void {
    const bowl: Bowl = { curvatures: [1, kappa], tilt: TILT, minimum: MINIMUM };
    const away = (t: number, eta: number, mu: number): Pair => [START[0] * error(eta, mu, t), START[1] * error(eta * kappa, mu, t)];
    const loss = ([a, b]: Pair) => (a * a + kappa * b * b) / 2;
    const place = ([a, b]: Pair): Pair => [
      MINIMUM[0] + a * Math.cos(TILT) - b * Math.sin(TILT),
      MINIMUM[1] + a * Math.sin(TILT) + b * Math.cos(TILT),
    ];
    const steps = Array.from({ length: this.shown + 1 }, (_, t) => away(t, this.eta, this.mu));
    const best = fastest(1, kappa);
    const [contours, minimum] = land(bowl, VIEW);
    this.bowl.replaceChildren(contours!, svg("g", {}, ...walk(VIEW, steps.map(place))), minimum!);
    lossCurve(this.curve, STEPS, steps.map(loss), Array.from({ length: STEPS + 1 }, (_, t) => loss(away(t, best.eta, best.mu))));
    this.bowl.setAttribute("aria-label", `The path on a bowl with curvatures 1 and ${kappa}. Loss after ${counted(this.shown)}: ${size(loss(steps.at(-1)!))}; with the best pair ${size(loss(away(this.shown, best.eta, best.mu)))}.`);
  }

  private drawNumbers(kappa: number): void {
    const kept = (lambda: number) => { const { complex, size: r } = roots(this.eta * lambda, this.mu); return `${r.toFixed(3)}, ${complex ? "swings" : "real"}`; };
    const best = fastest(1, kappa);
    rows(this.numbers, [
      ["|z| along the valley, λ = 1", kept(1)],
      [`|z| across it, λ = ${kappa}`, kept(kappa)],
      ["largest η, 2(1 + μ)/λₘₐₓ", fixed(limit(this.mu, kappa), 4)],
      ["best pair η, μ", `${best.eta.toFixed(4)}, ${best.mu.toFixed(3)}`],
      ["its rate (√κ − 1)/(√κ + 1)", best.rate.toFixed(3)],
      ["without momentum (κ − 1)/(κ + 1)", ((kappa - 1) / (kappa + 1)).toFixed(3)],
    ]);
  }
}

customElements.define("momentum-figure", MomentumFigure);
