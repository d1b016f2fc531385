import { at } from "../kernel/at.js";
import type { Definition } from "../kernel/definition.js";
import type { KernelEvent } from "../kernel/event.js";
import { hasEffects, hasMessages } from "../kernel/features.js";
import { prepare } from "../kernel/machine.js";
import type { Machine, MailRules } from "../kernel/rules.js";
import { canCarryOut, routesTo } from "./adapters.js";
import { type Clock, systemClock } from "./clock.js";
import { drawEpoch } from "./epoch.js";
import { FlushQueue } from "./flush-queue.js";
import { type Concurrency, Gates } from "./gates.js";
import { Host } from "./host.js";
import type { Journal, Revived } from "./journal.js";
import { fitting } from "./left-out.js";
import { Loop } from "./loop.js";
import type { Post } from "./post.js";
import { type RetryOptions, readRetry } from "./retry.js";

/** What a host of a domain's instances is started with: the functions `E` for its effects, and a listener to events `V`. */
export interface HostOptions<E extends object, V = KernelEvent> {
  /** The functions that carry the effects out. */
  readonly effects: E;
  /** Where the instances' lives are written down; without it they live in memory, and end with the host. */
  readonly journal?: Journal;
  /** The functions for effects that the program no longer has, and which activations in the journal have yet to carry out. */
  readonly legacyEffects?: object;
  readonly retry?: RetryOptions;
  /** How many calls of an effect may be under way at once, over all instances; as many as there are when absent. */
  readonly concurrency?: Concurrency;
  /** Real time when absent. */
  readonly clock?: Clock;
  /** For tests; drawn at random when absent. A journal keeps its own. No two lives of an instance may share one. */
  readonly epoch?: string;
  /** Hears of everything that happens. If it throws, nothing else changes. */
  readonly onEvent?: (event: V) => void;
}

/** A domain that is to have a host. */
export interface Member {
  readonly definition: Definition;
  /** Null: it talks to nobody. */
  readonly mail: MailRules | null;
  /** The machine for when nobody listens and nothing is set: many hosts share it. */
  readonly silent?: Machine;
}

/** Options for a program of which nothing is known. */
type AnyOptions = HostOptions<object, never>;

/** Makes the machine of a domain for options. @throws TypeError for options out of range */
function machineFor({ definition, mail, silent }: Member, options: AnyOptions, effects: readonly string[]): Machine {
  const { retry, onEvent } = options;
  if (silent !== undefined && !retry && !onEvent) return silent;
  return prepare(definition, {
    ...readRetry(retry ?? {}, effects),
    publishes: onEvent !== undefined,
    ...(mail === null ? {} : { mail }),
  });
}

/**
 * Opens hosts for domains, in their order, with one journal and one set of adapters.
 * @param post takes messages between them; null: they do not talk
 * @throws TypeError (as a rejection) for missing adapters, options out of range, or a journal that they cannot take over;
 * and whatever the journal says when it cannot be opened.
 */
export async function openHosts(
  members: readonly Member[],
  options: AnyOptions,
  makePost: ((loop: Loop, clock: Clock) => Post) | null,
): Promise<readonly Host[]> {
  const { epoch = drawEpoch(), clock = systemClock, journal = null, concurrency } = options;
  // What happens to a domain names nothing but what the domain has.
  const onEvent = options.onEvent as HostOptions<object>["onEvent"];
  checkName("epoch", epoch);
  const adapters = options.effects ?? {};
  const effects = [...new Set(members.flatMap(({ definition }) => definition.effects))];
  const gates = concurrency === undefined ? null : new Gates(concurrency, effects);
  const loop = new Loop();
  const post = makePost?.(loop, clock) ?? null;
  const routes = hasEffects ? members.map(({ definition }) => routesTo(definition.name, adapters, definition.effects)) : [];
  const machines = members.map((member) => machineFor(member, options, effects));
  const own: Journal | null = journal !== null && members.length > 1 ? sharedBy(journal, () => hosts) : journal;
  const flushQueue = journal === null ? null : new FlushQueue(loop, (error) => hosts.forEach((host) => host.fail(error)));
  const hosts: readonly Host[] = machines.map((machine, index) => {
    return new Host({ machine, routes: routes[index] ?? new Map(), clock, gates, journal: own, onEvent, loop, flushQueue, post });
  });
  const kept = await journal?.open({
    machines,
    epoch,
    canCarryOut: (domain, effect) => {
      // What is pending of effects that this artifact leaves out is looked at once it is there.
      if (!hasEffects) return true;
      const known = routes[machines.findIndex((machine) => machine.domain === domain)];
      return known !== undefined && canCarryOut(known, options.legacyEffects, effect);
    },
    instances: () => hosts.map((host) => host.instances()),
    now: () => clock.now(),
    resolve: (request) => (hosts.find(({ domain }) => request.key.startsWith(`${domain}/`)) ?? at(hosts, 0)).resolve(request),
  });
  const revived = await fittingOf(kept?.revived ?? [], journal);
  for (const host of hosts) post?.add(host);
  loop.run(() => {
    for (const host of hosts) host.begin(kept?.epoch ?? epoch, revived);
  });
  return hosts;
}

/** Gives what is to go on here. @throws TypeError (as a rejection) for what cannot, with the journal closed again */
async function fittingOf(revived: readonly Revived[], journal: Journal | null): Promise<readonly Revived[]> {
  if (hasEffects && hasMessages) return revived;
  try {
    return revived.map(fitting);
  } catch (error) {
    await journal?.close();
    throw error;
  }
}

/** Makes a journal that several hosts write to: when one of them stops, all do, and then it is closed. */
function sharedBy(journal: Journal, hosts: () => readonly Host[]): Journal {
  let closing: Promise<void> | null = null;
  return {
    open: (owner) => journal.open(owner),
    append: (...reaction) => journal.append(...reaction),
    close() {
      closing ??= journal.close();
      for (const host of hosts()) void host.stop();
      return closing;
    },
  };
}

/** Checks a key or an epoch. @throws TypeError for one that cannot be one */
export function checkName(option: string, value: unknown): void {
  if (typeof value === "string" && value !== "" && !(option === "epoch" && value.includes("/"))) return;
  const shape = option === "epoch" ? "a string without a slash" : "a string";
  throw new TypeError(`${option} is ${shape} and not empty, not ${JSON.stringify(value) ?? String(value)}`);
}
