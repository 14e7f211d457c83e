// A link into a page arrives once more when the formulas are drawn. They change the height of what stands above its
// target, and browsers on phones do not keep the place.
let settled = false;

const leaveAlone = (): void => { settled = true; };
for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, leaveAlone, { once: true, passive: true });

/** Bring the target of the address into view, unless the reader has moved, or the browser restores an earlier place. */
export async function arrive(): Promise<void> {
  if (settled) return;
  await document.fonts.ready;
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!settled && visit?.type === "navigate") document.querySelector(":target")?.scrollIntoView();
  settled = true;
}
