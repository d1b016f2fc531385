import type { Domain, Expression, Statement } from "../../2-check/program.js";
import {
  allExpressions,
  assignmentsIn,
  bodiesOf,
  emitsIn,
  expressionsOf,
  fieldsAssignedBy,
  fieldsIn,
  partsOf,
  standingExpressions,
  statementsIn,
} from "../../2-check/traverse.js";

/** An assignment of a step or a handler. */
export interface Flow {
  readonly field: string;
  readonly value: Expression;
}

/** Every assignment of a domain. */
export function flowsOf(domain: Domain): Flow[] {
  return bodiesOf(domain).flatMap(({ statements }) => assignmentsIn(statements));
}

/** The arguments that are emitted. */
export function argumentsOf(domain: Domain): Expression[] {
  return bodiesOf(domain)
    .flatMap(({ statements }) => emitsIn(statements))
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
  const standing = standingExpressions(domain).flatMap(fieldsIn);
  const used = new Set([...standing, ...bodiesOf(domain).flatMap(({ statements }) => usedIn(statements))]);
  const assigned = new Set(flows.map(({ field }) => field));
  const isCounter = (field: string) =>
    assigned.has(field) && !used.has(field) && flows.every((flow) => flow.field !== field || countsUp(flow));
  return new Set([...assigned].filter(isCounter));
}

/** Whether a domain joins strings: with long ones, or again and again, that faults some day. */
export function joinsStrings(domain: Domain): boolean {
  const isJoin = (part: Expression) => part.kind === "arithmetic" && part.type === "string";
  return allExpressions(domain).flatMap(partsOf).some(isJoin);
}

/** Gives the fields on which something depends, other than their own next value. */
function usedIn(body: readonly Statement[]): string[] {
  return statementsIn(body).flatMap((statement) => {
    const own = fieldsAssignedBy(statement);
    return expressionsOf(statement)
      .flatMap(fieldsIn)
      .filter((field) => !own.includes(field));
  });
}

/** By less than this an int may be counted up more often than anything happens. */
const maxStep = 1e6;

/** `field = field + c` or `field = field - c`, with a `c` other than nothing. */
function countsUp({ field, value }: Flow): boolean {
  if (value.kind !== "arithmetic" || value.first.kind !== "field" || value.first.field !== field) return false;
  const [term, ...more] = value.rest;
  if (term === undefined || more.length > 0 || (term.rule.operator !== "+" && term.rule.operator !== "-")) return false;
  const { operand } = term;
  if (operand.kind === "literal" && typeof operand.value === "string") return operand.value !== "";
  const constant = constantOf(operand);
  // What counts in large steps soon faults.
  return constant !== null && constant !== 0 && Math.abs(constant) <= maxStep;
}
