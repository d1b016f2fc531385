import { OutcomeUnknown } from "../../../runtime-lib/errors.js";
import { isThenable, outcomeOfThrow } from "../../../runtime-lib/host/outcome.js";
import { reasonOf } from "../../../runtime-lib/kernel/faults.js";
import type { EffectDescription } from "../../2-check/description.js";
import type { Adapter } from "../adapters/adapter.js";
import { mismatch } from "../adapters/value.js";
import type { Redactor } from "./redact.js";

/** Keeps secrets out of what an adapter says: out of its reasons, which become state, and out of the values that it gives. */
export function discreet(adapter: Adapter, effect: EffectDescription, redactor: Redactor): Adapter {
  const value = (given: unknown) => withoutSecrets(given, effect, redactor);
  return (args, call) => {
    let result: unknown;
    try {
      result = adapter(args, call);
    } catch (error) {
      throw reworded(error, redactor);
    }
    if (!isThenable(result)) return value(result);
    return Promise.resolve(result).then(value, (error: unknown) => {
      throw reworded(error, redactor);
    });
  };
}

/** Makes an error that means the same. */
function reworded(error: unknown, { redact }: Redactor): unknown {
  const reason = reasonOf(error);
  const redacted = redact(reason);
  if (redacted === reason) return error;
  return outcomeOfThrow(error) === "unknown" ? new OutcomeUnknown(redacted) : new Error(redacted);
}

function withoutSecrets(value: unknown, { returns }: EffectDescription, { redact, redactValue }: Redactor): unknown {
  if (typeof value !== "string" || returns === null) return value;
  // What does not fit is refused, with a message that has it.
  if (mismatch(value, returns) !== null) return redact(value);
  return returns.members === undefined ? redactValue(value) : value;
}
