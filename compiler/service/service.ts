import type { EffectCall } from "../../runtime-lib/host/call.js";
import { type Clock, systemClock } from "../../runtime-lib/host/clock.js";
import type { Host } from "../../runtime-lib/host/host.js";
import type { Journal } from "../../runtime-lib/host/journal.js";
import type { RetryOptions } from "../../runtime-lib/host/retry.js";
import type { KernelEvent } from "../../runtime-lib/kernel/event.js";
import { openSystem, type StartedInstance } from "../../runtime-lib/system.js";
import { call as callText, wordsAbout } from "../../runtime-lib/words.js";
import type { EffectDescription } from "../2-check/description.js";
import { defaultKey } from "../language/default.js";
import type { Adapter } from "./adapters/adapter.js";
import { bind } from "./adapters/bind.js";
import { ChartCache } from "./chart-cache.js";
import type { Config, RetryConfig } from "./config/schema.js";
import { Dispatch } from "./dispatch.js";
import { Fleet, realitiesOf } from "./fleet.js";
import { appOf } from "./http/app.js";
import type { PageFile } from "./http/context.js";
import { type Listening, listen } from "./http/server.js";
import { Streams } from "./http/streams.js";
import type { Log } from "./log.js";
import { Metrics } from "./metrics.js";
import { checkFor } from "./probes/checks.js";
import { Probe } from "./probes/probe.js";
import { effectsOf, type RunProgram } from "./program.js";
import { RecentEvents } from "./recent-events.js";
import { discreet } from "./secrets/discreet.js";
import type { Secret } from "./secrets/find.js";
import { type Redactor, redactorOf } from "./secrets/redact.js";
import type { Entry } from "./views.js";

/** What a service is started with. */
export interface ServiceOptions {
  readonly program: RunProgram;
  /** It fits the program. */
  readonly config: Config;
  /** From where relative paths of the configuration go. */
  readonly folder: string;
  /** What nobody gets to see, whatever servers and programs say of it. */
  readonly secrets: readonly Secret[];
  readonly observeOnly: boolean;
  /** Null: a restart forgets everything. */
  readonly journal: Journal | null;
  /** What the journal says of the time before. */
  readonly past: readonly (Omit<Entry, "number"> & { readonly name: string })[];
  readonly page: readonly PageFile[];
  readonly version: string;
  readonly log: Log;
  /** Real time when absent. */
  readonly clock?: Clock;
  /** Whether memory and CPU of the process are measured as well. */
  readonly measuresProcess: boolean;
}

/** A service that runs. */
export interface Service {
  readonly host: string;
  readonly port: number;
  /** Resolves with the reason if it fails by itself: it can write to its journal no longer. */
  readonly failed: Promise<string>;
  /** Takes nothing more, lets calls under way come to their end for as long as `grace` says, and closes the journal. */
  stop(): Promise<void>;
}

