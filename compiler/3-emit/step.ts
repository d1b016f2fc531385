import { canFault, cannotBe, type Facts } from "../2-check/facts.js";
import type { Statement } from "../2-check/program.js";
import { expressionsIn, sendsIn } from "../2-check/traverse.js";
import { unreachable } from "../language/unreachable.js";
import { keyCanFault } from "./send.js";

/** Says whether something in these statements can fault. */
export function stepCanFault(body: readonly Statement[]): boolean {
  return expressionsIn(body).some(canFault) || sendsIn(body).some(keyCanFault);
}

/** Says whether a statement surely has something done: it emits or sends, or it sets a field to another value than that has. */
export function isSurelyNews(statement: Statement, facts: Facts | null): boolean {
  switch (statement.kind) {
    case "emit":
    case "send":
    case "broadcast":
      return true;
    case "assign": {
      const { field, value } = statement;
      return facts !== null && value.kind === "literal" && cannotBe(field, value.value, facts);
    }
    case "if":
      return false;
    default:
      return unreachable(statement);
  }
}
