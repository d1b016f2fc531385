import type { Findings } from "../diagnostics/diagnostic.js";
import { type Assign, type Program, type Statement, stepsOf } from "./program.js";
import { emitsIn, expressionsOf, fieldsIn } from "./usage.js";

/** Fields that look like counting tries, and count successes: a commit waits for the effects beside it. */
export function reportCountedSuccesses({ domains }: Program, findings: Findings): void {
  for (const domain of domains) {
    // What nothing is decided by is a mere statistic.
    const decisive = new Set(
      expressionsOf(domain).flatMap((expression) => (expression.type === "bool" ? fieldsIn(expression) : [])),
    );
    for (const transition of domain.transitions) {
      for (const body of stepsOf(transition)) {
        for (const { count, effect } of countsBesideEmits(body)) {
          if (!decisive.has(count.field) || !looksLikeTries(count.field)) continue;
          const notes = [
            `To count the tries that failed: \`on ${effect} failed { ${count.field} += 1 }\`.`,
            `To count every try: count in a transition of its own that emits nothing, and let this one run once \`${count.field}\` says so.`,
          ];
          findings.report("VED4010", count.span, { name: count.field, effect }, { notes });
        }
      }
    }
  }
}

/** Words for what is tried: whoever counts pages that were sent means successes. */
function looksLikeTries(field: string): boolean {
  return /attempt|tries|retr(y|ies)|try|fail/i.test(field);
}

/** Assignments `x += 1` in blocks that emit something, with what they emit. */
function countsBesideEmits(body: readonly Statement[]): { count: Assign; effect: string }[] {
  const [emit] = body.filter((statement) => statement.kind === "emit");
  return body.flatMap((statement) => {
    if (statement.kind === "if") {
      return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []].flatMap((inner) =>
        countsBesideEmits(emit === undefined || emitsIn(inner).length > 0 ? inner : [...inner, emit]),
      );
    }
    return statement.kind === "assign" && emit !== undefined && countsUp(statement)
      ? [{ count: statement, effect: emit.effect }]
      : [];
  });
}

function countsUp({ field, value }: Assign): boolean {
  return (
    value.kind === "binary" &&
    value.rule.operator === "+" &&
    value.type === "int" &&
    value.left.kind === "field" &&
    value.left.field === field &&
    value.right.kind === "literal"
  );
}
