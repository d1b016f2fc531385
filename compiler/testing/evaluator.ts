// A second opinion: what a domain means, read off its syntax tree by a plain walk that shares nothing with the checker, the
// emitter or the runtime.
import type * as ast from "../1-parse/ast.js";
import { unreachable } from "../language/unreachable.js";

type Value = number | boolean | string;
type State = Record<string, Value>;

/** What the evaluator says instead of a value where the computation faults. */
export const fault = Symbol("fault");

class Fault extends Error {}

/** Gives the name of the first reality that holds, null, or `fault`. */
export function realityIn(goal: ast.GoalNode, state: State): string | null | typeof fault {
  return guarded(() => {
    const named = goal.realities.find(({ condition }) => valueIn(condition, state) === true);
    if (goal.realities.length > 0) return named?.name.text ?? null;
    const predicate = goal.predicates[0]?.expression;
    if (predicate === undefined) return null;
    const alternatives = predicate.kind === "logical" && predicate.operator === "||" ? predicate.operands : [predicate];
    const index = alternatives.findIndex((alternative) => valueIn(alternative, state) === true);
    return index < 0 ? null : String.fromCharCode(65 + index);
  });
}

/** What a run of statements does. */
interface Done {
  /** The state as the statements see it, with what a message or a handler was given. */
  readonly scratch: State;
  readonly intents: { effect: string; args: unknown[] }[];
  readonly sends: { to: { domain: string; key: string } | null; name: string; args: Value[]; isHigh: boolean }[];
  readonly writes: Map<string, Value>;
  /** What a field becomes that is set to a value. */
  readonly fit: (field: string, value: Value) => Value;
}

/** The ints that fields may be. */
type Ranges = ReadonlyMap<string, { readonly min: number; readonly max: number }>;

/** Reads the ranges of a domain's fields off its tree. */
export function rangesOf({ states }: ast.DomainNode): Ranges {
  const ranged = states.flatMap(({ fields }) =>
    fields.flatMap(({ name, type }) => {
      const range = type.kind === "typeName" ? type.range : null;
      return range === null ? [] : ([[name.text, { min: endOf(range.min), max: endOf(range.max) }]] as const);
    }),
  );
  return new Map(ranged);
}

function endOf(node: ast.RangeEndNode | null): number {
  return node?.kind === "literal" ? Number(node.value) : Number.NaN;
}

/** Gives the plan of a transition's first step, or of what is done about a message, in a state; null, or `fault`. */
export function planIn(body: readonly ast.StatementNode[], state: State, given: State, ranges: Ranges) {
  return guarded(() => {
    const { intents, sends, writes } = ran(body, state, given, (field, value) => {
      const range = ranges.get(field);
      if (range !== undefined && (Number(value) < range.min || Number(value) > range.max)) throw new Fault();
      return value;
    });
    const changes = [...writes].some(([field, value]) => state[field] !== value);
    if (intents.length === 0 && sends.length === 0 && !changes) return null;
    return { intents, ...(sends.length === 0 ? {} : { sends }), writes: Object.fromEntries(writes) };
  });
}

/** Gives what an outcome handler writes in a state, or `fault`. */
export function writesIn(body: readonly ast.StatementNode[], state: State, given: State, ranges: Ranges) {
  const nearest = (field: string, value: Value) => {
    const range = ranges.get(field);
    return range === undefined ? value : Math.max(range.min, Math.min(range.max, Number(value)));
  };
  return guarded(() => Object.fromEntries(ran(body, state, given, nearest).writes));
}

function ran(body: readonly ast.StatementNode[], state: State, given: State, fit: Done["fit"]): Done {
  const done: Done = { scratch: { ...state, ...given }, intents: [], sends: [], writes: new Map(), fit };
  run(body, done);
  return done;
}

function guarded<T>(compute: () => T): T | typeof fault {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Fault) return fault;
    throw error;
  }
}

