import type { DomainHost } from "../domain.js";
import type { Instance } from "../host/instance.js";
import type { Images } from "../journal/images.js";
import { journalOver } from "../journal/journal.js";
import { memoryStore } from "../journal/memory.js";
import type { Address } from "../kernel/compiled.js";
import { nameOf } from "../kernel/mail.js";
import type { State, Value } from "../kernel/value.js";
import type { SystemInstance } from "../system.js";
import type { Played, Standing } from "./cue.js";
import type { Stage } from "./stage.js";
import type { SimulatedDomain, SimulatedSystem } from "./subject.js";

/** What plays a story: a domain by itself, or a system. */
export interface Theatre {
  /** Does what a story begins with. */
  begin(): Promise<void>;
  /** Gives the instance that a cue is about. @throws Error where there is none */
  instance(of: Address | undefined): Instance;
  addressOf(of: Address | undefined): Address;
  send(of: Address | undefined, message: string, args: readonly Value[]): Promise<void>;
  /** Ends what runs as a kill does, and starts it again on what it has written. */
  crash(): Promise<void>;
  /** How all stands. */
  played(): Played;
  stop(): Promise<void>;
}

/** The key of the instance that plays the story of a domain by itself which does not say how it is called. */
export const anyKey = "it";

/** Opens a domain by itself. @param key what the instance is called that plays */
export async function domainTheatre(domain: SimulatedDomain, stage: Stage, key: string): Promise<Theatre> {
  const images: Images = new Map();
  const open = () => domain.host({ ...stage.optionsFor(domain.effects), journal: journalOver(memoryStore(images)) });
  let host = await open();
  return {
    begin: () => bringToLife(host, key),
    instance: () => host.instance(key),
    async crash() {
      stage.clear();
      host = await open();
    },
    addressOf: () => ({ domain: domain.name, key }),
    send: () => Promise.reject(new Error(`${domain.name} is no part of a system`)),
    played: () => {
      const { status, state } = host.instance(key);
      // Its fields are values.
      return { phase: status.phase, state: state as State };
    },
    stop: () => host.stop(),
  };
}

/**
 * Brings to life an instance that nothing has been observed of, as it is once somebody waits for it. Nobody has to wait for one with nothing to
 * do: that one is told nothing.
 */
async function bringToLife(host: Pick<DomainHost<object>, "instance" | "keys">, key: string): Promise<void> {
  const instance = host.instance(key);
  const leave = new AbortController();
  instance.settled({ signal: leave.signal }).catch(() => {});
  leave.abort();
  if (![...host.keys()].includes(key)) await instance.observe({});
}

/** What a story asks of an instance of a system. */
type Player = Pick<SystemInstance<object, Record<string, readonly Value[]>>, "send"> & Instance;

/** The instances of a domain of a system. */
interface Cast {
  instance(key: string): Player;
  keys(): Iterable<string>;
}

/** Opens a system. @param mailbox how many messages a mailbox holds */
export async function systemTheatre(subject: SimulatedSystem, stage: Stage, mailbox: number): Promise<Theatre> {
  const effects = [...new Set(subject.domains.flatMap((part) => part.effects))];
  const images: Images = new Map();
  const open = () => subject.start({ ...stage.optionsFor(effects), mailbox, journal: journalOver(memoryStore(images)) });
  let system = await open();
  // There is a part for each domain, whatever its state and messages are.
  const castsOf = () => Object.entries(system.domains as Readonly<Record<string, Cast>>);
  let casts = castsOf();
  const find = (of: Address | undefined): Player => {
    const cast = casts.find(([domain]) => domain === of?.domain)?.[1];
    if (of === undefined || cast === undefined) throw new Error(`there is no instance ${of === undefined ? "" : nameOf(of)}`);
    return cast.instance(of.key);
  };
  const alive = () =>
    casts.flatMap(([domain, cast]) => [...cast.keys()].map((key) => [domain, key, cast.instance(key)] as const));
  return {
    async begin() {},
    instance: find,
    async crash() {
      stage.clear();
      system = await open();
      casts = castsOf();
    },
    addressOf: (of) => of ?? { domain: "", key: "" },
    send: (of, message, args) => find(of).send(message, ...args),
    played: () => playedBy(alive()),
    stop: () => system.stop(),
  };
}

function playedBy(instances: readonly (readonly [domain: string, key: string, Player])[]): Played {
  const phases = instances.map(([, , { status }]) => status.phase);
  const fields = instances.flatMap(([domain, key, { state }]) =>
    // Its fields are values.
    Object.entries(state as State).map(([field, value]) => [`${nameOf({ domain, key })}.${field}`, value] as const),
  );
  const order: readonly Played["phase"][] = ["working", "oscillating", "stuck", "stopped", "resting"];
  return {
    phase: order.find((phase) => phases.includes(phase)) ?? "resting",
    state: Object.fromEntries(fields),
    instances: Object.fromEntries(instances.map(([domain, key, player]) => [nameOf({ domain, key }), standingOf(player)])),
  };
}

/** What is sent arrives before anything else happens, unless there is no room for it. */
function standingOf({ status: { phase, sending = [] } }: Player): Standing {
  return phase === "working" && sending.length > 0 ? "waiting for room" : phase;
}
