import type { Findings } from "../diagnostics/diagnostic.js";
import type { Assign, Domain, Statement } from "./program.js";
import { allExpressions, blocksIn, emitsIn, fieldsIn, stepsOf } from "./traverse.js";

/** Reports fields that look like counting tries, and count successes: a commit waits for the effects beside it. */
export function reportCountedSuccesses(domain: Domain, findings: Findings): void {
  const counted = domain.transitions.flatMap(stepsOf).flatMap(countsBesideEmits);
  for (const { count, effect } of counted) {
    if (!isDecisive(count.field, domain) || !looksLikeTries(count.field)) continue;
    const notes = [
      `To count the tries that failed: \`on ${effect} failed { ${count.field} += 1 }\`.`,
      `To count every try: count in a transition of its own that emits nothing, and let this one run once \`${count.field}\` says so.`,
    ];
    findings.report("VED4010", count.span, { name: count.field, effect }, { notes });
  }
}

/** Says whether something is decided by a field: what nothing is decided by is a mere statistic. */
function isDecisive(field: string, domain: Domain): boolean {
  return allExpressions(domain).some((expression) => expression.type === "bool" && fieldsIn(expression).includes(field));
}

const tries = new Set(["attempt", "attempts", "try", "tries", "retry", "retries", "failure", "failures", "failed"]);

/** Says whether a name speaks of tries: whoever counts pages that were sent means successes. */
function looksLikeTries(field: string): boolean {
  const words = field.match(/[A-Za-z][a-z]*/g) ?? [];
  return words.some((word) => tries.has(word.toLowerCase()));
}

/** Gives the assignments `x += 1` in blocks that emit something, with what they emit. */
function countsBesideEmits(body: readonly Statement[]): { count: Assign; effect: string }[] {
  const emit = body.find((statement) => statement.kind === "emit");
  const beside = body.flatMap((statement) =>
    statement.kind === "assign" && emit !== undefined && countsUp(statement) ? [{ count: statement, effect: emit.effect }] : [],
  );
  const inside = body.flatMap(blocksIn).flatMap((inner) => {
    return countsBesideEmits(emit === undefined || emitsIn(inner).length > 0 ? inner : [...inner, emit]);
  });
  return [...beside, ...inside];
}

function countsUp({ field, value }: Assign): boolean {
  if (value.kind !== "arithmetic" || value.type !== "int") return false;
  const [term, ...more] = value.rest;
  const isOwn = value.first.kind === "field" && value.first.field === field;
  return isOwn && more.length === 0 && term?.rule.operator === "+" && term.operand.kind === "literal";
}
