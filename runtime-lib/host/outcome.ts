import { OutcomeUnknown } from "../errors.js";
import type { Outcome } from "../kernel/event.js";

/** What a broken connection says as its `code`: the request may have arrived. */
const brokenConnections = new Set([
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ECONNABORTED",
  "ESOCKETTIMEDOUT",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "UND_ERR_SOCKET",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_ABORTED",
]);

/** Chains of causes are followed this far. */
const maxCauses = 8;

/** Says what a throw of an adapter means: that the attempt did not happen, or that nobody knows. It never throws itself. */
export function outcomeOfThrow(thrown: unknown): Exclude<Outcome, "done"> {
  try {
    let error = thrown;
    for (let depth = 0; depth < maxCauses && typeof error === "object" && error !== null; depth += 1) {
      if (saysNothing(error)) return "unknown";
      error = Reflect.get(error, "cause");
    }
  } catch {
    // What cannot be looked at is taken at its word: it was thrown.
  }
  return "failed";
}

function saysNothing(error: object): boolean {
  if (error instanceof OutcomeUnknown) return true;
  const [name, code]: unknown[] = [Reflect.get(error, "name"), Reflect.get(error, "code")];
  return name === "AbortError" || name === "TimeoutError" || (typeof code === "string" && brokenConnections.has(code));
}

/** Says whether an adapter answers later. It never throws. */
export function isThenable(value: unknown): boolean {
  if (value instanceof Promise) return true;
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    return "then" in value && typeof value.then === "function";
  } catch {
    return false;
  }
}
