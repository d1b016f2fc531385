import type { Intent } from "./kernel/compiled.js";
import type { KernelEvent } from "./kernel/event.js";
import type { State } from "./kernel/value.js";

/** Puts an event into words, as a line of a timeline. */
export function wordsFor(event: KernelEvent): string {
  return `${event.instance}: ${wordsAbout(event)}`;
}

/** Puts what happened to an instance into words, without its name. */
export function wordsAbout(event: KernelEvent): string {
  switch (event.type) {
    case "observed":
      return `observed ${assignments(event.facts) || "nothing"}`;
    case "refused":
      return `refused: ${event.reason}`;
    case "started":
      return `${event.transition} starts ${event.step === undefined ? "" : `step ${event.step + 1} `}as activation ${event.activation}`;
    case "dispatched":
      return `${event.transition} calls ${call(event.intent)}, attempt ${event.attempt}`;
    case "done":
      return `${call(event.intent)} is done`;
    case "failed":
      return `${call(event.intent)} failed: ${event.reason}`;
    case "unknown":
      return `${call(event.intent)} may have happened: ${event.reason}`;
    case "settled":
      return `${call(event.intent)} ${event.happened ? "happened" : "did not happen"}, says ${event.by}: ${event.why}`;
    case "recovered":
      return `recovered with ${assignments(event.state)}`;
    case "dropped":
      return `${event.transition} no longer writes ${event.fields.join(", ")}`;
    case "abandoned":
      return `${event.transition} is abandoned: ${event.reason}`;
    case "committed":
      return `${event.transition} commits ${assignments(event.writes) || "nothing"}${event.dropped.length > 0 ? `, without ${event.dropped.join(", ")}` : ""}`;
    case "handled":
      return `on ${event.effect} ${event.outcome}: ${assignments(event.writes) || "nothing changes"}`;
    case "sent":
      return `${event.to === null ? "broadcasts" : `sends ${event.to}`} ${messageText(event)}`;
    case "received":
      return `receives ${messageText(event)}${event.from === null ? "" : ` of ${event.from}`}`;
    case "elapsed":
      return `${event.duration} comes true`;
    case "notShown":
      return `${event.effect} happened, and the world does not show what was expected of it`;
    case "clockWentBack":
      return `the clock went back, by ${event.by} ms or more`;
    case "overridden":
      return `${event.transition} overwrites ${event.field}, which has changed meanwhile`;
    case "invariantBroken":
      return `${event.transition} breaks ${event.invariant}`;
    case "faulted":
      return `${event.name} faults: ${event.reason}`;
    case "rested": {
      const realities = Object.entries(event.realities).map(([goal, reality]) => `${goal} ${reality}`);
      return realities.length === 0 ? "rests" : `rests in ${realities.join(", ")}`;
    }
    case "stuck":
      return `is stuck: ${event.unmet.join(", ")} does not hold with ${assignments(event.state)}`;
    case "oscillating":
      return `goes round in circles, at ${assignments(event.state)}`;
    case "stopped":
      return event.reason === "" ? "stopped" : `stopped: ${event.reason}`;
    default:
      return event satisfies never;
  }
}

/** Writes a message as Ved does. */
export function messageText({ message, args }: { readonly message: string; readonly args: readonly unknown[] }): string {
  return args.length === 0 ? message : `${message}(${args.map((argument) => JSON.stringify(argument)).join(", ")})`;
}

/** Writes an intent as Ved does. */
export function call({ effect, args }: Intent): string {
  return `${effect}(${args.map((argument) => JSON.stringify(argument)).join(", ")})`;
}

/** Writes fields with their values as Ved does. Of what the runtime keeps only what has come true is written. */
export function assignments(fields: Partial<State>): string {
  return Object.entries(fields)
    .filter(([field, value]) => value !== false || !field.includes(" "))
    .map(([field, value]) => `${field} = ${JSON.stringify(value)}`)
    .join(", ");
}
