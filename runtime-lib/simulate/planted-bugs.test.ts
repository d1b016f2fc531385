// The simulator can fail: each known bug, planted into a copy of the library, is found within so many runs.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Program } from "../../compiler/2-check/program.js";
import { loadProgram, programOf } from "../../compiler/testing/load.js";
import { defineDomain } from "../domain.js";
import type { State } from "../kernel/value.js";
import { type Bug, libraryWith } from "../testing/library-with.js";
import { nodes } from "../testing/nodes.js";
import type * as simulator from "./simulate.js";
import { simulate as simulateHere } from "./simulate.js";

const seed = programOf(readFileSync("fixtures/failover.ved", "utf8"));
const observed = { primary_status: ["healthy", "failed"] };

/** Two transitions that share an effect and nothing else, of which one has two intents. */
const shared = programOf(`domain Lamps {
  state { left: int, right: int, wanted: int }
  goal Lit { predicate left == wanted && right == wanted }
  transition Left { step { if left != wanted { emit Bus.Select(1) emit Bus.Set(wanted) left = wanted } } }
  transition Right { step { if right != wanted { emit Bus.Set(wanted) right = wanted } } }
}`);

const bugs: readonly Bug[] = [
  {
    bug: "an attempt is dispatched before its record is flushed",
    file: "host/host.js",
    right: "if (this.#isFlushed()) {",
    wrong: "if (true) {",
    within: 50,
  },
  {
    bug: "the key changes on a retry",
    file: "host/call.js",
    right: "this.#made.activation, this.#made.index)",
    wrong: "this.#made.activation + this.#made.attempt - 1, this.#made.index)",
    within: 50,
  },
  {
    bug: "a commit is split in two",
    file: "journal/journal.js",
    right: "return record === null ? null : store.append(record);",
    wrong: `if (record === null) return null;
            store.append({ ...record, changes: { ...record.changes, state: {} } });
            return store.append({ ...record, commits: [], changes: { state: record.changes.state } });`,
    within: 50,
  },
  {
    bug: "an activation is abandoned whose effect may have happened",
    file: "kernel/activation.js",
    right: 'unsure || hasBegun(activation) ? "carried" : "waiting"',
    wrong: '"waiting"',
    within: 200,
  },
  {
    bug: "a retry is dispatched without its record",
    file: "journal/journal.js",
    right: "return record === null ? null : store.append(record);",
    wrong: 'return record === null || input.type === "timer" ? null : store.append(record);',
    within: 50,
  },
  {
    bug: "a second life of an instance uses its keys again",
    file: "kernel/instance.js",
    right: "/$" + "{epoch}/",
    wrong: "/epoch/",
    within: 500,
  },
  {
    bug: "nothing is put on stable storage",
    file: "journal/log.js",
    right: "await this.#file?.sync();",
    wrong: "",
    within: 50,
  },
  {
    bug: "a failed sync is taken for a good one",
    file: "journal/log.js",
    right: "await this.#file?.sync();",
    wrong: "await this.#file?.sync().catch(() => {});",
    within: 1000,
  },
  {
    bug: "a torn tail is not cut",
    file: "journal/log.js",
    right: "if (end < bytes.length) {",
    wrong: "if (false) {",
    within: 500,
  },
  {
    bug: "the folder is not synced when a journal is made",
    file: "journal/log.js",
    right: "await this.#disk.syncFolder();",
    wrong: "",
    within: 500,
  },
  {
    bug: "what is appended beside a snapshot is missing behind it",
    file: "journal/log.js",
    right: "this.#copy += batch.lines;",
    wrong: "{}",
    within: 500,
  },
  {
    bug: "a snapshot counts before it is on stable storage",
    file: "journal/log.js",
    right: "await file.sync();\n",
    wrong: "\n",
    within: 500,
  },
  {
    bug: "a commit overwrites what a later activation has written",
    file: "kernel/commit.js",
    right: "overtaken.length > 0 ? without(writes, overtaken) : writes",
    wrong: "writes",
    within: 2000,
  },
  {
    bug: "an attempt without an outcome is taken for one that did not happen",
    file: "kernel/recover.js",
    right: 'outcome: "unknown"',
    wrong: 'outcome: "failed"',
    within: 200,
  },
  {
    bug: "an observation is acknowledged although the journal refused it",
    file: "host/flush-queue.js",
    right: "for (const { fail } of waiting)",
    wrong: "for (const { perform } of waiting) perform(); for (const { fail } of [])",
    within: 1000,
  },
];

/** Durations, a cooldown, steps and a handler. */
const timed = programOf(`domain Timed {
  state { up: bool = true, asked: bool, cleaned: bool, failures: int }
  goal Up { predicate up || !(!up for 300ms) || asked }
  goal Clean { predicate !asked || cleaned || failures > 8 }
  transition Ask { cooldown 3s step { if !up for 300ms && !asked { emit Ask() asked = true } } }
  transition Clean {
    step { if asked && !cleaned && failures < 9 { emit First() } }
    step { emit Second() cleaned = true }
  }
  transition Forget { step { if asked && cleaned { asked = false cleaned = false } } }
  on First failed { failures += 1 }
}`);
/** A later step reads what another transition writes. */
const stepped = programOf(`domain Order {
  state { go: bool, mode: "a" | "b", wanted: "a" | "b", done: bool, used: "a" | "b" }
  goal Done { predicate (!go && !done) || (go && done) }
  goal Mode { predicate mode == wanted }
  transition Run {
    step { if go && !done { emit First() } }
    step { emit Second(mode) used = mode done = true }
  }
  transition Undo { step { if !go && done { emit Undo() done = false } } }
  transition Switch { step { if mode != wanted { emit Switch(wanted) mode = wanted } } }
}`);
const steppedValues = { go: [false, true], wanted: ["a", "b"] };

