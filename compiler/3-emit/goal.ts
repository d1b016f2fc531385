import { assume, type Facts, factsOf } from "../2-check/facts.js";
import type { Field, Goal } from "../2-check/program.js";
import { docLines, docOf, linesAbove } from "./comments.js";
import { printTest } from "./expression.js";
import { block, indented } from "./lines.js";

/** Prints a goal as a property of the definition: the name of the first reality that holds, or null. */
export function printGoal({ name, realities, remarks: own }: Goal, fields: readonly Field[]): string[] {
  let facts: Facts | null = factsOf(fields);
  const tests = realities.flatMap(({ name: reality, condition, remarks }) => {
    const scope = { variables: new Set<string>(), facts };
    const line = printTest("if (", condition, `) return "${reality}";`, scope);
    const test =
      line.length === 1 ? line : [...printTest("if (", condition, ") {", scope), ...indented([`return "${reality}";`]), "}"];
    facts = facts === null ? null : assume(condition, false, facts);
    return [...linesAbove(remarks), ...test];
  });
  return [...docLines(docOf(own)), ...block(`${name}(state) `, [...tests, "return null;"], ",")];
}

/** Gives the names of a goal's realities as a type. */
export function realityType({ realities }: Goal): string {
  return realities.map(({ name }) => `"${name}"`).join(" | ");
}
