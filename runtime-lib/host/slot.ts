import { type Instance, none } from "../kernel/instance.js";
import type { Status } from "../kernel/status.js";
import type { OpenCall } from "./calls.js";

/** The place of an instance: at rest it holds the instance's value and nothing else. */
export class Slot {
  instance: Instance;
  calls: readonly OpenCall[] = none;
  /** Who wants to know when it has settled. */
  waiters: readonly ((status: Status) => void)[] = none;

  constructor(instance: Instance) {
    this.instance = instance;
  }
}
