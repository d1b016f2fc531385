import type * as ast from "../1-parse/ast.js";
import { defaultPatience } from "../language/default.js";
import type { Context } from "./context.js";
import { checkCondition } from "./expression.js";
import { checkLapse } from "./lapse.js";
import type { Contract } from "./program.js";

/** Checks what a domain says that an effect brings about; null: it says none, or something in it was reported. */
export function checkContract({ expects }: ast.EffectNode, context: Context): Contract | null {
  if (expects === null) return null;
  const condition = checkCondition(expects.condition, "What an effect is expected to bring about", context);
  return condition === null
    ? null
    : { condition, within: expects.within === null ? defaultPatience : checkLapse(expects.within, context) };
}
