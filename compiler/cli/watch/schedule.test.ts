import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { begun, type Change, type Decision, type Occurrence, patience, quiet, react, type Schedule } from "./schedule.js";

/** Plays occurrences. Gives the schedule that follows, and every decision. */
function play(occurrences: readonly Occurrence[], from: Schedule = begun) {
  let schedule = from;
  const decisions = occurrences.map((occurrence) => {
    const { schedule: next, decision } = react(schedule, occurrence);
    schedule = next;
    return decision;
  });
  return { schedule, decisions };
}

const ended = (at: number): Occurrence => ({ type: "ended", at });
const time = (at: number): Occurrence => ({ type: "time", at });
const change = (at: number, path: string, what: Change = "changed"): Occurrence => ({ type: "change", path, change: what, at });

/** The changes with which the last decision runs. */
function changesOf(decisions: readonly Decision[]): [string, Change][] {
  const last = decisions.at(-1);
  return last?.type === "run" ? [...last.changes] : [];
}

describe("a command that runs again", () => {
  it("does so once it is quiet after a change", () => {
    const { decisions } = play([ended(0), change(1000, "a"), time(1000 + quiet - 1), time(1000 + quiet)]);
    const wait = { type: "wait", until: 1000 + quiet };
    expect(decisions).toEqual([{ type: "nothing" }, wait, wait, { type: "run", changes: new Map([["a", "changed"]]) }]);
  });

  it("takes what is saved together together", () => {
    const { decisions } = play([ended(0), change(1000, "a"), change(1050, "b", "new"), time(1100), time(1050 + quiet)]);
    expect(decisions.map(({ type }) => type)).toEqual(["nothing", "wait", "wait", "wait", "run"]);
    expect(changesOf(decisions)).toEqual([
      ["a", "changed"],
      ["b", "new"],
    ]);
  });

  it("never runs twice at a time: what changes meanwhile comes after", () => {
    const { decisions } = play([change(10, "a"), time(10 + quiet), change(500, "b"), ended(501), time(500 + quiet)]);
    expect(decisions.map(({ type }) => type)).toEqual(["nothing", "nothing", "nothing", "wait", "run"]);
    expect(changesOf(decisions).map(([path]) => path)).toEqual(["a", "b"]);
  });

  it("does not wait for ever for a time without changes", () => {
    const times = Array.from({ length: patience / 50 + 1 }, (_, index) => index * 50);
    const { decisions } = play([ended(0), ...times.map((at) => change(at, "a"))]);
    expect(decisions.findIndex(({ type }) => type === "run")).toBe(1 + patience / 50);
  });

  it.each<[string, Change[], Change | null]>([
    ["an editor that saves by a rename changes a file", ["gone", "new"], "changed"],
    ["what comes and goes was never there", ["new", "gone"], null],
    ["what is new is new, however often it is written", ["new", "changed", "changed"], "new"],
    ["what is written and taken away is gone", ["changed", "gone"], "gone"],
  ])("knows that %s", (_, changes, expected) => {
    const all = [...changes.map((each, index) => change(index, "a", each)), time(changes.length + quiet)];
    expect(changesOf(play([ended(0), ...all]).decisions)).toEqual(expected === null ? [] : [["a", expected]]);
  });

  it("forgets no file and runs only when one changed, whatever happens in whatever order", () => {
    const step = fc.record({ what: fc.constantFrom("a", "b", "time", "ended"), after: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [at, running, pending] = [0, true, new Set<string>()];
        let schedule = begun;
        for (const { what, after } of [...steps, { what: "ended", after: 0 }, { what: "time", after: patience }]) {
          at += after;
          if (what === "ended") running = false;
          if (what === "a" || what === "b") pending.add(what);
          const occurrence = what === "time" ? time(at) : what === "ended" ? ended(at) : change(at, what);
          const { schedule: next, decision } = react(schedule, occurrence);
          schedule = next;
          if (decision.type !== "run") continue;
          expect(running).toBe(false);
          expect(new Set(decision.changes.keys())).toEqual(pending);
          [running, pending] = [true, new Set()];
        }
        expect(pending.size).toBe(0);
      }),
    );
  });
});
