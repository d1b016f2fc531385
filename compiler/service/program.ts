import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { StartedInstance } from "../../runtime-lib/system.js";
import type { DomainDescription } from "../2-check/description.js";

/** A program as it is run: what was compiled, and what is to be said of it. */
export interface RunProgram {
  /** What it is called: the files that it comes from. */
  readonly name: string;
  readonly domains: readonly RunDomain[];
  /** The instances that a `system` starts with; null: there is none. */
  readonly starts: readonly StartedInstance[] | null;
}

/** One of its domains. */
export interface RunDomain {
  readonly definition: Definition;
  readonly description: DomainDescription;
}

/** Gives the effects of a program, each once. */
export function effectsOf({ domains }: RunProgram): DomainDescription["effects"] {
  const byName = new Map(
    domains.flatMap(({ description }) => description.effects.map((effect) => [effect.name, effect] as const)),
  );
  return [...byName.values()];
}
