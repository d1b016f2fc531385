import { type Domain, type Expression, operandsOf, type Statement, stepsOf } from "../2-check/program.js";
import { assignmentsIn, emitsIn, expressionsIn, fieldsIn } from "../2-check/usage.js";

/** An assignment of a step or a handler. */
export interface Flow {
  readonly field: string;
  readonly value: Expression;
}

/** All that a domain runs: the steps of its transitions, and its handlers. */
function bodiesOf({ transitions, handlers }: Domain): (readonly Statement[])[] {
  return [...transitions.flatMap(stepsOf), ...handlers.map(({ body }) => body)];
}

/** Every assignment of a domain. */
export function flowsOf(domain: Domain): Flow[] {
  return bodiesOf(domain).flatMap(assignmentsIn);
}

/** An expression and all that stands inside it. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(partsOf)];
}

/** The arguments that are emitted. */
export function argumentsOf(domain: Domain): Expression[] {
  return bodiesOf(domain)
    .flatMap(emitsIn)
    .flatMap(({ arguments: args }) => args.map(({ value }) => value));
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
  const { goals, invariants, durations, effects } = domain;
  const conditions = [
    ...goals.map(({ predicate }) => predicate),
    ...invariants.map(({ condition }) => condition),
    ...durations.map(({ condition }) => condition),
    ...effects.flatMap(({ contract }) => contract?.condition ?? []),
  ];
  const used = new Set([...conditions.flatMap(fieldsIn), ...bodiesOf(domain).flatMap(usedIn)]);
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
      case "send":
      case "broadcast":
        return expressionsIn([statement]).flatMap(fieldsIn);
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
