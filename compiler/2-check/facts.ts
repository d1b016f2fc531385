import { allInts, nearestIn, type Range, type Value } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import { boundsOf } from "./bounds.js";
import {
  type Arithmetic,
  type Comparison,
  type Expression,
  type Field,
  type FieldRead,
  intoRange,
  type Logical,
  membersOf,
  type Parameter,
  type ParameterRead,
  type Timed,
} from "./program.js";
import { operandsOf } from "./traverse.js";

// What is surely known of the fields at a place in the program, and what follows from it (abstract interpretation over
// sets of values and intervals; Cousot and Cousot, 1977). It never claims what is not so; it may know less than there is.

/** What is known of one field: its possible values, or values it surely has not and the bounds of an int. */
type Known =
  | { readonly kind: "in"; readonly values: readonly Value[] }
  | { readonly kind: "not in"; readonly values: readonly Value[]; readonly min: number; readonly max: number };

/** What is known of the fields; one that is missing may have any value. */
export type Facts = ReadonlyMap<string, Known>;

/** The facts where nothing is known. */
export const noFacts: Facts = new Map();

/** Gives what the types of fields and payloads say: which strings a union lists, and the range of an int. */
export function factsOf(typed: readonly (Field | Parameter)[]): Facts {
  return new Map(
    typed.flatMap(({ name, members, range }): [string, Known][] => {
      if (range !== undefined) return [[name, { kind: "not in", values: [], ...range }]];
      return members === undefined ? [] : [[name, { kind: "in", values: members }]];
    }),
  );
}

const anything: Known = { kind: "not in", values: [], min: -Infinity, max: Infinity };

/** More possible values of a field than this are not kept apart. */
const maxValues = 1000;

/** What is known where a condition came out true, and where it came out false; null where it cannot come out so. */
interface Ways {
  readonly whenTrue: Facts | null;
  readonly whenFalse: Facts | null;
}

/** Evaluates an expression where it has the same value, if any, in every state that fits the facts; else gives null. */
export function evaluate(expression: Expression, facts: Facts): Value | null {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "parameter":
    case "timed":
    case "field": {
      const known = facts.get(nameOf(expression));
      return known?.kind === "in" && known.values.length === 1 ? (known.values[0] ?? null) : null;
    }
    case "unary": {
      const operand = evaluate(expression.operand, facts);
      return operand === null ? null : expression.rule.evaluate(operand);
    }
    case "arithmetic":
      return evaluateArithmetic(expression, facts);
    case "ranged": {
      const value = evaluate(expression.operand, facts);
      return value === null ? null : intoRange(expression, Number(value));
    }
    case "comparison":
      return compare(expression, facts).value;
    case "logical": {
      const { whenTrue, whenFalse } = waysOf(expression, facts);
      return whenTrue === null ? false : whenFalse === null ? true : null;
    }
    case "call": {
      const args = expression.arguments.map((argument) => evaluate(argument, facts));
      const known = args.filter((argument) => argument !== null);
      return known.length < args.length ? null : expression.rule.evaluate(...known);
    }
    default:
      return unreachable(expression);
  }
}

function evaluateArithmetic({ first, rest }: Arithmetic, facts: Facts): Value | null {
  let value = evaluate(first, facts);
  for (const { rule, operand } of rest) {
    const next = value === null ? null : evaluate(operand, facts);
    value = value === null || next === null ? null : rule.evaluate(value, next);
  }
  return value;
}

/** Adds to the facts that a condition is true (or false); gives null where that cannot be. */
export function assume(condition: Expression, truth: boolean, facts: Facts): Facts | null {
  const { whenTrue, whenFalse } = waysOf(condition, facts);
  return truth ? whenTrue : whenFalse;
}

