import { VedFault } from "./errors.js";
import type { Send } from "./kernel/compiled.js";
import type { Value } from "./kernel/value.js";

/** Makes a message to an instance, as generated code puts it into a plan. @throws VedFault where the key is empty */
export function send(domain: string, key: string, name: string, ...args: readonly Value[]): Send {
  if (key === "") throw new VedFault(`the key of an instance of ${domain} is empty`);
  return { to: { domain, key }, name, args, isHigh: false };
}

/** Makes a message that goes before those that are not of high priority. @throws VedFault where the key is empty */
export function sendHigh(domain: string, key: string, name: string, ...args: readonly Value[]): Send {
  return { ...send(domain, key, name, ...args), isHigh: true };
}

/** Makes an event, as generated code puts it into a plan. */
export function broadcast(event: string): Send {
  return { to: null, name: event, args: [], isHigh: false };
}
