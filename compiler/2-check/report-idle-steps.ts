import type { Findings } from "../diagnostics/diagnostic.js";
import { unreachable } from "../language/unreachable.js";
import { assigned, assume, evaluate, type Facts, factsOf, join } from "./facts.js";
import type { Assign, Domain, Expression, If, Statement } from "./program.js";
import { bodiesOf } from "./traverse.js";

/** Reports conditions that are always the same, assignments that change nothing, transitions that can never be enabled. */
export function reportIdleSteps(domain: Domain, findings: Findings, sent: ReadonlySet<string>): void {
  const facts = factsOf(domain.fields);
  for (const { kind, owner, statements } of bodiesOf(domain)) {
    const walk = new Walk(findings);
    walk.statements(statements, facts);
    // The first step decides whether a transition is enabled.
    if (kind !== "step" || statements !== owner.body) continue;
    const { name, span, serves, parameters } = owner;
    if (!walk.canBeEnabled) findings.report("VED4003", span, { name });
    // What messages run need serve no goal.
    else if (serves?.length === 0 && !sent.has(name) && parameters === null) findings.report("VED4011", span, { name });
  }
}

/** Follows a step with what is known at each place of it. */
class Walk {
  /** Some way through the step emits, or assigns what may be a new value. */
  canBeEnabled = false;

  constructor(private readonly findings: Findings) {}

  statements(body: readonly Statement[], before: Facts | null): Facts | null {
    return body.reduce<Facts | null>((facts, statement) => (facts === null ? null : this.#statement(statement, facts)), before);
  }

  #statement(statement: Statement, facts: Facts): Facts | null {
    switch (statement.kind) {
      case "emit":
      case "send":
      case "broadcast":
        this.canBeEnabled = true;
        return facts;
      case "assign":
        return this.#assign(statement, facts);
      case "if":
        return this.#if(statement, facts);
      default:
        return unreachable(statement);
    }
  }

  #assign({ field, value, span }: Assign, facts: Facts): Facts {
    const next = evaluate(value, facts);
    const target: Expression = { kind: "field", field, type: value.type, span };
    const stays = (value.kind === "field" && value.field === field) || (next !== null && evaluate(target, facts) === next);
    if (stays) {
      const already = next === null ? "what it is" : `\`${JSON.stringify(next)}\``;
      this.findings.report("VED4005", span, { name: field, value: already });
      return facts;
    }
    this.canBeEnabled = true;
    return assigned(facts, field, value);
  }

  #if({ branches, otherwise }: If, before: Facts): Facts | null {
    let untaken: Facts | null = before;
    let after: Facts | null = null;
    for (const { condition, body } of branches) {
      if (untaken === null) break;
      const value = evaluate(condition, untaken);
      if (value !== null) this.findings.report("VED4002", condition.span, { value: String(value) });
      const taken = assume(condition, true, untaken);
      if (taken !== null) after = join(after, this.statements(body, taken));
      untaken = assume(condition, false, untaken);
    }
    return untaken === null ? after : join(after, this.statements(otherwise ?? [], untaken));
  }
}
