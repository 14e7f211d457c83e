// <chain-figure inputs="2,1.5,-1,-0.5,1">: a small network as a graph, with numbers that can be changed; forward a value at a
// time, then backward, each time a local factor times the upstream gradient. Before a step the page asks what it will give.
import { BACKWARD, FORWARD, forward, gradients, type Input, INPUTS, type Name, STEPS, type Values } from "./chain-math";
import { html, minus, svg, withPower } from "./dom";
import { button, Figure, finite, within } from "./figure";

const LARGEST = 99;
const HEIGHT = 268;
const PLACES: Record<Name, readonly [number, number]> = { // column, height
  w: [0, 48], x: [0, 138], b: [0, 228], z: [1, 138], a: [2, 138], v: [2, 228], p: [3, 138], t: [3, 228], L: [4, 138],
};
const NAMES = Object.keys(PLACES) as Name[];
const EDGES = FORWARD.flatMap(({ name, from }) => from.map((tail) => [tail, name] as const));

const short = (v: number, low: number): boolean => v === 0 || (Math.abs(v) >= low && Math.abs(v) < 1e5);
const number = (v: number): string => (short(v, 1e-4) ? minus(String(Number(v.toPrecision(4)))) : withPower(v.toExponential(2)));
/** As short as a box on a phone is wide: 1.5e−6. */
const compact = (v: number): string => (short(v, 1e-2) ? number(v) : minus(v.toExponential(1).replace("+", "")));
/** A factor in a product: a negative one in brackets. */
const bracketed = (v: number): string => (v < 0 ? `(${number(v)})` : number(v));

/** What step k computes; its numbers only once it is done. */
export function line(k: number, known: Values, done: boolean): string {
  const ahead = FORWARD[k];
  if (ahead) return `${ahead.name} = ${ahead.formula}${done ? ` = ${number(known[ahead.name])}` : ""}`;
  const { name, upstream, factor, local } = BACKWARD[k - FORWARD.length]!;
  const grad = gradients(known);
  const words = `d${name} = d${upstream} · ${factor}`;
  return done ? `${words} = ${number(grad[upstream])} · ${bracketed(local(known) + 0)} = ${number(grad[name])}` : words;
}

class ChainFigure extends Figure {
  protected readonly called = "chain";
  private inputs: Record<Input, number> = { x: 2, w: 1.5, b: -1, v: -0.5, t: 1 };
  private done = 0;
  private graph!: SVGElement;
  private lines!: HTMLElement;
  private says!: HTMLElement;
  private fields!: HTMLInputElement[];

  protected configure(): void {
    this.restore([...(this.getAttribute("inputs") ?? "").split(","), "0"]);
  }

  protected state(): (number | string)[] {
    return [...INPUTS.map((name) => this.inputs[name]), this.done];
  }

  protected restore(state: readonly string[]): void {
    const values = finite(state, INPUTS.length + 1);
    if (!values) return;
    INPUTS.forEach((name, i) => { this.inputs[name] = within(values[i]!, [-LARGEST, LARGEST]); });
    this.done = within(Math.round(values.at(-1)!), [0, STEPS]);
  }

  protected build(): Node[] {
    this.graph = svg("svg", { class: "plot graph", role: "img" });
    this.lines = html("ol", { class: "lines" });
    this.says = html("p", { class: "says", role: "status" });
    this.fields = INPUTS.map((name) => this.field(name));
    const labels = this.fields.map((field, i) => html("label", {}, html("span", {}, INPUTS[i]!), field));
    const to = (step: () => number) => () => {
      this.stop();
      this.show(step());
    };
    const actions = html("div", { class: "actions" },
      button("Step", to(() => this.done + 1)), button("Back", to(() => this.done - 1)),
      button("Run", () => void this.runOn()), button("Start over", to(() => 0)));
    return [
      html("div", { class: "views" }, html("div", {}, this.graph), html("div", { class: "side-view" }, this.lines)),
      html("div", { class: "controls one" }, html("div", { class: "entries" }, ...labels), actions, this.says),
    ];
  }

