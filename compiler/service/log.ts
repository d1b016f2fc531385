import type { KernelEvent } from "../../runtime-lib/kernel/event.js";

/** Where a service says what happens. It never gets a header, a body or a token to write. */
export interface Log {
  /** What happened to an instance. */
  event(event: KernelEvent): void;
  /** Something that the operator wants to know. */
  say(text: string): void;
  /** Something that the operator has to know. */
  warn(text: string): void;
}
