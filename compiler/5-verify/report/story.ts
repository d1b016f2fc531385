import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Cue } from "../../../runtime-lib/simulate/cue.js";

/** Something that followed from a step. */
export interface Consequence {
  readonly text: string;
  /** The line of the source that did it; null: none did. */
  readonly line: number | null;
}

/** One thing that happens, and what follows at once. */
export interface StoryStep {
  readonly text: string;
  /** The step, as `replay` of `vedc/simulate` takes it. */
  readonly cue: Cue;
  readonly consequences: readonly Consequence[];
  /** The fields after it. */
  readonly state: State;
}

/** `reality A`, or with several goals `Scaled A, Announced B`. */
export function realitiesIn(realities: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(realities);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return `reality ${only[1]}`;
  return entries.map(([goal, reality]) => `${goal} ${reality}`).join(", ");
}
