/** A unit of durations. */
interface Unit {
  readonly unit: string;
  /** In ms. */
  readonly length: number;
  /** What other languages call it. */
  readonly foreign: readonly string[];
}

/** The table of the units, shortest first. */
export const units: readonly Unit[] = [
  { unit: "ms", length: 1, foreign: ["millis", "msec", "milliseconds"] },
  { unit: "s", length: 1000, foreign: ["sec", "secs", "second", "seconds"] },
  { unit: "m", length: 60_000, foreign: ["min", "mins", "minute", "minutes"] },
  { unit: "h", length: 3_600_000, foreign: ["hr", "hrs", "hour", "hours"] },
  { unit: "d", length: 86_400_000, foreign: ["day", "days"] },
];

/** The longest duration, in ms: a hundred years. What is longer is a mistake. */
export const maxDuration = 36_500 * 86_400_000;

/** Gives the ms of a duration literal: digits, perhaps with `_` between them, and a unit. */
export function durationOf(literal: string): number {
  const unit = literal.replace(/[0-9_]/g, "");
  const count = Number(literal.slice(0, literal.length - unit.length).replaceAll("_", ""));
  // The grammar lets no other unit through.
  return count * (units.find((each) => each.unit === unit)?.length ?? 1);
}

/** Gives a duration in its largest whole unit: `90s`, `10m`. */
export function durationText(ms: number): string {
  const { unit, length } = units.findLast((each) => ms >= each.length && ms % each.length === 0) ?? { unit: "s", length: 1 };
  return `${ms / length}${unit}`;
}