/**
 * Starts a service: the instances, the probes, and the HTTP face.
 * @throws (as a rejection) the error of the system where it cannot listen; a TypeError for a journal that the program cannot
 * take over; whatever the journal says when it cannot be opened
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const service = new Running(options);
  await service.open();
  return service;
}

class Running implements Service {
  readonly #options: Omit<ServiceOptions, "past">;
  readonly #recentEvents: RecentEvents;
  readonly #streams: Streams;
  readonly #metrics: Metrics;
  readonly #dispatch: Dispatch;
  readonly #now: () => number;
  readonly #redactor: Redactor;
  #fleet = new Fleet([]);
  #hosts: readonly Host[] = [];
  #probes: readonly Probe[] = [];
  #listening: Listening | null = null;
  #notReady: string | null = "it is starting";
  #failure: string | null = null;
  #stopping: Promise<void> | null = null;
  #fail: (reason: string) => void = () => {};
  readonly failed = new Promise<string>((resolve) => {
    this.#fail = resolve;
  });

  constructor({ past, ...options }: ServiceOptions) {
    const { config, program, folder, secrets, observeOnly, log, clock, measuresProcess } = options;
    this.#options = options;
    this.#redactor = redactorOf(secrets);
    this.#now = clock === undefined ? Date.now : () => clock.now();
    this.#recentEvents = new RecentEvents(this.#now());
    for (const { name, ...entry } of past) this.#recentEvents.remember(name, entry);
    this.#streams = new Streams(this.#recentEvents);
    this.#metrics = new Metrics(program, () => this.#fleet, this.#now, measuresProcess);
    const adapterOptions = {
      folder,
      redact: this.#redactor.redact,
      log: (line: string, call: EffectCall) => log.say(`${call.domain}/${call.instance}: ${line}`),
    };
    const legacy = Object.keys(config.legacyEffects).map(
      (name): EffectDescription => ({ name, named: false, parameters: [], returns: null }),
    );
    const adapters = [...effectsOf(program), ...legacy].flatMap((effect): [string, Adapter][] => {
      const own = ownOf(config.effects, effect.name) ?? ownOf(config.legacyEffects, effect.name);
      return own === undefined ? [] : [[effect.name, discreet(bind(effect, own, adapterOptions), effect, this.#redactor)]];
    });
    this.#dispatch = new Dispatch({
      adapters: new Map(adapters),
      effects: [...effectsOf(program), ...legacy].map(({ name }) => name),
      observeOnly,
      withheld: (effect, args, call) => this.#withhold(effect, args, call),
    });
    this.#metrics.gauge("ved_calls_open", "Calls of adapters under way.", () => this.#dispatch.open);
    this.#metrics.gauge("ved_streams_open", "Connections that are open for event streams.", () => this.#streams.open);
  }

  get host(): string {
    return this.#listening?.host ?? "";
  }

  get port(): number {
    return this.#listening?.port ?? 0;
  }

  async open(): Promise<void> {
    const { program, config, journal, page, version, observeOnly, clock } = this.#options;
    const charts = new ChartCache(program);
    const context = {
      ...{ program, version, observeOnly, page, charts },
      token: config.listen.token ?? null,
      recentEvents: this.#recentEvents,
      metrics: this.#metrics,
      streams: this.#streams,
      notReady: () => this.#notReady,
      failure: () => this.#failure,
      now: this.#now,
      report: (error: unknown) => this.#warn(`a request failed: ${error instanceof Error ? error.stack : String(error)}`),
    };
    const definitions = program.domains.map(({ definition }) => definition);
    const adapters = this.#dispatch.adapters();
    this.#hosts = await openSystem(definitions, this.#starts(), {
      effects: adapters,
      legacyEffects: adapters,
      ...optionsOf(config),
      ...(journal === null ? {} : { journal: this.#metrics.timed(journal, () => performance.now()) }),
      ...(clock === undefined ? {} : { clock }),
      onEvent: (event) => this.#hear(event),
    });
    this.#fleet = new Fleet(this.#hosts);
    // What happened while they were opened was heard before it could be seen where that led.
    for (const host of this.#hosts)
      for (const instance of host.instances())
        this.#metrics.note(host.domain, instance.key, realitiesOf(host, instance), this.#now());
    try {
      this.#listening = await listen(appOf({ ...context, fleet: this.#fleet }), config.listen.host, config.listen.port);
    } catch (error) {
      await Promise.all(this.#hosts.map((host) => host.stop()));
      throw error;
    }
    this.#notReady = null;
    this.#probes = config.probes.map((probe) => this.#probeOf(probe));
    for (const probe of this.#probes) probe.start();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { config } = this.#options;
    this.#notReady = "it is stopping";
    for (const probe of this.#probes) probe.stop();
    let last: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      last = setTimeout(resolve, config.grace);
    });
    await Promise.race([this.#dispatch.drain(), grace]);
    clearTimeout(last);
    await Promise.all(this.#hosts.map((host) => host.stop()));
    this.#streams.close();
    await this.#listening?.close();
  }

  /**
   * Gives what comes to life at the start: what the program says, and the configuration; every domain once where neither does.
   */
  #starts(): StartedInstance[] {
    const { program, config } = this.#options;
    const [only] = program.domains;
    const own = config.instances?.map(({ domain = only?.description.name ?? "", key, state }) => ({ domain, key, state }));
    const everyOnce = program.domains.map(({ description }) => ({ domain: description.name, key: defaultKey, state: {} }));
    if (program.starts === null) return own ?? everyOnce;
    return [...program.starts, ...(own ?? [])];
  }

  #probeOf(config: Config["probes"][number]): Probe {
    const { program, folder } = this.#options;
    const { key, field: name } = config;
    const found = program.domains.find(({ description }) => config.domain === undefined || description.name === config.domain);
    const domain = found?.description.name ?? "";
    const field = found?.description.fields.find((each) => each.name === name);
    // It was checked that there are such a domain and such a field.
    if (field === undefined) throw new TypeError(`there is no field ${name} to probe`);
    return new Probe({
      config,
      field,
      check: checkFor(config, folder, this.#redactor),
      clock: this.#options.clock ?? systemClock,
      current: () => this.#fleet.find(domain, key)?.state[name] ?? field.initial,
      observe: (facts) => this.#fleet.host(domain)?.observe(key, facts) ?? Promise.resolve(),
      complain: (reason) => this.#warn(`the probe of ${domain}/${key} ${name}: ${reason}`),
    });
  }

  #warn(text: string): void {
    this.#options.log.warn(this.#redactor.redact(text));
  }

  #hear(event: KernelEvent): void {
    const { domain, instance: key, at, type } = event;
    const host = this.#fleet.host(domain);
    const instance = host?.slot(key)?.instance;
    this.#metrics.count(event);
    if (host !== undefined && instance !== undefined) this.#metrics.note(domain, key, realitiesOf(host, instance), at);
    this.#recentEvents.add({ domain, key, at, type, text: wordsAbout(event), event });
    this.#options.log.event(event);
    if (type !== "stopped" || event.reason === "" || this.#failure !== null) return;
    this.#failure = event.reason;
    this.#fail(event.reason);
  }

  /** Says what would have been carried out. */
  #withhold(effect: string, args: readonly unknown[], call: EffectCall): void {
    const { log } = this.#options;
    const { domain, instance: key } = call;
    const text = `would call ${callText({ effect, args })}`;
    this.#metrics.withhold(domain, effect);
    this.#recentEvents.add({
      domain,
      key,
      at: this.#now(),
      type: "withheld",
      text,
      event: { effect, args, key: call.key },
    });
    log.say(`${domain}/${key}: ${text}`);
  }
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Gives the options of the runtime that a configuration asks for. */
function optionsOf(config: Config): { retry: RetryOptions; concurrency?: Record<string, number>; mailbox?: number } {
  const { effects, mailbox } = config;
  const entries = Object.entries(effects);
  const retries = entries.map(([name, { retry, timeout }]) => [name, policyOf(retry ?? {}, timeout)] as const);
  const limits = entries.flatMap(([name, { concurrency = config.concurrency }]) =>
    concurrency === undefined ? [] : [[name, concurrency] as const],
  );
  return {
    retry: { ...policyOf(config.retry, config.timeout), effects: Object.fromEntries(retries) },
    ...(limits.length === 0 ? {} : { concurrency: Object.fromEntries(limits) }),
    ...(mailbox === undefined ? {} : { mailbox }),
  };
}

function policyOf(
  retry: RetryConfig,
  timeout: number | undefined,
): Partial<Record<"initial" | "factor" | "max" | "jitter" | "timeout", number>> {
  const all = { ...retry, timeout };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
