import type { Binary, Expression, Logical, Value } from "./program.js";

// What is surely known of the fields at a place in the program, and what follows from it (abstract interpretation over
// sets of values and intervals; Cousot and Cousot, 1977). It never claims what is not so; it may know less than there is.

/** What is known of one field: its possible values, or values it surely has not and the bounds of an int. */
type Known =
  | { readonly kind: "in"; readonly values: readonly Value[] }
  | { readonly kind: "not in"; readonly values: readonly Value[]; readonly min: number; readonly max: number };

/** What is known of the fields; one that is missing may have any value. */
export type Facts = ReadonlyMap<string, Known>;

/** Nothing is known. */
export const noFacts: Facts = new Map();

const anything: Known = { kind: "not in", values: [], min: -Infinity, max: Infinity };

/** More possible values of a field than this are not kept apart. */
const maxValues = 1000;

/** An expression's value where it is the same in every state that fits the facts; null where it is not, or may fault. */
export function evaluate(expression: Expression, facts: Facts): Value | null {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "field": {
      const known = facts.get(expression.field);
      return known?.kind === "in" && known.values.length === 1 ? (known.values[0] ?? null) : null;
    }
    case "unary": {
      const operand = evaluate(expression.operand, facts);
      return operand === null ? null : expression.rule.evaluate(operand);
    }
    case "binary":
      return evaluateBinary(expression, facts);
    case "logical":
      return evaluateLogical(expression, facts);
  }
}

/** The facts where, in addition, a condition is true (or false); null where that cannot be. */
export function assume(condition: Expression, truth: boolean, facts: Facts): Facts | null {
  const value = evaluate(condition, facts);
  if (value !== null) return value === truth ? facts : null;
  switch (condition.kind) {
    case "field":
      return withKnown(facts, condition.field, { kind: "in", values: [truth] });
    case "unary":
      return assume(condition.operand, !truth, facts);
    case "binary":
      return assumeBinary(condition, truth, facts);
    case "logical":
      return assumeLogical(condition, truth, facts);
    case "literal":
      return facts;
  }
}

/** Whether a field surely has another value than this. */
export function cannotBe(field: string, value: Value, facts: Facts): boolean {
  const known = facts.get(field) ?? anything;
  return known.kind === "in" ? !known.values.includes(value) : isExcluded(value, known);
}

/** The facts after a field got a value (null: one that is not known). */
export function assigned(facts: Facts, field: string, value: Value | null): Facts {
  const next = new Map(facts);
  if (value === null) next.delete(field);
  else next.set(field, { kind: "in", values: [value] });
  return next;
}

/** What is known whichever of two ways was taken; null is a way that cannot be taken. */
export function join(a: Facts | null, b: Facts | null): Facts | null {
  if (a === null || b === null) return a ?? b;
  const joined = new Map<string, Known>();
  for (const [field, known] of a) {
    const other = b.get(field);
    if (other !== undefined) joined.set(field, union(known, other));
  }
  return joined;
}

function evaluateBinary({ rule, left, right }: Binary, facts: Facts): Value | null {
  const [a, b] = [evaluate(left, facts), evaluate(right, facts)];
  if (a !== null && b !== null) return rule.evaluate(a, b);
  if (left.kind === "field" && right.kind === "field" && left.field === right.field && rule.result === "bool") {
    return rule.evaluate(0, 0);
  }
  const compared = comparedField(left, right, a, b);
  if (compared === null || rule.result !== "bool") return null;
  const known = facts.get(compared.field) ?? anything;
  const test = (value: Value) => rule.evaluate(...compared.inOrder(value));
  if (known.kind === "in") return agreed(known.values.map(test));
  if (rule.operator === "==" || rule.operator === "!=") {
    return isExcluded(compared.constant, known) ? rule.operator === "!=" : null;
  }
  // An order between a field and a constant is monotonic: what holds at both ends holds between them.
  return agreed([test(known.min), test(known.max)]);
}

function isExcluded(value: Value, known: Extract<Known, { kind: "not in" }>): boolean {
  return known.values.includes(value) || (typeof value === "number" && (value < known.min || value > known.max));
}

interface Comparison {
  readonly field: string;
  readonly constant: Value;
  /** The operands as the operator takes them, with a value in the place of the field. */
  readonly inOrder: (value: Value) => [Value, Value];
}

function comparedField(left: Expression, right: Expression, a: Value | null, b: Value | null): Comparison | null {
  if (left.kind === "field" && b !== null) return { field: left.field, constant: b, inOrder: (value) => [value, b] };
  if (right.kind === "field" && a !== null) return { field: right.field, constant: a, inOrder: (value) => [a, value] };
  return null;
}

