/** What a campaign counts, in the order in which it is printed. */
export const counted = [
  "drawn",
  "compared",
  "proved",
  "refuted",
  "bounded",
  "gave up",
  "too large",
  "replayed",
  "of other times",
  "of endless deliveries",
  "simulated",
] as const;

type Counted = (typeof counted)[number];

/** A program on which two do not agree. */
export interface Mismatch {
  /** What was compared: mismatches of one kind on similar programs are mostly one. */
  readonly kind: string;
  readonly program: string;
  /** What is different, in a sentence. */
  readonly detail: string;
}

/** What came of programs. */
export interface Tally {
  readonly counts: Readonly<Partial<Record<Counted, number>>>;
  readonly mismatches: readonly Mismatch[];
}

/** What came of no program at all. */
export const nothing: Tally = { counts: {}, mismatches: [] };

/** Adds up what came of some programs and of others. */
export function sumOf(a: Tally, b: Tally): Tally {
  const counts = counted.map((name) => [name, (a.counts[name] ?? 0) + (b.counts[name] ?? 0)] as const);
  return { counts: Object.fromEntries(counts), mismatches: [...a.mismatches, ...b.mismatches] };
}

/** Writes what was counted in a line: `drawn 200, compared 150`. */
export function inWords({ counts }: Tally): string {
  return counted.map((name) => `${name} ${(counts[name] ?? 0).toLocaleString("en")}`).join(", ");
}
