import { unreachable } from "../language/unreachable.js";
import type {
  Assign,
  Broadcast,
  Domain,
  Effect,
  Emit,
  Expression,
  Handler,
  Receiver,
  Send,
  Statement,
  Transition,
} from "./program.js";

// The one walk of a checked program: the bodies of a domain, the statements in a body, the expressions in a statement, and a map
// over each. Whoever walks uses it, so that a new member of a domain, a new statement or expression is thought of in one place.

/** Statements in their order, and whose they are: those of a step are planned, those of a handler change the state at once. */
export type Body = { readonly statements: readonly Statement[] } & (
  | { readonly kind: "step"; readonly owner: Transition }
  | { readonly kind: "handler"; readonly owner: Handler }
  | { readonly kind: "receiver"; readonly owner: Receiver }
);

/** The names of a domain's lists: each holds members of one kind. */
export type Lists = { readonly [K in keyof Domain]: Domain[K] extends readonly unknown[] ? K : never }[keyof Domain];

/** What is to be walked in a member: what it runs, and the expressions that stand outside of that. */
interface Walked {
  readonly bodies: readonly Body[];
  readonly expressions: readonly Expression[];
}

const nothing: Walked = { bodies: [], expressions: [] };

const walkers: { readonly [K in Lists]: (member: Domain[K][number]) => Walked } = {
  fields: () => nothing,
  // Their conditions stand in goals and steps.
  durations: () => nothing,
  goals: ({ predicate }) => ({ bodies: [], expressions: [predicate] }),
  invariants: ({ condition }) => ({ bodies: [], expressions: [condition] }),
  transitions: (owner) => ({
    bodies: stepsOf(owner).map((statements) => ({ kind: "step", owner, statements })),
    expressions: [],
  }),
  handlers: (owner) => ({ bodies: [{ kind: "handler", owner, statements: owner.body }], expressions: [] }),
  receivers: (owner) => ({ bodies: [{ kind: "receiver", owner, statements: owner.body }], expressions: [] }),
  effects: ({ contract }: Effect) => ({ bodies: [], expressions: contract === null ? [] : [contract.condition] }),
};

function walkedIn(domain: Domain): Walked[] {
  const walked = <K extends Lists>(list: K) => (domain[list] as readonly Domain[K][number][]).map(walkers[list]);
  // The keys of the table are the names of the lists.
  return (Object.keys(walkers) as Lists[]).flatMap(walked);
}

/** Gives all that a domain runs: the steps of its transitions, and its handlers of outcomes, messages and events. */
export function bodiesOf(domain: Domain): Body[] {
  return walkedIn(domain).flatMap(({ bodies }) => bodies);
}

/** Gives the expressions of a domain that stand outside of all that it runs. */
export function standingExpressions(domain: Domain): Expression[] {
  return walkedIn(domain).flatMap(({ expressions }) => expressions);
}

/** Gives all the steps of a transition, in order. */
export function stepsOf({ body, laterSteps }: Pick<Transition, "body" | "laterSteps">): readonly (readonly Statement[])[] {
  return laterSteps.length === 0 ? [body] : [body, ...laterSteps.map((step) => step.body)];
}

/** Gives the lists of statements directly inside a statement. */
export function blocksIn(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "emit":
    case "send":
    case "broadcast":
    case "assign":
      return [];
    case "if":
      return [...statement.branches.map(({ body }) => body), statement.otherwise ?? []];
    default:
      return unreachable(statement);
  }
}

/** Gives statements and all that stand inside them, in the order of the source. */
export function statementsIn(body: readonly Statement[]): Statement[] {
  return body.flatMap((statement) => [statement, ...blocksIn(statement).flatMap(statementsIn)]);
}

/** Gives the fields that a statement itself assigns, and not a statement inside it. */
export function fieldsAssignedBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "assign":
      return [statement.field];
    case "emit":
    case "send":
    case "broadcast":
    case "if":
      return [];
    default:
      return unreachable(statement);
  }
}

/** Gives the assignments in statements, on whichever way they stand. */
export function assignmentsIn(body: readonly Statement[]): Assign[] {
  return statementsIn(body).filter((statement) => statement.kind === "assign");
}

