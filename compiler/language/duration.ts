/** The units of durations, in ms. */
const units: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** A hundred years: what is longer is a mistake. In ms. */
export const maxDuration = 36_500 * 86_400_000;

/** The ms of a duration literal: digits, perhaps with `_` between them, and a unit. */
export function durationOf(literal: string): number {
  const unit = literal.replace(/[0-9_]/g, "");
  const count = Number(literal.slice(0, literal.length - unit.length).replaceAll("_", ""));
  // The grammar lets no other unit through.
  return count * (units.get(unit) ?? 1);
}

/** A duration in its largest whole unit: `90s`, `10m`. */
export function durationText(ms: number): string {
  const [unit, length] = [...units].findLast(([, each]) => ms >= each && ms % each === 0) ?? ["s", 1];
  return `${ms / length}${unit}`;
}
