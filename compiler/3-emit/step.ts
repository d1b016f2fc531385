import { canFault } from "../2-check/facts.js";
import type { Statement } from "../2-check/program.js";
import { expressionsIn, sendsIn } from "../2-check/usage.js";
import { keyCanFault } from "./send.js";

/** Whether something in these statements can fault. */
export function stepCanFault(body: readonly Statement[]): boolean {
  return expressionsIn(body).some(canFault) || sendsIn(body).some(keyCanFault);
}