/** Gives what is emitted in statements, on whichever way. */
export function emitsIn(body: readonly Statement[]): Emit[] {
  return statementsIn(body).filter((statement) => statement.kind === "emit");
}

/** Gives what is sent and broadcast in statements, on whichever way. */
export function sendsIn(body: readonly Statement[]): (Send | Broadcast)[] {
  return statementsIn(body).filter((statement) => statement.kind === "send" || statement.kind === "broadcast");
}

/** Gives the expressions that stand in a statement itself, and not in a statement inside it. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "emit":
      return statement.arguments.map(({ value }) => value);
    case "send":
      return statement.key === null ? statement.arguments : [statement.key, ...statement.arguments];
    case "broadcast":
      return [];
    case "assign":
      return [statement.value];
    case "if":
      return statement.branches.map(({ condition }) => condition);
    default:
      return unreachable(statement);
  }
}

/** Gives the expressions that stand in statements and in all inside them. */
export function expressionsIn(body: readonly Statement[]): Expression[] {
  return statementsIn(body).flatMap(expressionsOf);
}

/** Gives every expression of a domain, whole: predicates, conditions, arguments and assigned values. */
export function allExpressions(domain: Domain): Expression[] {
  return walkedIn(domain).flatMap(({ bodies, expressions }) => [
    ...expressions,
    ...bodies.flatMap(({ statements }) => expressionsIn(statements)),
  ]);
}

/** Gives the expressions directly inside one. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "parameter":
      return [];
    case "timed":
      return [expression.condition];
    case "unary":
    case "ranged":
      return [expression.operand];
    case "arithmetic":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "comparison":
      return [expression.left, expression.right];
    case "logical":
      return expression.operands;
    case "call":
      return expression.arguments;
    default:
      return unreachable(expression);
  }
}

/** Gives an expression and all that stands inside it. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(partsOf)];
}

/** Gives an expression of which the expressions directly inside have become others. */
export function mapOperands(expression: Expression, map: (operand: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "parameter":
      return expression;
    case "timed":
      return { ...expression, condition: map(expression.condition) };
    case "unary":
    case "ranged":
      return { ...expression, operand: map(expression.operand) };
    case "arithmetic":
      return {
        ...expression,
        first: map(expression.first),
        rest: expression.rest.map((term) => ({ ...term, operand: map(term.operand) })),
      };
    case "comparison":
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case "logical":
      return { ...expression, operands: expression.operands.map(map) };
    case "call":
      return { ...expression, arguments: expression.arguments.map(map) };
    default:
      return unreachable(expression);
  }
}

/** Gives statements of which every expression has become another. */
export function mapExpressions(body: readonly Statement[], map: (expression: Expression) => Expression): Statement[] {
  return body.map((statement): Statement => {
    switch (statement.kind) {
      case "emit":
        return { ...statement, arguments: statement.arguments.map((each) => ({ ...each, value: map(each.value) })) };
      case "send":
        return {
          ...statement,
          key: statement.key === null ? null : map(statement.key),
          arguments: statement.arguments.map(map),
        };
      case "broadcast":
        return statement;
      case "assign":
        return { ...statement, value: map(statement.value) };
      case "if": {
        const branches = statement.branches.map(({ condition, body: inner }) => ({
          condition: map(condition),
          body: mapExpressions(inner, map),
        }));
        const otherwise = statement.otherwise === null ? null : mapExpressions(statement.otherwise, map);
        return { ...statement, branches, otherwise };
      }
      default:
        return unreachable(statement);
    }
  });
}

/** Gives the fields that an expression itself reads, and not an expression inside it. */
export function fieldsReadBy(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "field":
    case "timed":
      return [expression.field];
    case "literal":
    case "parameter":
    case "unary":
    case "arithmetic":
    case "comparison":
    case "logical":
    case "call":
    case "ranged":
      return [];
    default:
      return unreachable(expression);
  }
}

/** Gives the fields that an expression reads, and those that its durations depend on: who writes one of them decides about it. */
export function fieldsIn(expression: Expression): string[] {
  return [...fieldsReadBy(expression), ...operandsOf(expression).flatMap(fieldsIn)];
}
