import fc from "fast-check";
import { independentDomain, smallDomain, timedDomain } from "../arbitrary-domain.js";
import { smallSystem } from "../arbitrary-system.js";

/** What a campaign draws. */
const arbitraries = { domains: fc.oneof(smallDomain, timedDomain, independentDomain), systems: smallSystem } as const;

/** What is drawn: domains by themselves, or systems. */
export type Kind = keyof typeof arbitraries;

/** Draws programs, as texts: with the same seed the same. */
export function drawn(kind: Kind, seed: number, count: number): string[] {
  return fc.sample(arbitraries[kind], { numRuns: count, seed });
}
