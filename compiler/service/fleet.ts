import type { Host } from "../../runtime-lib/host/host.js";
import type { Instance } from "../../runtime-lib/kernel/instance.js";
import type { Status } from "../../runtime-lib/kernel/status.js";
import { type Standing, standingOf, standings } from "./standing.js";
import type { DomainCount, FleetPage, InstanceLine } from "./views.js";

/** Which instances are asked for. */
export interface FleetQuery {
  readonly domain?: string | undefined;
  readonly standing?: Standing | undefined;
  /** As `Goal:A`; `Goal:` asks for those in which it does not hold. */
  readonly reality?: string | undefined;
  /** A part of the key, in whatever case. */
  readonly search?: string | undefined;
  /** The name of the last instance that was seen (`Domain/key`). */
  readonly after?: string | undefined;
  /** How many are left out at the beginning; not with `after`. */
  readonly offset?: number | undefined;
  readonly limit: number;
}

/** Names an instance among all. */
export function nameOf(domain: string, key: string): string {
  return `${domain}/${key}`;
}

/** All instances, as those see them who look at many. It keeps nothing but the order of the keys: what it says is what is. */
export class Fleet {
  readonly #hosts: readonly Host[];
  /** The keys of each domain in order, as long as there are no more. */
  readonly #sorted = new Map<string, readonly string[]>();

  constructor(hosts: readonly Host[]) {
    this.#hosts = hosts;
  }

  /** Finds the host of a domain; undefined: there is no such domain. */
  host(domain: string): Host | undefined {
    return this.#hosts.find((host) => host.domain === domain);
  }

  /** Finds an instance; undefined: it has not come to life. */
  find(domain: string, key: string): Instance | undefined {
    return this.host(domain)?.slot(key)?.instance;
  }

  /** Gives the status of an instance that has come to life. */
  status(domain: string, key: string): Status | undefined {
    const host = this.host(domain);
    return host?.slot(key) === undefined ? undefined : host.statusOf(key);
  }

  /** Gives the instances that a query asks for, a page of them. */
  page(query: FleetQuery): FleetPage {
    const needle = query.search?.toLowerCase() ?? "";
    const instances: InstanceLine[] = [];
    const { after, offset = 0 } = query;
    let [total, isPast, hasMore] = [0, after === undefined, false];
    for (const host of this.#hosts) {
      if (query.domain !== undefined && query.domain !== host.domain) continue;
      for (const key of this.#keys(host)) {
        const line = this.#lineFor(host, key, query, needle);
        const isWanted = line !== null && isPast && total >= offset;
        if (line !== null) total += 1;
        if (isWanted && instances.length < query.limit) instances.push(line);
        else if (isWanted) hasMore = true;
        if (nameOf(host.domain, key) === after) isPast = true;
      }
    }
    const last = instances.at(-1);
    return { instances, total, next: hasMore && last !== undefined ? nameOf(last.domain, last.key) : null };
  }

  /** Gives the line of an instance; null: it is not asked for. */
  #lineFor(host: Host, key: string, { standing, reality }: FleetQuery, needle: string): InstanceLine | null {
    const instance = host.slot(key)?.instance;
    if (instance === undefined || (needle !== "" && !key.toLowerCase().includes(needle))) return null;
    if (standing !== undefined && standingOf(instance) !== standing) return null;
    const realities = realitiesOf(host, instance);
    if (reality !== undefined) {
      const [goal = "", name = ""] = reality.split(":");
      if (!Object.hasOwn(realities, goal) || (realities[goal] ?? "") !== name) return null;
    }
    return { domain: host.domain, key, standing: standingOf(instance), realities };
  }

  #keys(host: Host): readonly string[] {
    const keys = [...host.keys()];
    let sorted = this.#sorted.get(host.domain);
    if (sorted?.length !== keys.length) {
      sorted = keys.sort((a, b) => (a < b ? -1 : 1));
      this.#sorted.set(host.domain, sorted);
    }
    return sorted;
  }

  /** Counts how many instances stand how, for each domain. */
  counts(): DomainCount[] {
    return this.#hosts.map((host) => {
      const { goals } = host.machine;
      const found = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<Standing, number>;
      const byGoal = goals.map(() => new Map<string, number>());
      let instances = 0;
      for (const instance of host.instances()) {
        instances += 1;
        found[standingOf(instance)] += 1;
        for (const [index, counted] of byGoal.entries()) {
          const reality = instance.realities[index] ?? "unmet";
          counted.set(reality, (counted.get(reality) ?? 0) + 1);
        }
      }
      const counted = goals.map(({ name }, index) => [name, Object.fromEntries([...(byGoal[index] ?? [])].sort())] as const);
      return { domain: host.domain, instances, standings: found, goals: Object.fromEntries(counted) };
    });
  }
}

/** Gives for each goal the name of the reality that holds, or null. */
export function realitiesOf({ machine }: Host, { realities }: Instance): Record<string, string | null> {
  return Object.fromEntries(machine.goals.map(({ name }, index) => [name, realities[index] ?? null]));
}
