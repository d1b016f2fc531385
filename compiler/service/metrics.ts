import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Journal } from "../../runtime-lib/host/journal.js";
import type { KernelEvent } from "../../runtime-lib/kernel/event.js";
import type { DomainDescription } from "../2-check/description.js";
import type { Fleet } from "./fleet.js";
import type { RunProgram } from "./program.js";
import { standings } from "./standing.js";

/** What a service measures of itself, in the format of Prometheus. Instances are counted, never named: there may be many. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #commits = this.#counter("ved_commits_total", "Commits of transitions.", ["domain", "transition"]);
  readonly #attempts = this.#counter("ved_attempts_total", "Attempts at effects, by what they came to.", [
    "domain",
    "effect",
    "outcome",
  ]);
  readonly #retries = this.#counter("ved_retries_total", "Attempts that repeat another.", ["domain", "effect"]);
  readonly #observations = this.#counter("ved_observations_total", "Observations, by whether they were accepted.", [
    "domain",
    "accepted",
  ]);
  readonly #faults = this.#counter("ved_faults_total", "Goals, steps and handlers that faulted.", ["domain", "name"]);
  readonly #withheld = this.#counter("ved_withheld_total", "Effects that were not carried out, as it only observes.", [
    "domain",
    "effect",
  ]);
  readonly #flushes = new Histogram({
    name: "ved_journal_flush_seconds",
    help: "How long it took until what was appended to the journal was on stable storage.",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.#registry],
  });
  /** Since when each goal has not held (epoch ms), by domain and goal, and then by the instance's key. */
  readonly #unmet = new Map<string, Map<string, number>>();

  /** @param now epoch ms @param ofProcess whether memory, CPU and the event loop are measured as well */
  constructor({ domains }: RunProgram, fleet: () => Fleet, now: () => number, ofProcess: boolean) {
    if (ofProcess) collectDefaultMetrics({ register: this.#registry });
    for (const { description } of domains) this.#begin(description);
    this.#gauge("ved_instances", "Instances, by how they stand.", ["domain", "standing"], (set) => {
      for (const { domain, standings: counted } of fleet().counts())
        for (const standing of standings) set({ domain, standing }, counted[standing]);
    });
    this.#gauge(
      "ved_realities",
      "Instances, by the reality of a goal in which they are; unmet: in none.",
      ["domain", "goal", "reality"],
      (set) => {
        const counts = new Map(
          fleet()
            .counts()
            .map(({ domain, goals }) => [domain, goals]),
        );
        for (const { description } of domains)
          for (const { name: goal, realities } of description.goals)
            for (const reality of [...realities.map(({ name }) => name), "unmet"]) {
              const counted = counts.get(description.name)?.[goal];
              set({ domain: description.name, goal, reality }, counted?.[reality] ?? 0);
            }
      },
    );
    const unmetHelp = "The longest time for which this process has seen a goal not hold in an instance; 0: it holds in all.";
    this.#gauge("ved_goal_unmet_seconds", unmetHelp, ["domain", "goal"], (set) => {
      for (const { domain, goals } of fleet().counts())
        for (const goal of Object.keys(goals)) {
          let since = now();
          for (const other of this.#unmet.get(`${domain} ${goal}`)?.values() ?? []) since = Math.min(since, other);
          set({ domain, goal }, (now() - since) / 1000);
        }
    });
  }

  /** Begins at zero what has not happened yet: where a number is not there, its first rise cannot be seen. */
  #begin({ name: domain, transitions, effects }: DomainDescription): void {
    for (const accepted of ["yes", "no"]) this.#observations.inc({ domain, accepted }, 0);
    for (const { name: transition } of transitions) this.#commits.inc({ domain, transition }, 0);
    for (const { name: effect } of effects) {
      this.#retries.inc({ domain, effect }, 0);
      for (const outcome of ["done", "failed", "unknown"]) this.#attempts.inc({ domain, effect, outcome }, 0);
    }
  }

  /** The content type of the text. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Gives all metrics as text. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Adds another number that is asked for when it is wanted. */
  gauge(name: string, help: string, read: () => number): void {
    this.#gauge(name, help, [], (set) => set({}, read()));
  }

  /** Notes how the goals of an instance stand at a time, in epoch ms. */
  note(domain: string, key: string, realities: Readonly<Record<string, string | null>>, at: number): void {
    for (const [goal, reality] of Object.entries(realities)) {
      const name = `${domain} ${goal}`;
      const own = this.#unmet.get(name) ?? new Map<string, number>();
      if (reality !== null) own.delete(key);
      else if (!own.has(key)) own.set(key, at);
      this.#unmet.set(name, own);
    }
  }

  /** Counts what happened. */
  count(event: KernelEvent): void {
    const { domain } = event;
    switch (event.type) {
      case "observed":
        return this.#observations.inc({ domain, accepted: "yes" });
      case "refused":
        return this.#observations.inc({ domain, accepted: "no" });
      case "committed":
        return this.#commits.inc({ domain, transition: event.transition });
      case "dispatched":
        return event.attempt > 1 ? this.#retries.inc({ domain, effect: event.intent.effect }) : undefined;
      case "done":
      case "failed":
      case "unknown":
        return this.#attempts.inc({ domain, effect: event.intent.effect, outcome: event.type });
      case "faulted":
        return this.#faults.inc({ domain, name: event.name });
      // What no figure is kept of.
      default:
        return;
    }
  }

  /** Counts an effect that was not carried out. */
  withhold(domain: string, effect: string): void {
    this.#withheld.inc({ domain, effect });
  }

  /** Gives a journal like another whose flushes are measured. @param now in ms, from whenever */
  timed(journal: Journal, now: () => number): Journal {
    let last: Promise<void> | null = null;
    return {
      open: (owner) => journal.open(owner),
      close: () => journal.close(),
      append: (...reaction) => {
        const flush = journal.append(...reaction);
        // Reactions that are written together share one promise.
        if (flush !== null && flush !== last) {
          const began = now();
          const measure = () => this.#flushes.observe((now() - began) / 1000);
          flush.then(measure, () => {});
          last = flush;
        }
        return flush;
      },
    };
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  #gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    read: (set: (labels: Partial<Record<L, string>>, value: number) => void) => void,
  ): void {
    new Gauge<L>({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      collect() {
        this.reset();
        read((labels, value) => this.set(labels, value));
      },
    });
  }
}
