// Building nodes and writing numbers, for all figures and plots.
const NS = "http://www.w3.org/2000/svg";

type Attributes = Record<string, string | number>;

/** An SVG element with attributes and children. */
export function svg(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** An HTML element with attributes and children. */
export function html<T extends keyof HTMLElementTagNameMap>(
  tag: T, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[T] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Text with a true minus sign. */
export const minus = (text: string): string => text.replaceAll("-", "−");

/** With so many decimals; what rounds to zero has no sign. */
export const fixed = (value: number, digits: number): string => minus(value.toFixed(digits).replace(/^-(?=[0.]+$)/, ""));

export const counted = (steps: number): string => `${steps} step${steps === 1 ? "" : "s"}`;

const RAISED: Record<string, string> = Object.fromEntries(
  [..."-0123456789"].map((digit, i) => [digit, [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][i] ?? ""]),
);

/** A size in three digits or more, or as a power of ten: 0.0421, 5.6 × 10⁻⁴. */
export function size(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : minus(value < 0 ? "-∞" : "∞");
  if (magnitude < 1e4 && magnitude >= 1e-3) {
    const text = value.toPrecision(3);
    return minus(text.includes("e") ? value.toFixed(0) : text); // from 1000 on it would write 2.30e+3
  }
  return withPower(value.toExponential(1));
}

/** "-1.2e-7", as the language writes it, as −1.2 × 10⁻⁷ on one line; a number without an exponent gets a true minus. */
export function withPower(text: string): string {
  const [digits = "", power] = text.split("e");
  return minus(digits) + (power ? `\u00a0×\u00a010${[...power.replace("+", "")].map((c) => RAISED[c]).join("")}` : "");
}

/** Calls draw with the element's width now and whenever it changes: plots are redrawn, not shrunk. */
export function redrawOnResize(element: HTMLElement, draw: (width: number) => void): ResizeObserver {
  let last = 0;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width > 0 && width !== last) draw((last = width));
  });
  observer.observe(element);
  return observer;
}

export const prefersStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The token that Django wants with every POST. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}