const timedValues = { up: [false, true] };

const timedBugs: readonly Bug[] = [
  {
    bug: "a duration ends early",
    file: "kernel/durations.js",
    right: "now - since >= ms",
    wrong: "now - since >= ms - 100",
    within: 50,
  },
  {
    bug: "a duration begins anew after a restart",
    file: "journal/image.js",
    right: "since[condition] ?? null",
    wrong: "null",
    within: 50,
  },
  {
    bug: "a cooldown is forgotten at a restart",
    file: "journal/image.js",
    right: "...rest,",
    wrong: "...rest, backoffs: [],",
    within: 500,
  },
  {
    bug: "an activation is abandoned after its first step",
    file: "kernel/activation.js",
    right: "return next > 0 || step > 0;",
    wrong: "return next > 0;",
    within: 5000,
  },
  {
    bug: "what a handler wrote is not written down",
    file: "journal/record.js",
    right: "{ ...head, handled }",
    wrong: "head",
    within: 200,
  },
];

/** Runs the simulator of a library in a folder. */
async function simulate(
  program: Program,
  library: string,
  observations: simulator.SimulateOptions["observations"],
  runs: number,
) {
  const { simulate: run } = (await import(pathToFileURL(join(library, "simulate/simulate.js")).href)) as typeof simulator;
  const [domain] = Object.values(await loadProgram(program, library)).filter((each) => typeof each === "object");
  if (domain === undefined) throw new Error("the program declares a domain");
  return run(domain, { observations, runs });
}

describe("the simulator", () => {
  it("finds nothing where there is nothing", async () => {
    expect(await simulate(seed, resolve("lib/runtime-lib"), observed, 2000)).toMatchObject({ runs: 2000, failure: null });
    expect(await simulate(shared, resolve("lib/runtime-lib"), { wanted: [0, 1, 2] }, 2000)).toMatchObject({ failure: null });
    expect(await simulate(timed, resolve("lib/runtime-lib"), timedValues, 2000)).toMatchObject({ failure: null });
    expect(await simulate(stepped, resolve("lib/runtime-lib"), steppedValues, 2000)).toMatchObject({ failure: null });
  });

  it.each(bugs)("finds that $bug, within $within runs", async (bug) => {
    const { failure } = await simulate(seed, libraryWith(bug), observed, bug.within);
    expect(failure).not.toBeNull();
    expect(failure?.timeline.length).toBeLessThan(60);
  });

  it.each(timedBugs)("finds that $bug, within $within runs", async (bug) => {
    const { failure } = await simulate(timed, libraryWith(bug), timedValues, bug.within);
    expect(failure).not.toBeNull();
  });

  it.each([
    ["a transition starts on a field that is about to be written", seed, observed, "writes", 2000],
    ["a later step decides on a value that is about to change", stepped, steppedValues, "reads", 100],
    ["two activations use one effect at once", shared, { wanted: [0, 1, 2] }, "uses", 200],
  ] as const)("finds that %s, where nobody waits for that", async (_, program, observations, rule, within) => {
    const [domain] = program.domains;
    if (domain === undefined) throw new Error("the program declares a domain");
    const isKept = (reason: string) => !reason.startsWith(rule);
    const transitions = domain.transitions.map((transition) => ({
      ...transition,
      waitsFor: transition.waitsFor.filter(({ reasons }) => reasons.some(isKept)),
    }));
    const broken = { ...program, domains: [{ ...domain, transitions }] };
    const { failure } = await simulate(broken, resolve("lib/runtime-lib"), observations, within);
    expect(failure?.message).toMatch(/started while .* was in flight/);
  });

  it("finds that two activations may break an invariant together, where neither waits for the other", async () => {
    const observations = { drainA: [false, true], drainB: [false, true], upA: [true], upB: [true] };
    // The definition has what the generated code has.
    const domainOf = (doWait: boolean) => defineDomain<State, object, object, string>(nodes(true, doWait) as never);
    expect(await simulateHere(domainOf(true), { observations, runs: 1000 })).toMatchObject({ failure: null });
    const { failure } = await simulateHere(domainOf(false), { observations, runs: 100 });
    expect(failure?.message).toMatch(/started while .* was in flight, which will write up/);
  });

  it("plays the same run again from its seed", async () => {
    const library = libraryWith(bugs.find(({ bug }) => bug.startsWith("a torn tail")) as Bug);
    const { simulate: run } = (await import(pathToFileURL(join(library, "simulate/simulate.js")).href)) as typeof simulator;
    const { DatabaseRouting } = await loadProgram(seed, library);
    if (DatabaseRouting === undefined) throw new Error("the fixture declares DatabaseRouting");
    const { failure } = await run(DatabaseRouting, { observations: observed, runs: 500 });
    const again = await run(DatabaseRouting, { observations: observed, runs: 1, seed: failure?.seed ?? 0 });
    expect(again).toMatchObject({ runs: 1, failure });
  });
});
