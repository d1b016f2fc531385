import { type Domain, type Expression, operandsOf, type Statement } from "../2-check/program.js";
import { expressionsIn, fieldsIn } from "../2-check/usage.js";

/** An assignment of a step. */
export interface Flow {
  readonly transition: string;
  readonly field: string;
  readonly value: Expression;
}

/** Every assignment of a domain's steps. */
export function flowsOf({ transitions }: Domain): Flow[] {
  return transitions.flatMap(({ name, body }) =>
    assignmentsIn(body).map(([field, value]) => ({ transition: name, field, value })),
  );
}

function assignmentsIn(body: readonly Statement[]): [string, Expression][] {
  return body.flatMap((statement): [string, Expression][] => {
    switch (statement.kind) {
      case "assign":
        return [[statement.field, statement.value]];
      case "if":
        return [
          ...statement.branches.flatMap((branch) => assignmentsIn(branch.body)),
          ...assignmentsIn(statement.otherwise ?? []),
        ];
      case "emit":
        return [];
    }
  });
}

/** Every expression of a domain, whole: predicates, conditions, arguments and assigned values. */
export function wholeExpressionsOf({ goals, transitions }: Domain): Expression[] {
  return [...goals.map(({ predicate }) => predicate), ...transitions.flatMap(({ body }) => expressionsIn(body))];
}

/** An expression and all that stands inside it. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(partsOf)];
}

/** The arguments that are emitted. */
export function argumentsOf({ transitions }: Domain): Expression[] {
  return transitions.flatMap(({ body }) => argumentsIn(body));
}

function argumentsIn(body: readonly Statement[]): Expression[] {
  return body.flatMap((statement): Expression[] => {
    switch (statement.kind) {
      case "emit":
        return statement.arguments.map(({ value }) => value);
      case "if":
        return [...statement.branches.flatMap((branch) => argumentsIn(branch.body)), ...argumentsIn(statement.otherwise ?? [])];
      case "assign":
        return [];
    }
  });
}

/** The number that an expression without fields is, or null. */
export function constantOf(expression: Expression): number | null {
  if (expression.kind === "literal") return typeof expression.value === "number" ? expression.value : null;
  if (expression.kind !== "unary" || expression.rule.operator !== "-") return null;
  const operand = constantOf(expression.operand);
  return operand === null ? null : 0 - operand;
}

/**
 * Fields that only count: nothing depends on them, and each assignment changes them, whatever they are. What they are at does
 * not matter to anything else, so that states which differ in nothing else are one.
 */
export function countersOf(domain: Domain): ReadonlySet<string> {
  const flows = flowsOf(domain);
  const decisive = domain.goals.flatMap(({ predicate }) => fieldsIn(predicate));
  const used = new Set([...decisive, ...domain.transitions.flatMap(({ body }) => usedIn(body))]);
  const assigned = new Set(flows.map(({ field }) => field));
  const isCounter = (field: string) =>
    assigned.has(field) && !used.has(field) && flows.every((flow) => flow.field !== field || countsUp(flow));
  return new Set([...assigned].filter(isCounter));
}

/** The fields on which something depends, other than their own next value. */
function usedIn(body: readonly Statement[]): string[] {
  return body.flatMap((statement): string[] => {
    switch (statement.kind) {
      case "emit":
        return statement.arguments.flatMap(({ value }) => fieldsIn(value));
      case "assign":
        return fieldsIn(statement.value).filter((field) => field !== statement.field);
      case "if":
        return [
          ...statement.branches.flatMap((branch) => [...fieldsIn(branch.condition), ...usedIn(branch.body)]),
          ...usedIn(statement.otherwise ?? []),
        ];
    }
  });
}

/** `field = field + c` or `field = field - c`, with a `c` other than nothing. */
function countsUp({ field, value }: Flow): boolean {
  if (value.kind !== "binary" || (value.rule.operator !== "+" && value.rule.operator !== "-")) return false;
  const { left, right } = value;
  if (left.kind !== "field" || left.field !== field || right.kind === "field") return false;
  if (right.kind === "literal" && typeof right.value === "string") return right.value !== "";
  const constant = constantOf(right);
  return constant !== null && constant !== 0;
}
