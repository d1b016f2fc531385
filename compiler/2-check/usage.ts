import {
  type Assign,
  type Broadcast,
  type Domain,
  type Emit,
  type Expression,
  operandsOf,
  type Program,
  type Send,
  type Statement,
  stepsOf,
  type Usage,
} from "./program.js";

/** What steps read, write and emit, whichever way they take. A read that the step's own write always precedes is none. */
export function usageOf(steps: readonly (readonly Statement[])[]): Usage {
  const usage = { reads: new Set<string>(), writes: new Set<string>(), effects: new Set<string>() };
  for (const body of steps) visit(body, new Set(), usage);
  return { reads: [...usage.reads], writes: [...usage.writes], effects: [...usage.effects] };
}

interface Collected {
  readonly reads: Set<string>;
  readonly writes: Set<string>;
  readonly effects: Set<string>;
}

/** Walks statements with the fields that are surely assigned before them; returns those surely assigned after. */
function visit(body: readonly Statement[], before: ReadonlySet<string>, usage: Collected): ReadonlySet<string> {
  const assigned = new Set(before);
  const read = (expression: Expression) => {
    for (const field of fieldsIn(expression)) if (!assigned.has(field)) usage.reads.add(field);
  };
  for (const statement of body) {
    switch (statement.kind) {
      case "emit":
        usage.effects.add(statement.effect);
        for (const argument of statement.arguments) read(argument.value);
        break;
      case "send":
        for (const value of valuesSent(statement)) read(value);
        break;
      case "broadcast":
        break;
      case "assign":
        read(statement.value);
        usage.writes.add(statement.field);
        assigned.add(statement.field);
        break;
      case "if": {
        for (const branch of statement.branches) read(branch.condition);
        const ways = [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []];
        const ends = ways.map((way) => visit(way, assigned, usage));
        for (const field of ends[0] ?? []) if (ends.every((end) => end.has(field))) assigned.add(field);
        break;
      }
    }
  }
  return assigned;
}

/** Assignments in statements, on whichever way they stand. */
export function assignmentsIn(body: readonly Statement[]): Assign[] {
  return body.flatMap((statement): Assign[] => {
    switch (statement.kind) {
      case "emit":
      case "send":
      case "broadcast":
        return [];
      case "assign":
        return [statement];
      case "if":
        return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []].flatMap(assignmentsIn);
    }
  });
}

/** What is emitted in statements, on whichever way. */
export function emitsIn(body: readonly Statement[]): Emit[] {
  return body.flatMap((statement): Emit[] => {
    switch (statement.kind) {
      case "emit":
        return [statement];
      case "assign":
      case "send":
      case "broadcast":
        return [];
      case "if":
        return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []].flatMap(emitsIn);
    }
  });
}

/** What is sent and broadcast in statements, on whichever way. */
export function sendsIn(body: readonly Statement[]): (Send | Broadcast)[] {
  return body.flatMap((statement): (Send | Broadcast)[] => {
    switch (statement.kind) {
      case "send":
      case "broadcast":
        return [statement];
      case "emit":
      case "assign":
        return [];
      case "if":
        return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []].flatMap(sendsIn);
    }
  });
}

/** What a domain sends and broadcasts. */
export function sendsOf({ transitions, receivers }: Pick<Domain, "transitions" | "receivers">): (Send | Broadcast)[] {
  return [...transitions.flatMap(stepsOf), ...receivers.map(({ body }) => body)].flatMap(sendsIn);
}

/** Whether some domain of a program has something to do with others. */
export function isTalking({ domains }: Pick<Program, "domains">): boolean {
  return domains.some((domain) => {
    const { receivers, transitions } = domain;
    return sendsOf(domain).length > 0 || receivers.length > 0 || transitions.some(({ parameters }) => parameters !== null);
  });
}

/** The expressions that a message is made of. */
export function valuesSent({ key, arguments: args }: Send): readonly Expression[] {
  return key === null ? args : [key, ...args];
}

/** The fields that an expression reads. */
export function fieldsIn(expression: Expression): string[] {
  if (expression.kind === "field") return [expression.field];
  // Beside the runtime's own field those that it depends on: who writes one of them decides about it.
  if (expression.kind === "timed") return [expression.field, ...fieldsIn(expression.condition)];
  return operandsOf(expression).flatMap(fieldsIn);
}

/** The expressions that stand in a step, in the order of the source. */
export function expressionsIn(body: readonly Statement[]): Expression[] {
  return body.flatMap((statement): Expression[] => {
    switch (statement.kind) {
      case "emit":
        return statement.arguments.map((argument) => argument.value);
      case "send":
        return [...valuesSent(statement)];
      case "broadcast":
        return [];
      case "assign":
        return [statement.value];
      case "if":
        return [
          ...statement.branches.flatMap(({ condition, body: inner }) => [condition, ...expressionsIn(inner)]),
          ...expressionsIn(statement.otherwise ?? []),
        ];
    }
  });
}

/** Every expression of a domain, whole: predicates, conditions, arguments and assigned values. */
export function expressionsOf({ goals, invariants, transitions, handlers, receivers, effects }: Domain): Expression[] {
  return [
    ...goals.map(({ predicate }) => predicate),
    ...invariants.map(({ condition }) => condition),
    ...transitions.flatMap((transition) => stepsOf(transition).flatMap(expressionsIn)),
    ...handlers.flatMap(({ body }) => expressionsIn(body)),
    ...receivers.flatMap(({ body }) => expressionsIn(body)),
    ...effects.flatMap(({ contract }) => contract?.condition ?? []),
  ];
}
