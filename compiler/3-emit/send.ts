import type { Broadcast, Send } from "../2-check/program.js";
import { defaultKey } from "../language/default.js";
import { printExpression, printValue, type Scope } from "./expression.js";
import { mark } from "./marks.js";

/** Prints what a plan sends, as a call of the runtime. */
export function printSend(statement: Send | Broadcast, scope: Scope): string {
  if (statement.kind === "broadcast") return `${mark(statement.span)}broadcast(${JSON.stringify(statement.event)})`;
  const { target, key, message, arguments: args, isHigh, span } = statement;
  const to = key === null ? printValue(defaultKey) : printExpression(key, scope);
  const values = [JSON.stringify(target), to, JSON.stringify(message), ...args.map((value) => printExpression(value, scope))];
  return `${mark(span)}${isHigh ? "sendHigh" : "send"}(${values.join(", ")})`;
}

/** Says whether the key of a message may turn out to be empty, which is a fault. */
export function keyCanFault(statement: Send | Broadcast): boolean {
  return statement.kind === "send" && statement.key !== null && statement.key.kind !== "literal";
}