function agreed(results: readonly (Value | null)[]): Value | null {
  const [first] = results;
  return first !== undefined && results.every((result) => result === first) ? first : null;
}

function evaluateLogical({ operator, operands }: Logical, facts: Facts): Value | null {
  const decisive = operator === "||";
  let here: Facts | null = facts;
  let open = false;
  for (const operand of operands) {
    if (here === null) return open ? null : decisive;
    const value = evaluate(operand, here);
    if (value === decisive) return open && mayFault(operands) ? null : decisive;
    if (value === null) open = true;
    here = assume(operand, !decisive, here);
  }
  if (here === null) return mayFault(operands) ? null : decisive;
  return open ? null : !decisive;
}

function mayFault(expressions: readonly Expression[]): boolean {
  return expressions.some(canFault);
}

/** Whether evaluating an expression can fault: some int arithmetic in it can leave the range or divide by zero. */
export function canFault(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
    case "field":
      return false;
    case "unary":
      return canFault(expression.operand);
    case "binary":
      return expression.rule.canFault || canFault(expression.left) || canFault(expression.right);
    case "logical":
      return mayFault(expression.operands);
  }
}

function assumeBinary({ rule, left, right }: Binary, truth: boolean, facts: Facts): Facts | null {
  const compared = comparedField(left, right, evaluate(left, facts), evaluate(right, facts));
  if (compared === null) return facts;
  const known = facts.get(compared.field) ?? anything;
  if (known.kind === "in") {
    const values = known.values.filter((value) => rule.evaluate(...compared.inOrder(value)) === truth);
    return withKnown(facts, compared.field, { kind: "in", values });
  }
  const { constant } = compared;
  if (rule.operator === "==" || rule.operator === "!=") {
    const equal = (rule.operator === "==") === truth;
    if (equal) return withKnown(facts, compared.field, { kind: "in", values: [constant] });
    if (known.values.length >= maxValues) return facts;
    return withKnown(facts, compared.field, { ...known, values: [...known.values, constant] });
  }
  return withKnown(
    facts,
    compared.field,
    narrowed(known, Number(constant), (value) => rule.evaluate(...compared.inOrder(value)) === truth),
  );
}

/** The interval cut at a constant, on the side where the comparison comes out as wanted. */
function narrowed(known: Extract<Known, { kind: "not in" }>, constant: number, holds: (value: number) => boolean): Known {
  const [below, at, above] = [holds(constant - 1), holds(constant), holds(constant + 1)];
  const max = above ? known.max : Math.min(known.max, at ? constant : constant - 1);
  const min = below ? known.min : Math.max(known.min, at ? constant : constant + 1);
  return { ...known, min, max };
}

function assumeLogical({ operator, operands }: Logical, truth: boolean, facts: Facts): Facts | null {
  const decisive = operator === "||";
  let undecided: Facts | null = facts;
  let decided: Facts | null = null;
  for (const operand of operands) {
    if (undecided === null) break;
    decided = join(decided, assume(operand, decisive, undecided));
    undecided = assume(operand, !decisive, undecided);
  }
  return truth === decisive ? decided : undecided;
}

function withKnown(facts: Facts, field: string, known: Known): Facts | null {
  const isEmpty = known.kind === "in" ? known.values.length === 0 : known.min > known.max;
  if (isEmpty) return null;
  const bools = known.kind === "not in" ? known.values.filter((value) => typeof value === "boolean") : [];
  if (bools.length > 1) return null;
  return new Map(facts).set(field, bools.length === 1 ? { kind: "in", values: [!bools[0]] } : known);
}

function union(a: Known, b: Known): Known {
  if (a.kind === "in" && b.kind === "in") {
    const values = [...new Set([...a.values, ...b.values])];
    return values.length > maxValues ? anything : { kind: "in", values };
  }
  if (a.kind === "not in" && b.kind === "not in") {
    const values = a.values.filter((value) => b.values.includes(value));
    return { kind: "not in", values, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  }
  const [listed, open] = a.kind === "in" ? [a, b] : [b, a];
  if (open.kind !== "not in") return anything;
  const numbers = listed.values.filter((value) => typeof value === "number");
  return {
    kind: "not in",
    values: open.values.filter((value) => !listed.values.includes(value)),
    min: Math.min(open.min, ...numbers),
    max: Math.max(open.max, ...numbers),
  };
}
