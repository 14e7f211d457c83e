// What all moving figures have in common: a state that lies in the URL, views that are drawn anew from it at the width
// there is, sliders, a cursor for mouse and touch, a run of steps, and the numbers and the sentence beside the picture.
import { html, prefersStill, redrawOnResize, svg } from "./dom";

const URL_MS = 300;
const STEP_MS = 160;
const SLOP = 8; // px that a finger wanders in a tap

export abstract class Figure extends HTMLElement {
  /** The name of the figure, and of its state in the URL. */
  protected abstract readonly called: string;
  protected name = "";
  private untouched = "";
  private urlTimer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private observer?: ResizeObserver;

  /** Takes the state from the attributes. */
  protected abstract configure(): void;
  /** The state as the URL keeps it. */
  protected abstract state(): readonly (number | string)[];
  /** Takes over a state from the URL, or nothing of it if it makes no sense. */
  protected abstract restore(state: readonly string[]): void;
  protected abstract build(): Node[];
  protected abstract draw(): void;

  connectedCallback(): void {
    const index = [...document.querySelectorAll(this.localName)].indexOf(this);
    this.name = index > 0 ? `${this.called}-${index + 1}` : this.called;
    this.configure();
    this.untouched = this.state().join(",");
    const kept = new URLSearchParams(location.search).get(this.name);
    if (kept !== null) this.restore(kept.split(","));
    this.replaceChildren(...this.build());
    this.draw();
    this.observer = redrawOnResize(this, () => this.draw());
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
    this.turn++;
  }

  /** Draws the views, and keeps the state in the URL once it rests. */
  protected changed(): void {
    this.draw();
    clearTimeout(this.urlTimer);
    this.urlTimer = setTimeout(() => {
      const state = this.state().join(",");
      const url = new URL(location.href);
      if (state === this.untouched) url.searchParams.delete(this.name);
      else url.searchParams.set(this.name, state);
      history.replaceState(null, "", url);
    }, URL_MS);
  }

  /**
   * Calls moved with the place of the pointer, in units of the viewBox: of mouse and pen while they are down; of a finger that
   * taps, goes sideways or began on a handle or a free plot, for any other scrolls the page. What the browser breaks off is undone.
   */
  protected dragged(plot: SVGElement, moved: (x: number, y: number) => void): void {
    const follow = ({ clientX, clientY }: PointerEvent) => {
      const box = plot.getBoundingClientRect();
      const [, , width = 0, height = 0] = (plot.getAttribute("viewBox") ?? "").split(" ").map(Number);
      moved(((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height);
    };
    const onHandle = ({ target }: Event) => (target as Element).closest(".handle") !== null;
    plot.addEventListener("pointerdown", (down) => {
      if (!down.isPrimary) return;
      const before = this.state().map(String);
      const over = new AbortController();
      const atOnce = down.pointerType !== "touch" || plot.matches(".free");
      let [playing, tap] = [atOnce || onHandle(down), true];
      if (atOnce) follow(down);
      plot.setPointerCapture(down.pointerId);
      plot.addEventListener("pointermove", (event) => {
        const [dx, dy] = [Math.abs(event.clientX - down.clientX), Math.abs(event.clientY - down.clientY)];
        tap &&= Math.max(dx, dy) < SLOP;
        playing ||= dx >= SLOP && dx > dy;
        if (playing) follow(event);
      }, over);
      plot.addEventListener("pointerup", (up) => {
        over.abort();
        if (tap) follow(up);
      }, over);
      plot.addEventListener("pointercancel", () => {
        over.abort();
        this.restore(before);
        this.changed();
      }, over);
    });
    plot.addEventListener("touchstart", (event) => { if (onHandle(event)) event.preventDefault(); }, { passive: false });
  }

  /** Shows steps 0 … last, one after the other; at once the last one where motion is not wanted. A later call ends it. */
  protected async run(last: number, show: (step: number) => void): Promise<void> {
    const pause = prefersStill() ? 0 : STEP_MS;
    const turn = ++this.turn;
    for (let t = pause ? 0 : last; t <= last && turn === this.turn; t++) {
      show(t);
      if (pause) await new Promise((done) => setTimeout(done, pause));
    }
  }

  /** Ends a run. */
  protected stop(): void {
    this.turn++;
  }
}

/** The numbers of an attribute or of a state in the URL, or undefined unless they are count finite ones. */
export function finite(parts: readonly string[], count: number): number[] | undefined {
  const values = parts.map((part) => (part.trim() === "" ? NaN : Number(part)));
  return values.length === count && values.every(Number.isFinite) ? values : undefined;
}

export const within = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));

interface Scale {
  label: string;
  min: number;
  max: number;
  step: number;
}

export interface Slider {
  node: HTMLElement;
  /** Moves the thumb, writes the value beside the label, and says it. */
  show(value: number, text: string, spoken?: string): void;
}

/** A range with its label and value; under it the marks, each at its value. */
export function slider(id: string, scale: Scale, moved: (value: number) => void, marks?: SVGElement): Slider {
  const { label, ...range } = scale;
  const input = html("input", { type: "range", id, ...range });
  input.addEventListener("input", () => moved(Number(input.value)));
  const output = html("output", { for: id, "aria-live": "off" });
  const node = html("div", { class: "slider" }, html("label", { for: id }, html("span", {}, label), output), input);
  if (marks) node.append(html("div", { class: "ruler" }, marks));
  return {
    node,
    show(value, text, spoken = text) {
      input.value = String(value);
      input.setAttribute("aria-valuetext", spoken);
      output.textContent = text;
    },
  };
}

export interface Mark {
  at: number; // as a part of the slider's length
  words: (Node | string)[];
  anchor?: "start" | "middle" | "end";
  dx?: number;
}

export function ruler(marks: readonly Mark[]): SVGElement {
  return svg("svg", { "aria-hidden": "true" }, ...marks.flatMap(({ at, words, anchor = "middle", dx = 0 }) => {
    const x = `${(100 * at).toFixed(2)}%`;
    return [svg("line", { x1: x, x2: x, y1: 0, y2: 8 }), svg("text", { x, y: 22, dx, "text-anchor": anchor }, ...words)];
  }));
}

export interface Choice<T extends string> {
  node: HTMLElement;
  show(value: T): void;
}

/** A row of radio buttons. */
export function choice<T extends string>(name: string, legend: string, options: Record<T, string>, chosen: (value: T) => void): Choice<T> {
  const inputs = (Object.keys(options) as T[]).map((value) => html("input", { type: "radio", name, value }));
  const row = inputs.map((input) => html("label", { class: "choice" }, input, html("span", {}, options[input.value as T])));
  const node = html("fieldset", { class: "options" }, html("legend", {}, legend), html("div", { class: "row" }, ...row));
  node.addEventListener("change", (event) => chosen((event.target as HTMLInputElement).value as T));
  return {
    node,
    show: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
  };
}

export function button(text: string, act: () => void): HTMLButtonElement {
  const node = html("button", { type: "button", class: "button" }, text);
  node.addEventListener("click", act);
  return node;
}

/** Names and values, one pair in each row. */
export function rows(list: HTMLElement, pairs: readonly (readonly [string, string])[]): void {
  list.replaceChildren(...pairs.flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)]));
}
