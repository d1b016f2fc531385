import type { DomainHost } from "../domain.js";
import type { Instance } from "../host/instance.js";
import { defaultKey } from "../host/instance.js";
import type { HostOptions } from "../host/open.js";
import type { Address } from "../kernel/compiled.js";
import type { Definition } from "../kernel/definition.js";
import { smallMailbox } from "../kernel/mail.js";
import { ownKey } from "../kernel/own-key.js";
import type { State, Value, ValueType } from "../kernel/value.js";
import type { System, SystemOptions } from "../system.js";

/** What has to hold for some time. */
export interface TimedCondition {
  /** The field that says whether it has. */
  readonly name: string;
  readonly ms: number;
  holds(state: State): boolean;
}

/** What a transition depends on, as the compiler says. */
export interface Dependencies {
  readonly reads: readonly string[];
  readonly uses: readonly string[];
  /** The fields of the invariants of which it writes a field. */
  readonly guards?: readonly string[];
  /** The time between two commits, in ms. */
  readonly cooldown?: number;
  /** It has more than one step. */
  readonly laterSteps?: readonly unknown[];
}

/** What the simulator asks a definition for: what adapters return, what time has to do with, what the world promises. */
export interface SimulatedDefinition {
  readonly handlers?: {
    readonly all: readonly { readonly effect: string; readonly outcome: string; readonly payload?: ValueType }[];
  };
  readonly durations?: { readonly all: readonly TimedCondition[] };
  readonly contracts?: { readonly byEffect: ReadonlyMap<string, { shown(state: State): boolean }> };
}

/** What the simulator needs of a domain, whatever its state and effects are. */
export interface SimulatedPart {
  readonly name: string;
  /** The dotted names of the effects. */
  readonly effects: readonly string[];
  readonly transitions: Readonly<Record<string, Dependencies>>;
  /** What the compiler made of it. */
  readonly definition?: SimulatedDefinition;
}

/** Gives the whole definition of a part; null: there is none. */
export function definitionOf({ definition }: SimulatedPart): Definition | null {
  // The compiler made all of it, of a state whose names are not known here.
  return (definition as unknown as Definition | undefined) ?? null;
}

/** A domain that can be simulated by itself. */
export interface SimulatedDomain extends SimulatedPart {
  host(options: HostOptions<never>): Promise<DomainHost<object>>;
}

/** What may be observed: for each field the values that it may have. */
export type Observations = Readonly<Record<string, readonly Value[]>>;

/** A system that can be simulated: its domains, and what starts it. */
export interface SimulatedSystem {
  readonly domains: readonly SimulatedPart[];
  start(options: SystemOptions<never>): Promise<System<object>>;
}

/** What runs, as far as the simulator has to do with it. */
export interface Opened {
  instance(address: Address): Instance;
  /** The instances that have come to life. */
  addresses(): Iterable<Address>;
}

/** What is simulated: one domain with instances of its own choosing, or a system. */
export interface Subject {
  readonly name: string;
  readonly parts: readonly SimulatedPart[];
  readonly observations: ReadonlyMap<string, Observations>;
  /** Gives the keys that are observed in a domain, also before there are such instances. @param alive those of its instances */
  keysBeside(alive: readonly string[]): readonly string[];
  open(options: HostOptions<never>): Promise<Opened>;
}

/** Whether a domain asks what its instances are called: then one has the key that may be observed. */
function asksForKey(domain: SimulatedPart): boolean {
  return Object.hasOwn(definitionOf(domain)?.initial ?? {}, ownKey);
}

/** Makes a subject of a domain by itself. @param keys those of its instances; two when absent */
export function aDomain(domain: SimulatedDomain, observations: Observations, keys?: readonly string[]): Subject {
  const { name } = domain;
  const observed = keys ?? (asksForKey(domain) ? [defaultKey, defaultKey, "b"] : ["a", "a", "b"]);
  return {
    name,
    parts: [domain],
    observations: new Map([[name, observations]]),
    keysBeside: () => observed,
    async open(options) {
      const host = await domain.host(options);
      return {
        instance: ({ key }) => host.instance(key),
        *addresses() {
          for (const key of host.keys()) yield { domain: name, key };
        },
      };
    },
  };
}

/** Makes a subject of a system with the instances that it starts. */
export function aSystem(system: SimulatedSystem, observations: Readonly<Record<string, Observations>>): Subject {
  return {
    name: system.domains.map(({ name }) => name).join(", "),
    parts: system.domains,
    observations: new Map(Object.entries(observations).filter(([, fields]) => Object.keys(fields).length > 0)),
    keysBeside: (alive) => (alive.length === 0 ? [defaultKey] : alive),
    async open(options) {
      const { domains } = await system.start({ ...options, mailbox: smallMailbox });
      // There is a part for each domain, whatever its state and messages are.
      const parts = domains as Readonly<Record<string, { instance(key: string): Instance; keys(): Iterable<string> }>>;
      return {
        instance: ({ domain, key }) => partOf(parts, domain).instance(key),
        *addresses() {
          for (const [domain, part] of Object.entries(parts)) for (const key of part.keys()) yield { domain, key };
        },
      };
    },
  };
}

function partOf<P>(parts: Readonly<Record<string, P>>, domain: string): P {
  const part = parts[domain];
  if (part === undefined) throw new Error(`there is no domain ${domain} in the system`);
  return part;
}
