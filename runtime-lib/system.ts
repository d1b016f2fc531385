import type { Domain, EventOf, StatusOf } from "./domain.js";
import type { Host } from "./host/host.js";
import { defaultKey, Handle, type Instance, type SettledOptions } from "./host/instance.js";
import { checkName, type HostOptions, type Member, openHosts } from "./host/open.js";
import { Post } from "./host/post.js";
import { allSettled } from "./host/settled.js";
import type { Definition } from "./kernel/definition.js";
import type { KernelEvent } from "./kernel/event.js";
import { defaultMailbox, Mail } from "./kernel/mail.js";
import type { Status } from "./kernel/status.js";
import type { State, Value } from "./kernel/value.js";

/** What messages give, by their names. */
type Messages = Readonly<Record<string, readonly Value[]>>;

/** An instance of a system: it can be sent messages as well. */
export interface SystemInstance<S extends object, M extends object, Q extends Status = Status> extends Instance<S, Q> {
  /**
   * Sends it a message. Resolves once that is in its mailbox, and kept where there is a journal.
   * @throws ObservationError (as a rejection) for a message that it does not take, and where its mailbox is full.
   */
  send<N extends keyof M & string>(message: N, ...args: Extract<M[N], readonly Value[]>): Promise<void>;
}

/** The instances of one domain of a system. */
export interface SystemDomain<S extends object, M extends object, Q extends Status = Status> {
  /** An instance by its key, `default` where none is given; it comes to life when it is first observed or sent something. */
  instance(key?: string): SystemInstance<S, M, Q>;
  /** The keys of the instances that have come to life. */
  keys(): Iterable<string>;
}

/** The part of a system that one of its domains is. */
export type PartOf<D> =
  D extends Domain<infer S, infer _E, infer _G, infer T, infer M>
    ? SystemDomain<S, Omit<Record<T, []>, keyof M> & M, StatusOf<D>>
    : never;

/** What happens to the instances of domains that run together, each event with the name of its domain. */
export type SystemEvent<D extends object> = { [N in keyof D & string]: EventOf<D[N], N> }[keyof D & string];

/** Domains that run together. */
export interface System<D extends object> {
  /** The domains, by name. */
  readonly domains: { readonly [N in keyof D]: PartOf<D[N]> };
  /** Resolves once no instance is at work and no message is on its way. Rejects with the signal's reason when that aborts. */
  settled(options?: SettledOptions): Promise<void>;
  /** Starts nothing any more, aborts running adapters, clears the timers, and closes the journal. */
  stop(): Promise<void>;
}

/**
 * Starts a system.
 * @throws TypeError (as a rejection) for missing adapters, options out of range, or a journal that this program cannot take over;
 * and whatever the journal says when it cannot be opened.
 */
export type StartSystem<D extends object, E extends object> = (options: SystemOptions<E, SystemEvent<D>>) => Promise<System<D>>;

/** What a system is started with. */
export interface SystemOptions<E extends object, V = KernelEvent> extends HostOptions<E, V> {
  /** How many messages a mailbox holds: while it is full, who sends to it waits. 64 when absent. */
  readonly mailbox?: number;
}

/** An instance that a system starts with. */
export interface StartedInstance {
  readonly domain: string;
  readonly key: string;
  /** The fields that begin with another value than their default. */
  readonly state: Partial<State>;
}

/**
 * Makes what starts a system of its domains. Called by generated code; `domains` is asked late, as modules may import each other.
 */
export function defineSystem<D extends object, E extends object>(
  domains: () => D,
  starts: readonly StartedInstance[],
): StartSystem<D, E> {
  return async (options) => {
    // Each was made of a definition.
    const definitions = Object.values(domains()).map(({ definition }) => definition as Definition);
    return systemOf<D>(await openSystem(definitions, starts, options));
  };
}

/** Opens hosts for domains that may talk, and starts instances. @throws the same as what starts a system */
export async function openSystem(
  definitions: readonly Definition[],
  starts: readonly StartedInstance[],
  options: SystemOptions<object, never>,
): Promise<readonly Host[]> {
  const { mailbox = defaultMailbox } = options;
  checkMailbox(mailbox);
  const members = definitions.map((definition) => memberOf(definition, mailbox));
  const hosts = await openHosts(members, options, (loop, clock) => new Post(loop, clock));
  checkAddresses(hosts);
  // All in one go: the first must not send to one that has not begun as it should.
  hosts[0]?.run(() => {
    for (const { domain, key, state } of starts) {
      hosts.find((host) => host.domain === domain)?.start(key, Object.keys(state).length === 0 ? undefined : state);
    }
  });
  return hosts;
}

/** Gives a domain of a system. */
function memberOf(definition: Definition, mailbox: number): Member {
  return { definition, mail: new Mail(definition.receives, definition.hears, mailbox) };
}

/** Checks the size of a mailbox. @throws TypeError for one that a mailbox cannot have */
function checkMailbox(size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) throw new TypeError(`mailbox is a whole number from 1 on, not ${size}`);
}

/** Refuses messages on their way to a domain that the program no longer has: they would never arrive. */
function checkAddresses(hosts: readonly Host[]): void {
  const known = new Set(hosts.map(({ domain }) => domain));
  for (const host of hosts) {
    for (const { key, post } of host.instances()) {
      const lost = post.outgoing.find(({ to }) => to !== null && !known.has(to.domain));
      if (lost?.to == null) continue;
      void host.stop();
      throw new TypeError(`${host.domain}/${key} has a message on its way to ${lost.to.domain}, which is no part of the system`);
    }
  }
}

/** Makes what users hold of a system. */
function systemOf<D extends object>(hosts: readonly Host[]): System<D> {
  const parts = hosts.map((host) => [host.domain, partOf(host)] as const);
  return {
    // There is a part for each name in D, and its instances have the states and messages that were checked.
    domains: Object.fromEntries(parts) as unknown as System<D>["domains"],
    settled: (options) => allSettled(hosts, options),
    async stop() {
      await Promise.all(hosts.map((host) => host.stop()));
    },
  };
}

function partOf(host: Host): SystemDomain<State, Messages> {
  return {
    instance(key = defaultKey) {
      checkName("key", key);
      return new TalkingHandle(host, key) as unknown as SystemInstance<State, Messages>;
    },
    keys: () => host.keys(),
  };
}

class TalkingHandle extends Handle {
  readonly #host: Host;

  constructor(host: Host, key: string) {
    super(host, key);
    this.#host = host;
  }

  send(message: string, ...args: readonly unknown[]): Promise<void> {
    return this.#host.send(this.key, message, args);
  }
}
