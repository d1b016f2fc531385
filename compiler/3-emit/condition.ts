import type { Facts } from "../2-check/facts.js";
import type { Expression } from "../2-check/program.js";
import { printTest } from "./expression.js";

/** Prints the body of a function that says whether a condition holds. */
export function printCondition(condition: Expression, facts: Facts): string[] {
  const scope = { variables: new Set<string>(), facts };
  const [line, ...more] = printTest("return ", condition, ";", scope);
  return more.length === 0 && line !== undefined ? [line] : printTest("return (", condition, ");", scope);
}