function run(body: readonly ast.StatementNode[], done: Done): void {
  const { scratch, intents, sends, writes } = done;
  for (const statement of body) {
    switch (statement.kind) {
      case "emit":
        if (statement.path.names[0]?.text === "Broadcast") {
          const [event] = statement.arguments;
          const name = event?.value.kind === "event" ? event.value.name.text : "";
          sends.push({ to: null, name, args: [], isHigh: false });
        } else intents.push(intentOf(statement, scratch));
        break;
      case "send": {
        const { target, message, isHigh } = statement;
        // What is sent is worked out from left to right, and a key that turns out empty is a fault once all of it is.
        const key = statement.key === null ? "default" : String(valueIn(statement.key, scratch));
        const args = statement.arguments.map((value) => valueIn(value, scratch));
        if (key === "") throw new Fault();
        sends.push({ to: { domain: target.text, key }, name: message.text, args, isHigh });
        break;
      }
      case "assign": {
        const field = fieldOf(statement.target);
        const value = done.fit(field, valueIn(statement.value, scratch));
        scratch[field] = value;
        writes.set(field, value);
        break;
      }
      case "if": {
        const taken = statement.branches.find(({ condition }) => valueIn(condition, scratch) === true);
        run(taken?.body ?? statement.otherwise ?? [], done);
        break;
      }
      default:
        unreachable(statement);
    }
  }
}

function intentOf({ path, arguments: all }: ast.EmitNode, scratch: State) {
  const values = all.map(({ name, value }) => [name?.text ?? null, valueIn(value, scratch)] as const);
  const named = values.some(([name]) => name !== null);
  const args = named ? [Object.fromEntries(values)] : values.map(([, value]) => value);
  return { effect: path.names.map(({ text }) => text).join("."), args };
}

function fieldOf(path: ast.PathNode): string {
  const [first, second] = path.names;
  return (path.names.length === 2 && first?.text === "state" ? second : first)?.text ?? "";
}

function int(value: bigint): number {
  const number = Number(value);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER)) throw new Fault();
  return number;
}

function valueIn(node: ast.ExpressionNode, state: State): Value {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "path":
      return state[fieldOf(node)] ?? "";
    case "self":
      return state.self ?? "";
    case "unary": {
      const operand = valueIn(node.operand, state);
      return node.operator === "!" ? !operand : int(-BigInt(operand as number));
    }
    case "logical": {
      for (const operand of node.operands)
        if (valueIn(operand, state) === (node.operator === "||")) return node.operator === "||";
      return node.operator === "&&";
    }
    case "comparison":
      return compute(node.operator, valueIn(node.left, state), valueIn(node.right, state));
    case "arithmetic":
      return node.rest.reduce<Value>(
        (left, { operator, operand }) => compute(operator, left, valueIn(operand, state)),
        valueIn(node.first, state),
      );
    case "call":
      return called(
        node.path.names.map(({ text }) => text).join("."),
        node.arguments.map(({ value }) => valueIn(value, state)),
      );
    // Time is no part of a state, a chain was refused when it was read, and the others stand where no value is asked for.
    case "timed":
    case "duration":
    case "chain":
    case "event":
      throw new Error(`no value for ${node.kind}`);
    default:
      return unreachable(node);
  }
}

function called(name: string, args: readonly Value[]): Value {
  const [a = "", b = ""] = args;
  if (name === "min") return Math.min(Number(a), Number(b));
  if (name === "max") return Math.max(Number(a), Number(b));
  if (name === "text") return `${a}`;
  throw new Error(`no function ${name}`);
}

function compute(operator: string, left: Value, right: Value): Value {
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (operator === "+" && typeof left === "string") {
    if (left.length + String(right).length > 65_536) throw new Fault();
    return left + String(right);
  }
  const [a, b] = [BigInt(left as number), BigInt(right as number)];
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  if (operator === ">") return a > b;
  if (operator === ">=") return a >= b;
  if (operator === "+") return int(a + b);
  if (operator === "-") return int(a - b);
  if (operator === "*") return int(a * b);
  if (b === 0n) throw new Fault();
  return int(operator === "/" ? a / b : a % b);
}
