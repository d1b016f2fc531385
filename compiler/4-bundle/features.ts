import { asksForKey } from "../2-check/own-key.js";
import type { Domain, Program } from "../2-check/program.js";
import { stepsOf } from "../2-check/traverse.js";
import { isSystem } from "../3-emit/system.js";
import { defaultPriority } from "../language/default.js";
import type { TypeRef } from "../language/type.js";

/** For each feature of the runtime whether a program uses it; what none of a bundle uses is not in the bundle. */
const uses: Readonly<Record<string, (program: Program) => boolean>> = {
  hasEffects: inSome(({ effects }) => effects.length > 0),
  // A host may send something to whatever is started together.
  hasMessages: isSystem,
  hasInvariants: inSome(({ invariants }) => invariants.length > 0),
  hasLaterSteps: inSome(({ transitions }) => transitions.some((transition) => stepsOf(transition).length > 1)),
  hasCooldowns: inSome(({ transitions }) => transitions.some(({ cooldown }) => cooldown > 0)),
  hasRanges: inSome((domain) => domain.fields.some(isRanged) || takenBy(domain).some(isRanged)),
  hasOwnKeys: inSome(asksForKey),
  hasPriorities: inSome(({ transitions }) => transitions.some(({ priority }) => priority !== defaultPriority)),
};

function inSome(test: (domain: Domain) => boolean): (program: Program) => boolean {
  return ({ domains }) => domains.some(test);
}

/** Gives what a domain is given from outside, beside observations. */
function takenBy({ transitions, receivers, handlers }: Domain): readonly TypeRef[] {
  const messages = [...transitions, ...receivers].flatMap(({ parameters }) => parameters ?? []);
  return [...messages, ...handlers.flatMap(({ parameter }) => parameter ?? [])];
}

function isRanged({ range }: TypeRef): boolean {
  return range !== undefined;
}

/** The names of the features. */
export const featureNames: readonly string[] = Object.keys(uses);

/** Gives the module that takes the place of runtime-lib/kernel/features.ts in the bundle of some programs. */
export function printFeatures(programs: readonly Program[]): string {
  const lines = Object.entries(uses).map(([name, isUsed]) => `export const ${name} = ${programs.some(isUsed)};`);
  return `${lines.join("\n")}\n`;
}
