import { unreachable } from "../language/unreachable.js";
import type { Broadcast, Domain, Expression, Program, Send, Statement, Usage } from "./program.js";
import { blocksIn, bodiesOf, expressionsOf, fieldsIn, sendsIn } from "./traverse.js";

/** Gives what steps read, write and emit, whichever way they take. A read that the step's own write always precedes is none. */
export function usageOf(steps: readonly (readonly Statement[])[]): Usage {
  const usage = { reads: new Set<string>(), writes: new Set<string>(), effects: new Set<string>() };
  for (const body of steps) collect(body, new Set(), usage);
  return { reads: [...usage.reads], writes: [...usage.writes], effects: [...usage.effects] };
}

interface Collected {
  readonly reads: Set<string>;
  readonly writes: Set<string>;
  readonly effects: Set<string>;
}

/** Walks statements with the fields that are surely assigned before them; returns those surely assigned after. */
function collect(body: readonly Statement[], before: ReadonlySet<string>, usage: Collected): ReadonlySet<string> {
  const assigned = new Set(before);
  const read = (expression: Expression) => {
    for (const field of fieldsIn(expression)) if (!assigned.has(field)) usage.reads.add(field);
  };
  for (const statement of body) {
    expressionsOf(statement).forEach(read);
    switch (statement.kind) {
      case "emit":
        usage.effects.add(statement.effect);
        break;
      case "assign":
        usage.writes.add(statement.field);
        assigned.add(statement.field);
        break;
      case "if": {
        const ends = blocksIn(statement).map((way) => collect(way, assigned, usage));
        for (const field of ends[0] ?? []) if (ends.every((end) => end.has(field))) assigned.add(field);
        break;
      }
      case "send":
      case "broadcast":
        break;
      default:
        unreachable(statement);
    }
  }
  return assigned;
}

/** Gives what a domain sends and broadcasts. */
export function sendsOf(domain: Domain): (Send | Broadcast)[] {
  return bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements));
}

/** Gives the messages that a domain sends. */
export function messagesOf(domain: Domain): Send[] {
  return sendsOf(domain).flatMap((send) => (send.kind === "send" ? send : []));
}

/** Says whether some domain of a program has something to do with others. */
export function isTalking({ domains }: Pick<Program, "domains">): boolean {
  return domains.some((domain) => {
    const { receivers, transitions } = domain;
    return sendsOf(domain).length > 0 || receivers.length > 0 || transitions.some(({ parameters }) => parameters !== null);
  });
}
