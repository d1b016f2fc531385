import { distance } from "fastest-levenshtein";
import type { Fix, Span } from "./diagnostic.js";

/** Suggests the candidate at the least Levenshtein distance from a misspelt name, as a fix; null when none is near enough. */
export function suggest(name: string, candidates: Iterable<string>, span: Span): Fix | null {
  const ranked = [...candidates]
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined || best.distance > farthest(name.length)) return null;
  return { message: `Did you mean \`${best.candidate}\`?`, span, replacement: best.candidate };
}

/** Says how many letters may be wrong. Two that changed places count as two wrong ones, which a word of four may have. */
function farthest(length: number): number {
  if (length < 4) return length < 2 ? 0 : 1;
  return Math.max(2, Math.floor(length / 3));
}

/** Lists what there is where nothing is near enough to a name: `there are A, B`. */
export function thereAre(names: readonly string[]): string {
  if (names.length < 2) return names[0] === undefined ? "there are none" : `there is only ${names[0]}`;
  return `there are ${names.join(", ")}`;
}
