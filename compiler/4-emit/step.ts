import { canFault } from "../2-check/facts.js";
import type { Assign, Statement } from "../2-check/program.js";
import { expressionsIn } from "../2-check/usage.js";

/** Whether something in these statements can fault. */
export function stepCanFault(body: readonly Statement[]): boolean {
  return expressionsIn(body).some(canFault);
}

/** The assignments in these statements, on whichever way they stand. */
export function assignments(body: readonly Statement[]): Assign[] {
  return body.flatMap((statement): Assign[] => {
    switch (statement.kind) {
      case "emit":
        return [];
      case "assign":
        return [statement];
      case "if":
        return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []].flatMap(assignments);
    }
  });
}
