import { factsOf } from "../2-check/facts.js";
import type { Domain } from "../2-check/program.js";
import { docLines, docOf } from "./comments.js";
import { printCondition } from "./condition.js";
import { block } from "./lines.js";
import { isInherited } from "./names.js";

/** Prints the invariants as a property of the definition; nothing where there are none. */
export function printInvariants({ name: domain, invariants, fields }: Domain): string[] {
  if (invariants.length === 0) return [];
  const members = invariants.flatMap(({ name, condition, remarks }) => [
    ...docLines(docOf(remarks)),
    // What every object has would take its type from there.
    ...block(
      `${name}(state${isInherited(name) ? `: Readonly<${domain}State>` : ""}) `,
      printCondition(condition, factsOf(fields)),
      ",",
    ),
  ]);
  return block("invariants: ", members, ",");
}
