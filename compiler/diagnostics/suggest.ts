import { distance } from "fastest-levenshtein";
import type { Fix, Span } from "./diagnostic.js";

/** The candidate that a misspelt name most likely meant, as a fix; null when none is near enough. */
export function suggest(name: string, candidates: Iterable<string>, span: Span): Fix | null {
  const ranked = [...candidates]
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  // Two letters that changed places are a distance of two, which a word of four letters may have.
  if (best === undefined || best.distance > Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3))) return null;
  return { message: `Did you mean \`${best.candidate}\`?`, span, replacement: best.candidate };
}
