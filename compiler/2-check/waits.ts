import type { Step, Usage, Wait } from "./program.js";
import { usageOf } from "./usage.js";

interface Named extends Usage {
  readonly name: string;
  /** The steps after the first. */
  readonly laterSteps?: readonly Step[];
}

/** Gives the fields of the invariants of which a transition writes a field. */
export function guardsOf({ writes }: Usage, invariants: readonly InvariantFields[]): string[] {
  const touched = invariants.filter(({ reads }) => reads.some((field) => writes.includes(field)));
  return [...new Set(touched.flatMap(({ reads }) => reads))];
}

/** A condition that no commit may break, and the fields it reads. */
export interface InvariantFields {
  readonly name: string;
  readonly reads: readonly string[];
}

/**
 * Finds out who waits for whom: a transition does not start while an activation in flight will write a field that it reads, uses
 * an effect that it uses, or will write a field of an invariant that it writes a field of as well. Nor does it start while it
 * will write what an activation in flight reads in a step to come, which would decide on a value that is about to change.
 */
export function waitsOf(transition: Named, all: readonly Named[], invariants: readonly InvariantFields[] = []): Wait[] {
  return all.flatMap((other) => {
    const reasons = other === transition ? [] : reasonsToWait(transition, other, invariants);
    return reasons.length === 0 ? [] : [{ transition: other.name, reasons }];
  });
}

function reasonsToWait(transition: Named, other: Named, invariants: readonly InvariantFields[]): string[] {
  const decidedOn = other.writes.filter((field) => transition.reads.includes(field));
  const shared = other.effects.filter((effect) => transition.effects.includes(effect));
  const guarded = invariants.filter(({ reads }) =>
    [transition, other].every(({ writes }) => writes.some((field) => reads.includes(field))),
  );
  const laterReads = usageOf((other.laterSteps ?? []).map(({ body }) => body)).reads;
  const read = transition.writes.filter((field) => laterReads.includes(field));
  return [
    ...decidedOn.map((field) => `writes ${field}`),
    ...shared.map((effect) => `uses ${effect}`),
    ...read.map((field) => `reads ${field} in a later step`),
    ...guarded.map(({ name }) => `may break ${name}`),
  ];
}
