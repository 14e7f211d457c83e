// Scales and ticks shared by the plots of a verdict.
export type Range = readonly [number, number];

export const extent = (values: readonly number[]): Range => [Math.min(...values), Math.max(...values)];

export const linear = ([a, b]: Range, [from, to]: Range) => (v: number): number => from + ((v - a) / (b - a || 1)) * (to - from);

/** About count round numbers inside the range. */
export function ticks([low, high]: Range, count: number): number[] {
  const raw = (high - low) / Math.max(1, count) || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The decimals with which neighbouring ticks differ. */
export function decimals(values: readonly number[]): number {
  const step = values.length > 1 ? values[1]! - values[0]! : Math.abs(values[0] ?? 1) || 1;
  return Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
}

/** All values with a little room, which is a factor. */
export function logRange(values: readonly number[]): Range {
  const [low, high] = extent(values);
  const room = Math.max((high / low) ** 0.06, 1.03);
  return [low / room, high * room];
}

/** Round numbers inside the range for a logarithmic axis: 1, 2 and 5 of each power of ten, or powers alone where there are too many. */
export function logTicks([low, high]: Range, count: number): number[] {
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) powers.push(power);
  const inside = (v: number) => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const found = powers.flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(3)))).filter(inside);
    if (found.length <= count) return found.length > 1 ? found : ticks([low, high], Math.min(count, 3));
  }
  const whole = powers.map((power) => Number((10 ** power).toPrecision(3))).filter(inside);
  const every = Math.ceil(whole.length / count);
  return whole.filter((_, i) => i % every === 0);
}

const RATIOS = [1, 1.1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Round ratios inside the range, for a logarithmic axis; at most count of them, evenly thinned. */
export function ratioTicks([low, high]: Range, count: number): number[] {
  const all: number[] = [];
  for (let power = -3; power <= 4; power++) all.push(...RATIOS.map((r) => Number((r * 10 ** power).toPrecision(3))));
  const inside = [...new Set(all)].filter((v) => v >= low && v <= high);
  const round = (v: number) => Number.isInteger(Math.log2(v)) || Number.isInteger(Math.log10(v));
  const candidates = inside.length > count ? inside.filter(round) : inside;
  const every = Math.ceil(candidates.length / count) || 1;
  return candidates.filter((_, i) => i % every === 0);
}

/** How to stack equal-width dots: for each value its bin and its place in the pile. */
export function pile(positions: readonly number[], width: number): { at: number; level: number }[] {
  const heights = new Map<number, number>();
  return [...positions].sort((a, b) => a - b).map((position) => {
    const bin = Math.round(position / width);
    const level = heights.get(bin) ?? 0;
    heights.set(bin, level + 1);
    return { at: bin * width, level };
  });
}

/** Heights for words that would stand at these, moved apart and kept within the range. */
export function apart(heights: readonly number[], least: number, [top, base]: Range): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  order.forEach((i, n) => { placed[i] = Math.max(heights[i]!, n > 0 ? placed[order[n - 1]!]! + least : top); });
  order.reverse().forEach((i, n) => { placed[i] = Math.min(placed[i]!, n > 0 ? placed[order[n - 1]!]! - least : base); });
  return placed;
}
