import fc from "fast-check";
import { independentDomain, keyedDomain, smallDomain, timedDomain } from "../arbitrary-domain.js";
import { keyedSystem, smallSystem } from "../arbitrary-system.js";

/** What a campaign draws. */
const arbitraries = {
  domains: fc.oneof(smallDomain, timedDomain, independentDomain, keyedDomain),
  systems: fc.oneof({ arbitrary: smallSystem, weight: 2 }, { arbitrary: keyedSystem, weight: 1 }),
} as const;

/** What is drawn: domains by themselves, or systems. */
export type Kind = keyof typeof arbitraries;

/** Draws programs, as texts: with the same seed the same. */
export function drawn(kind: Kind, seed: number, count: number): string[] {
  return fc.sample(arbitraries[kind], { numRuns: count, seed });
}