  private field(name: Input): HTMLInputElement {
    const field = html("input", { type: "number", step: 0.5, min: -LARGEST, max: LARGEST, value: this.inputs[name] });
    field.addEventListener("input", () => {
      const value = finite([field.value], 1)?.[0];
      if (value === undefined) return;
      this.inputs[name] = within(value, [-LARGEST, LARGEST]);
      this.changed();
    });
    return field;
  }

  /** Shows the steps from here, or from the start once all are done. */
  private runOn(): Promise<void> {
    const start = this.done % STEPS;
    return this.run(STEPS - start, (step) => this.show(start + step));
  }

  private show(step: number): void {
    this.done = within(step, [0, STEPS]);
    this.changed();
  }

  protected draw(): void {
    const known = forward(this.inputs);
    const next = this.done < STEPS ? line(this.done, known, false) : "";
    const last = this.done > 0 ? `${line(this.done - 1, known, true)}. ` : "";
    const asks = this.done < FORWARD.length ? `Forward: what will ${next} give?` : `Backward, from dL = 1: what will ${next} give?`;
    this.says.textContent = last + (next ? asks : "Every gradient is there.");
    this.drawGraph(known, gradients(known));
    this.lines.replaceChildren(...Array.from({ length: this.done }, (_, k) =>
      html("li", k === this.done - 1 ? { class: "last" } : {}, line(k, known, true))));
  }

  private drawGraph(known: Values, grad: Values): void {
    const width = Math.max(300, Math.round(this.graph.getBoundingClientRect().width));
    const [w, h] = [Math.min(92, width / 5 - 16), 34];
    const at = (name: Name) => [w / 2 + 1 + (PLACES[name][0] * (width - w - 2)) / 4, PLACES[name][1]] as const;
    const has = new Set<Name>([...INPUTS, ...FORWARD.slice(0, this.done).map(({ name }) => name)]);
    const back = BACKWARD.slice(0, Math.max(0, this.done - FORWARD.length));
    const walked = new Set<Name>(this.done >= FORWARD.length ? ["L", ...back.map(({ name }) => name)] : []);
    const [ahead, edge] = [FORWARD[this.done - 1], back.at(-1)];
    const active = (tail: Name, head: Name) => (edge ? edge.name === tail && edge.upstream === head : ahead?.name === head);
    this.graph.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.graph.replaceChildren(
      ...EDGES.map(([tail, head]) => {
        const [[x1, y1], [x2, y2]] = [at(tail), at(head)];
        return svg("path", { class: active(tail, head) ? "link now-link" : "link", d: `M${x1 + w / 2} ${y1}L${x2 - w / 2} ${y2}` });
      }),
      ...NAMES.map((name) => {
        const [x, y] = at(name);
        const current = name === (edge?.name ?? ahead?.name);
        return svg("g", { class: current ? "node now-node" : "node", transform: `translate(${x} ${y})` },
          svg("rect", { x: -w / 2, y: -h / 2, width: w, height: h }),
          svg("text", { y: -h / 2 - 6 }, name),
          svg("text", { class: "value", y: 5 }, has.has(name) ? compact(known[name]) : "?"),
          svg("text", { class: "grad", y: h / 2 + 16 }, walked.has(name) ? `d${name} ${compact(grad[name])}` : ""));
      }));
    const values = NAMES.filter((name) => has.has(name)).map((name) => `${name} = ${number(known[name])}`);
    const slopes = NAMES.filter((name) => walked.has(name)).map((name) => `d${name} = ${number(grad[name])}`);
    this.graph.setAttribute("aria-label", `The graph of z = wx + b, a = max(0, z), p = va, L = (p − t)². ${[...values, ...slopes].join(", ")}.`);
  }
}

customElements.define("chain-figure", ChainFigure);
