// Level curves of a function of two numbers, by marching squares.
import type { Pair } from "./chart";

interface Grid {
  x: Pair;
  y: Pair;
  columns: number;
  rows: number;
}

/** For each level the curve f = level as pieces of lines: one in each cell of the grid that it crosses, two at a saddle. */
export function levelCurves(f: (w: Pair) => number, levels: readonly number[], { x, y, columns, rows }: Grid): [Pair, Pair][][] {
  const at = (i: number, j: number): Pair => [x[0] + ((x[1] - x[0]) * i) / columns, y[0] + ((y[1] - y[0]) * j) / rows];
  const values = Array.from({ length: rows + 1 }, (_, j) => Array.from({ length: columns + 1 }, (_, i) => f(at(i, j))));
  return levels.map((level) => {
    const pieces: [Pair, Pair][] = [];
    for (let j = 0; j < rows; j++) {
      const [low, high] = [values[j]!, values[j + 1]!];
      for (let i = 0; i < columns; i++) {
        const below = Number(low[i]! < level) + Number(low[i + 1]! < level) + Number(high[i + 1]! < level) + Number(high[i]! < level);
        if (below === 0 || below === 4) continue;
        const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]] as const;
        const crossings = corners.flatMap(([a, b], k): Pair[] => {
          const [c, d] = corners[(k + 1) % 4]!;
          const [from, to] = [values[b]![a]! - level, values[d]![c]! - level];
          if (from < 0 === to < 0) return [];
          const [[px, py], [qx, qy], share] = [at(a, b), at(c, d), from / (from - to)];
          return [[px + share * (qx - px), py + share * (qy - py)]];
        });
        for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push([crossings[k]!, crossings[k + 1]!]);
      }
    }
    return pieces;
  });
}
