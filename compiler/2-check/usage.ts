import { type Expression, operandsOf, type Statement, type Usage } from "./program.js";

/** What a step reads, writes and emits, whichever way it takes. A read that the step's own write always precedes is none. */
export function usageOf(body: readonly Statement[]): Usage {
  const usage = { reads: new Set<string>(), writes: new Set<string>(), effects: new Set<string>() };
  visit(body, new Set(), usage);
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

/** The fields that an expression reads. */
export function fieldsIn(expression: Expression): string[] {
  if (expression.kind === "field") return [expression.field];
  return operandsOf(expression).flatMap(fieldsIn);
}

/** The expressions that stand in a step, in the order of the source. */
export function expressionsIn(body: readonly Statement[]): Expression[] {
  return body.flatMap((statement): Expression[] => {
    switch (statement.kind) {
      case "emit":
        return statement.arguments.map((argument) => argument.value);
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
