import { distance } from "fastest-levenshtein";
import type { Fix, Span } from "./diagnostic.js";

/** Suggests the candidate that differs least from a misspelt name, as a fix; null when none is near enough. */
export function suggest(name: string, candidates: Iterable<string>, span: Span): Fix | null {
  const ranked = [...candidates]
    .map((candidate) => ({ candidate, distance: difference(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined || best.distance > farthest(name.length)) return null;
  return { message: `Did you mean \`${best.candidate}\`?`, span, replacement: best.candidate };
}

/** Gives the Levenshtein distance of two words; where they differ in two neighbours that changed places, which are one mistake, 1. */
function difference(word: string, other: string): number {
  const at = [...word].findIndex((letter, index) => letter !== other[index]);
  const swapped = word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
  return at >= 0 && swapped === other ? 1 : distance(word, other);
}

/** Says how many letters may be wrong. */
function farthest(length: number): number {
  if (length < 4) return length < 2 ? 0 : 1;
  return Math.max(2, Math.floor(length / 3));
}

/** Lists what there is where nothing is near enough to a name: `there are A, B`. */
export function thereAre(names: readonly string[]): string {
  if (names.length < 2) return names[0] === undefined ? "there are none" : `there is only ${names[0]}`;
  return `there are ${names.join(", ")}`;
}
