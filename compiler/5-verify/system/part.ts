import type { Contract } from "../../../runtime-lib/kernel/compiled.js";
import { Contracts } from "../../../runtime-lib/kernel/contracts.js";
import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import { Durations } from "../../../runtime-lib/kernel/durations.js";
import { prepare } from "../../../runtime-lib/kernel/machine.js";
import { Mail } from "../../../runtime-lib/kernel/mail.js";
import type { Machine } from "../../../runtime-lib/kernel/rules.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import { ordersOf } from "../domain/order.js";
import { countersOf } from "../environment/flow.js";
import type { Inputs } from "../environment/inputs.js";
import { type Observations, observationsOf } from "../environment/observations.js";

/** One stride of time: whatever has to be waited for takes as long, and passes when that is the move. */
export const later = 1;

/** When what has to hold for some time began to, in situations: a little before now, so that one that begins anew can be told. */
export const began = -later / 2;

/** A domain of a system, with what may come from outside. */
export interface MemberDomain {
  readonly domain: Domain;
  readonly definition: Definition;
  readonly inputs: Inputs;
  readonly source: Source;
}

/** Sends that go to nobody: where a domain is looked at alone, whom they are for is not there. */
class SilentMail extends Mail {
  override post(): void {}
}

/** How a part of a system is made ready. */
export interface Setting {
  /** So many messages a mailbox holds. */
  readonly mailbox: number;
  /** Whether the domain is looked at by itself. */
  readonly isAlone: boolean;
  /** Whether strings are observed that the program does not know. */
  readonly withOthers: boolean;
}

/** A domain of a system, ready to be explored. */
export class Part {
  readonly domain: Domain;
  readonly inputs: Inputs;
  readonly source: Source;
  readonly machine: Machine;
  /** The same, with all that is published. */
  readonly verbose: Machine;
  readonly observations: Observations;
  /** Fields that only count, at what they begin with: what they are at does not matter to anything else. */
  readonly counters: State;
  /** For each place of the cursor the first one that makes no difference to it; null: each makes one. */
  readonly cursors: readonly number[] | null;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** The transitions with later steps. */
  readonly steppers: ReadonlySet<string>;

  constructor({ domain, definition, inputs, source }: MemberDomain, { mailbox, isAlone, withOthers }: Setting) {
    const Post = isAlone ? SilentMail : Mail;
    this.domain = domain;
    this.inputs = inputs;
    this.source = source;
    this.machine = inStrides(definition, new Post(definition.receives, definition.hears, mailbox));
    this.verbose = { ...this.machine, publishes: true };
    const values = inputs.fields.map(
      ({ field, values, others }) => [field, withOthers ? [...values, ...others] : values] as const,
    );
    this.observations = observationsOf(domain, values);
    const begins = Object.entries(this.machine.initial);
    const counters = countersOf(domain);
    this.counters = Object.fromEntries(begins.filter(([field]) => counters.has(field)));
    const orders = ordersOf(domain, this.machine);
    this.cursors = orders.isTooMany ? null : orders.cursors;
    this.contracts = this.machine.contracts?.byEffect ?? new Map();
    this.steppers = new Set(this.machine.transitions.flatMap((each) => (each.laterSteps === undefined ? [] : [each.name])));
  }
}

/** The machine with every wait one stride long: a retry, a cooldown, a duration, a contract. */
function inStrides(definition: Definition, mail: Mail): Machine {
  const retry = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };
  const machine = prepare(definition, { retry, publishes: false, mail });
  const durations = (machine.durations?.all ?? []).map((each) => [each.name, { ...each, ms: Math.min(each.ms, later) }] as const);
  const contracts = [...(machine.contracts?.byEffect ?? [])].map(
    ([effect, each]) => [effect, { ...each, within: later }] as const,
  );
  return {
    ...machine,
    durations: machine.durations && new Durations(Object.fromEntries(durations)),
    contracts: machine.contracts && new Contracts(Object.fromEntries(contracts)),
    transitions: machine.transitions.map((each) => (each.cooldown === undefined ? each : { ...each, cooldown: later })),
  };
}
