import { type Instance, none } from "../kernel/instance.js";
import type { Status } from "../kernel/status.js";
import type { Entry } from "./agenda.js";
import type { Call } from "./call.js";

/** A call whose adapter has not answered yet, as it stands on the agenda. */
export interface OpenCall extends Entry {
  readonly call: Call;
}

/** What a host holds of an instance: at rest it holds the instance's value and nothing else. */
export class Slot {
  instance: Instance;
  calls: readonly OpenCall[] = none;
  /** Who wants to know when it has settled. */
  waiters: readonly ((status: Status) => void)[] = none;

  constructor(instance: Instance) {
    this.instance = instance;
  }
}