/** Follows both ways in one walk, so that no nesting makes it slow. */
function waysOf(condition: Expression, facts: Facts): Ways {
  switch (condition.kind) {
    case "literal":
      return decided(condition.value, facts);
    case "parameter":
    case "timed":
    case "field": {
      const value = evaluate(condition, facts);
      if (value !== null) return decided(value, facts);
      const having = (truth: boolean) => withKnown(facts, nameOf(condition), { kind: "in", values: [truth] });
      return { whenTrue: having(true), whenFalse: having(false) };
    }
    case "unary": {
      const { whenTrue, whenFalse } = waysOf(condition.operand, facts);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    case "comparison": {
      const { value, compared } = compare(condition, facts);
      if (value !== null) return decided(value, facts);
      if (condition.rule.operands === "bool") return waysOfEquality(condition, facts);
      if (compared === null) return { whenTrue: facts, whenFalse: facts };
      const narrowed = (truth: boolean) => narrow(condition, compared, truth, facts);
      return { whenTrue: narrowed(true), whenFalse: narrowed(false) };
    }
    case "logical":
      return waysOfLogical(condition, facts);
    case "call":
    case "ranged":
    case "arithmetic": {
      const value = evaluate(condition, facts);
      return value === null ? { whenTrue: facts, whenFalse: facts } : decided(value, facts);
    }
    default:
      return unreachable(condition);
  }
}

/** Follows an equality: `true == condition` says what the condition says, and `true != condition` the contrary. */
function waysOfEquality({ rule, left, right }: Comparison, facts: Facts): Ways {
  const [a, b] = [evaluate(left, facts), evaluate(right, facts)];
  const known = a ?? b;
  if (known === null) return { whenTrue: facts, whenFalse: facts };
  const { whenTrue, whenFalse } = waysOf(a === null ? left : right, facts);
  return (rule.operator === "==") === known ? { whenTrue, whenFalse } : { whenTrue: whenFalse, whenFalse: whenTrue };
}

function decided(value: Value, facts: Facts): Ways {
  return value === true ? { whenTrue: facts, whenFalse: null } : { whenTrue: null, whenFalse: facts };
}

/** Follows the operands in order until one decides: `true` for `||`, `false` for `&&`. */
function waysOfLogical({ rule: { decisive }, operands }: Logical, facts: Facts): Ways {
  let open: Facts | null = facts;
  let settled: Facts | null = null;
  for (const operand of operands) {
    if (open === null) break;
    const ways = waysOf(operand, open);
    settled = join(settled, decisive ? ways.whenTrue : ways.whenFalse);
    open = decisive ? ways.whenFalse : ways.whenTrue;
  }
  return decisive ? { whenTrue: settled, whenFalse: open } : { whenTrue: open, whenFalse: settled };
}

/** Says whether a field surely has another value than this. */
export function cannotBe(field: string, value: Value, facts: Facts): boolean {
  const known = facts.get(field) ?? anything;
  return known.kind === "in" ? !known.values.includes(value) : isExcluded(value, known);
}

/** Gives the facts after a value was assigned to a field. */
export function assigned(facts: Facts, field: string, value: Expression): Facts {
  const next = new Map(facts);
  const known = evaluate(value, facts);
  const values = known === null ? possibleValues(value, facts) : [known];
  if (values !== null) next.set(field, { kind: "in", values });
  else if (value.range !== undefined) next.set(field, { kind: "not in", values: [], ...boundsIn(value, facts) });
  else next.delete(field);
  return next;
}

/** Gives the least and the largest int that an expression can come to wherever the facts hold. */
export function boundsIn(expression: Expression, facts: Facts): Range {
  return boundsOf(expression, (name) => {
    const known = facts.get(name);
    if (known === undefined) return allInts;
    if (known.kind === "not in") return { min: nearestIn(allInts, known.min), max: nearestIn(allInts, known.max) };
    const values = known.values.map(Number);
    return { min: Math.min(...values), max: Math.max(...values) };
  });
}

/** Gives the values that an expression may come to; null: nobody knows. */
function possibleValues(value: Expression, facts: Facts): readonly Value[] | null {
  const known = isNamed(value) ? facts.get(nameOf(value)) : undefined;
  return known?.kind === "in" ? known.values : membersOf(value);
}

type Named = FieldRead | ParameterRead | Timed;

function isNamed(expression: Expression): expression is Named {
  return expression.kind === "field" || expression.kind === "parameter" || expression.kind === "timed";
}

/** Names what facts are about: no parameter is called like a field. */
function nameOf(named: Named): string {
  return named.kind === "parameter" ? named.parameter : named.field;
}

/** Gives what is known whichever of two ways was taken; null stands for a way that cannot be taken. */
export function join(a: Facts | null, b: Facts | null): Facts | null {
  if (a === null || b === null) return a ?? b;
  const joined = new Map<string, Known>();
  for (const [field, known] of a) {
    const other = b.get(field);
    if (other !== undefined) joined.set(field, union(known, other));
  }
  return joined;
}

/** Gives what a comparison comes to, and which field it compares with a constant. */
function compare({ rule, left, right }: Comparison, facts: Facts): { value: Value | null; compared: Compared | null } {
  const [a, b] = [evaluate(left, facts), evaluate(right, facts)];
  if (a !== null && b !== null) return { value: rule.evaluate(a, b), compared: null };
  if (isNamed(left) && isNamed(right) && nameOf(left) === nameOf(right)) {
    return { value: rule.evaluate(0, 0), compared: null };
  }
  const compared = comparedField(left, right, a, b);
  return { value: compared === null ? null : outcomeOf(rule.operator, compared, facts, rule.evaluate), compared };
}

/** Says how a comparison of a field with a constant comes out wherever the facts hold; null where it may go both ways. */
function outcomeOf(
  operator: string,
  compared: Compared,
  facts: Facts,
  evaluateRule: Comparison["rule"]["evaluate"],
): Value | null {
  const known = facts.get(compared.field) ?? anything;
  const test = (value: Value) => evaluateRule(...compared.inOrder(value));
  if (known.kind === "in") return agreed(known.values.map(test));
  if (operator === "==" || operator === "!=") return isExcluded(compared.constant, known) ? operator === "!=" : null;
  // An order between a field and a constant is monotonic: what holds at both ends holds between them.
  return agreed([test(known.min), test(known.max)]);
}

function isExcluded(value: Value, known: Extract<Known, { kind: "not in" }>): boolean {
  return known.values.includes(value) || (typeof value === "number" && (value < known.min || value > known.max));
}

interface Compared {
  readonly field: string;
  readonly constant: Value;
  /** The operands as the operator takes them, with a value in the place of the field. */
  readonly inOrder: (value: Value) => [Value, Value];
}

function comparedField(left: Expression, right: Expression, a: Value | null, b: Value | null): Compared | null {
  if (isNamed(left) && b !== null) return { field: nameOf(left), constant: b, inOrder: (value) => [value, b] };
  if (isNamed(right) && a !== null) return { field: nameOf(right), constant: a, inOrder: (value) => [a, value] };
  return null;
}

function agreed(results: readonly (Value | null)[]): Value | null {
  const [first] = results;
  return first !== undefined && results.every((result) => result === first) ? first : null;
}

/** Says whether evaluating an expression can fault: some int arithmetic in it can leave the range or divide by zero. */
export function canFault(expression: Expression): boolean {
  switch (expression.kind) {
    case "timed":
      return false;
    case "arithmetic":
      return canFaultItself(expression) || operandsOf(expression).some(canFault);
    case "literal":
    case "field":
    case "parameter":
    case "unary":
    case "comparison":
    case "logical":
    case "call":
      return operandsOf(expression).some(canFault);
    case "ranged":
      return !expression.saturates || canFault(expression.operand);
    default:
      return unreachable(expression);
  }
}

/** Says whether the operations can fault; those on literals alone do not, where they are known not to. */
function canFaultItself({ first, rest }: Arithmetic): boolean {
  let known = first.kind === "literal" ? first.value : null;
  return rest.some(({ rule, operand }) => {
    known = known === null || operand.kind !== "literal" ? null : rule.evaluate(known, operand.value);
    return known === null;
  });
}

/** Gives the facts where a comparison of a field with a constant comes out as wanted. */
function narrow({ rule }: Comparison, compared: Compared, truth: boolean, facts: Facts): Facts | null {
  const { field, constant } = compared;
  const known = facts.get(field) ?? anything;
  const holds = (value: Value) => rule.evaluate(...compared.inOrder(value)) === truth;
  if (known.kind === "in") return withKnown(facts, field, { kind: "in", values: known.values.filter(holds) });
  if (rule.operator === "==" || rule.operator === "!=") {
    if ((rule.operator === "==") === truth) return withKnown(facts, field, { kind: "in", values: [constant] });
    if (known.values.length >= maxValues) return facts;
    return withKnown(facts, field, { ...known, values: [...known.values, constant] });
  }
  return withKnown(facts, field, narrowed(known, Number(constant), holds));
}

/** Cuts an interval at a constant, on the side where the comparison comes out as wanted. */
function narrowed(known: Extract<Known, { kind: "not in" }>, constant: number, holds: (value: number) => boolean): Known {
  const [below, at, above] = [holds(constant - 1), holds(constant), holds(constant + 1)];
  const max = above ? known.max : Math.min(known.max, at ? constant : constant - 1);
  const min = below ? known.min : Math.max(known.min, at ? constant : constant + 1);
  return { ...known, min, max };
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
