import type { Findings } from "../diagnostics/diagnostic.js";
import { isWithin, rangeText } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import { assigned, assume, boundsIn, type Facts, factsOf, join } from "./facts.js";
import type { Assign, Domain, If, Ranged, Statement } from "./program.js";

/** Reports where an outcome handler may set a field to what is not in its range: it then becomes what is nearest. */
export function reportSaturation({ handlers, fields }: Domain, findings: Findings): void {
  for (const { body, parameter } of handlers) {
    walk(body, factsOf(parameter === null ? fields : [...fields, parameter]), findings);
  }
}

/** Follows statements with what is known at each place. */
function walk(body: readonly Statement[], before: Facts, findings: Findings): Facts {
  return body.reduce<Facts>((facts, statement) => {
    switch (statement.kind) {
      case "assign":
        report(statement, facts, findings);
        return assigned(facts, statement.field, statement.value);
      case "if":
        return walkIf(statement, facts, findings);
      case "emit":
      case "send":
      case "broadcast":
        return facts;
      default:
        return unreachable(statement);
    }
  }, before);
}

function walkIf({ branches, otherwise }: If, before: Facts, findings: Findings): Facts {
  let untaken: Facts | null = before;
  let after: Facts | null = null;
  for (const { condition, body } of branches) {
    const taken: Facts | null = untaken === null ? null : assume(condition, true, untaken);
    if (taken !== null) after = join(after, walk(body, taken, findings));
    untaken = untaken === null ? null : assume(condition, false, untaken);
  }
  if (untaken !== null) after = join(after, walk(otherwise ?? [], untaken, findings));
  return after ?? before;
}

function report({ field: name, value, span }: Assign, facts: Facts, findings: Findings): void {
  if (value.kind !== "ranged" || isWithin(boundsIn(value.operand, facts), value.range)) return;
  const notes = [`Where that is not meant, put it into \`if ${guardOf(name, value) ?? "…"} { … }\`.`];
  findings.report("VED4015", span, { name, range: rangeText(value.range) }, { notes });
}

/** Says when a field that is counted up or down by a known number stays in its range; null: it is set in another way. */
function guardOf(name: string, { operand: value, range }: Ranged): string | null {
  if (value.kind !== "arithmetic" || value.first.kind !== "field" || value.first.field !== name) return null;
  const [term, ...more] = value.rest;
  if (term?.operand.kind !== "literal" || more.length > 0 || !/^[-+]$/.test(term.rule.operator)) return null;
  const by = Number(term.operand.value) * (term.rule.operator === "+" ? 1 : -1);
  if (by > 0) return by === 1 ? `${name} < ${range.max}` : `${name} <= ${range.max - by}`;
  return by === -1 ? `${name} > ${range.min}` : `${name} >= ${range.min - by}`;
}
