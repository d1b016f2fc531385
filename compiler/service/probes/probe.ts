import type { Clock } from "../../../runtime-lib/host/clock.js";
import type { FieldDescription } from "../../2-check/description.js";
import type { Value } from "../../language/type.js";
import { mismatch, valueOfText } from "../adapters/value.js";
import type { ProbeConfig } from "../config/schema.js";
import type { Check, Sight } from "./checks.js";

/** What a probe works with. */
export interface ProbeOptions {
  readonly config: ProbeConfig;
  readonly field: FieldDescription;
  readonly check: Check;
  readonly clock: Clock;
  /** The field as the instance has it now. */
  current(): unknown;
  observe(facts: object): Promise<void>;
  /** Notes why what a probe sees cannot be observed; once for each reason. */
  complain(reason: string): void;
}

/**
 * A look at a part of the world now and then, which observes it whenever what it sees differs from what the instance has. One
 * look at a time; `rise` and `fall` say how many in a row it takes to be sure.
 */
export class Probe {
  readonly #options: ProbeOptions;
  #cancel: () => void = () => {};
  #looking: AbortController | null = null;
  #isOver = false;
  /** How many looks in a row came out the same, and how. */
  #row = { isUp: true, length: 0 };
  #complaint = "";

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  /** Begins with a first look. */
  start(): void {
    void this.#look();
  }

  /** Ends a look that is under way, and takes no other. */
  stop(): void {
    this.#isOver = true;
    this.#cancel();
    this.#looking?.abort();
  }

  async #look(): Promise<void> {
    const { config, check, clock } = this.#options;
    const looking = new AbortController();
    this.#looking = looking;
    const cancel = clock.setTimer(clock.now() + config.timeout, () => looking.abort());
    const sight = await check(looking.signal);
    cancel();
    if (this.#isOver) return;
    await this.#judge(sight);
    if (!this.#isOver) this.#cancel = clock.setTimer(clock.now() + config.every, () => void this.#look());
  }

  async #judge(sight: Sight): Promise<void> {
    const { config, field, current, observe, complain } = this.#options;
    const { isUp } = sight;
    this.#row = { isUp, length: this.#row.isUp === isUp ? this.#row.length + 1 : 1 };
    if (this.#row.length < (isUp ? config.rise : config.fall)) return;
    const value = valueSeen(sight, config, field);
    if (value === undefined || value === current()) return;
    const reason = mismatch(value, field) ?? (await observe({ [field.name]: value }).then(() => null, String));
    if (reason !== null && reason !== this.#complaint) complain(`${reason} (${sight.why})`);
    this.#complaint = reason ?? "";
  }
}

/** Gives what is to be observed; undefined: nothing. */
function valueSeen({ isUp, text = "" }: Sight, { up, down }: ProbeConfig, field: FieldDescription): Value | undefined {
  if (up === undefined && down === undefined) {
    // What a program writes is the value; where it fails it says nothing. What does not fit is refused.
    return isUp ? (valueOfText(text, field) as Value) : undefined;
  }
  return isUp ? up : down;
}
