import { assigned, assume, canFault, type Facts, factsOf, join } from "../2-check/facts.js";
import type {
  Assign,
  Broadcast,
  Emit,
  Expression,
  Field,
  If,
  Parameter,
  Send,
  Statement,
  Transition,
} from "../2-check/program.js";
import { assignmentsIn, fieldsAssignedBy } from "../2-check/traverse.js";
import { precedence } from "../language/precedence.js";
import { unreachable } from "../language/unreachable.js";
import { linesAbove } from "./comments.js";
import { printCondition } from "./condition.js";
import { printExpression, printOperand, printTest, type Scope } from "./expression.js";
import { indented } from "./lines.js";
import { mark } from "./marks.js";
import { variableName } from "./names.js";
import { printSend } from "./send.js";
import { isSurelyNews, stepCanFault } from "./step.js";

/**
 * Prints the body of a transition's `enabled`: whether its step emits something or changes a field, found without making any
 * plan. It faults exactly where the plan would.
 */
export function printGuard({ body }: Transition, fields: readonly (Field | Parameter)[]): string[] {
  const facts = factsOf(fields);
  const only = onlyCondition(body, facts);
  if (only !== null) return [...linesAbove(only.remarks), ...printCondition(only.condition, facts)];
  // The first pass only finds out which fields need a variable.
  const first = new GuardPrinter(body, new Set());
  const end = first.statements(body, facts, false).facts;
  // Where every way returns, nobody asks what was emitted on it.
  const printer = new GuardPrinter(body, first.assigned, end !== "returned");
  const printed = printer.statements(body, facts, false);
  return [...printer.declarations(), ...printed.code, ...(printed.facts === "returned" ? [] : [printer.result()])];
}

/** Gives the `if` that is the whole step and whose body surely does something. */
function onlyCondition(body: readonly Statement[], facts: Facts): { condition: Expression; remarks: If["remarks"] } | null {
  const [only] = body;
  if (body.length !== 1 || only?.kind !== "if" || only.branches.length !== 1 || only.otherwise !== null) return null;
  const [branch] = only.branches;
  if (branch === undefined || stepCanFault(branch.body)) return null;
  const taken = assume(branch.condition, true, facts);
  const isSure = taken !== null && doesSomething(branch.body, taken, assignedOnce(body));
  return isSure ? { condition: branch.condition, remarks: only.remarks } : null;
}

/** Says whether a block surely emits, or sets a field that nothing else in the step assigns to another value than it had. */
function doesSomething(block: readonly Statement[], facts: Facts, once: ReadonlySet<string>): boolean {
  return block.some((statement) => {
    const isSure = fieldsAssignedBy(statement).every((field) => once.has(field));
    return isSure && isSurelyNews(statement, facts);
  });
}

/** Gives the fields that one statement of the step assigns, and no other. */
function assignedOnce(body: readonly Statement[]): Set<string> {
  const fields = assignmentsIn(body).map(({ field }) => field);
  return new Set(fields.filter((field) => fields.indexOf(field) === fields.lastIndexOf(field)));
}

interface Printed {
  readonly code: string[];
  /** What is known behind the code (null: that nobody gets there), or that the code has returned. */
  readonly facts: Facts | null | "returned";
}

class GuardPrinter {
  /** Fields that the printed code assigns. */
  readonly assigned = new Set<string>();
  readonly #once: ReadonlySet<string>;
  #emits = false;

  constructor(
    body: readonly Statement[],
    private readonly variables: ReadonlySet<string>,
    private readonly notesEmits = true,
  ) {
    this.#once = assignedOnce(body);
  }

  declarations(): string[] {
    const fields = [...this.variables].map((field) => `let ${variableName(field)} = state.${field};`);
    return this.#emits ? [...fields, "let emits = false;"] : fields;
  }

  result(): string {
    const changed = [...this.variables].map((field) => `${variableName(field)} !== state.${field}`);
    const parts = this.#emits ? ["emits", ...changed] : changed;
    return `return ${parts.length === 0 ? "false" : parts.join(" || ")};`;
  }

  /** Prints statements. `faultsLater` says that something behind them can fault, so that nothing may be returned before it. */
  statements(body: readonly Statement[], before: Facts | null, faultsLater: boolean): Printed {
    if (before !== null && !faultsLater && !stepCanFault(body) && doesSomething(body, before, this.#once)) {
      return { code: ["return true;"], facts: "returned" };
    }
    const code: string[] = [];
    let facts: Printed["facts"] = before;
    for (const [index, statement] of body.entries()) {
      if (facts === "returned") break;
      const printed = this.#statement(statement, facts, faultsLater || stepCanFault(body.slice(index + 1)));
      code.push(...linesAbove(statement.remarks), ...printed.code);
      facts = printed.facts;
    }
    return { code, facts };
  }

  #statement(statement: Statement, facts: Facts | null, faultsLater: boolean): Printed {
    switch (statement.kind) {
      case "emit":
        return this.#emit(statement, facts, faultsLater);
      case "send":
      case "broadcast":
        return this.#send(statement, facts, faultsLater);
      case "assign":
        return this.#assign(statement, facts);
      case "if":
        return this.#if(statement, facts, faultsLater);
      default:
        return unreachable(statement);
    }
  }

  #emit(statement: Emit, facts: Facts | null, faultsLater: boolean): Printed {
    const faulty = statement.arguments.filter(({ value }) => canFault(value));
    if (faulty.length === 0 && !faultsLater) return { code: ["return true;"], facts: "returned" };
    const scope = this.#scope(facts);
    return {
      code: [...faulty.map(({ value }) => `void ${printOperand(value, precedence.unary, scope)};`), ...this.#noteEmit()],
      facts,
    };
  }

  #send(statement: Send | Broadcast, facts: Facts | null, faultsLater: boolean): Printed {
    const isFaulty = stepCanFault([statement]);
    if (!isFaulty && !faultsLater) return { code: ["return true;"], facts: "returned" };
    const test = isFaulty ? [`void ${printSend(statement, this.#scope(facts))};`] : [];
    return { code: [...test, ...this.#noteEmit()], facts };
  }

  #noteEmit(): string[] {
    if (!this.notesEmits) return [];
    this.#emits = true;
    return ["emits = true;"];
  }

  #assign({ field, value, span }: Assign, facts: Facts | null): Printed {
    this.assigned.add(field);
    const line = `${mark(span)}${variableName(field)} = ${printExpression(value, this.#scope(facts))};`;
    return { code: [line], facts: facts === null ? null : assigned(facts, field, value) };
  }

  #if({ branches, otherwise }: If, before: Facts | null, faultsLater: boolean): Printed {
    const code: string[] = [];
    const ends: Printed["facts"][] = [];
    let untaken = before;
    branches.forEach(({ condition, body }, index) => {
      const block = this.statements(body, untaken === null ? null : assume(condition, true, untaken), faultsLater);
      code.push(
        ...printTest(index === 0 ? "if (" : "} else if (", condition, ") {", this.#scope(untaken)),
        ...indented(block.code),
      );
      ends.push(block.facts);
      untaken = untaken === null ? null : assume(condition, false, untaken);
    });
    const last = this.statements(otherwise ?? [], untaken, faultsLater);
    if (last.code.length > 0) code.push("} else {", ...indented(last.code));
    code.push("}");
    const open = [...ends, last.facts].filter((end) => end !== "returned");
    return { code, facts: open.length === 0 ? "returned" : open.reduce(join, null) };
  }

  #scope(facts: Facts | null): Scope {
    return { variables: this.variables, facts };
  }
}
