import { expect, it } from "vitest";
import { programOf } from "../testing/load.js";
import { waitsOf } from "./waits.js";

const transition = (name: string, reads: string[], writes: string[], effects: string[]) => ({ name, reads, writes, effects });

it("is what the design says of the seed: the two recovery actions are independent, both wait for the restoration", async () => {
  const { readFileSync } = await import("node:fs");
  const { domains } = programOf(readFileSync("fixtures/failover.ved", "utf8"));
  const waits = domains[0]?.transitions.map(({ name, waitsFor }) => [name, waitsFor.map((wait) => wait.transition)]);
  expect(waits).toEqual([
    ["ExecuteFailover", ["AutoRestore"]],
    ["TriggerPagerDuty", ["AutoRestore"]],
    ["AutoRestore", ["ExecuteFailover"]],
  ]);
});

it("follows reads of what another writes, one way only", () => {
  const [reader, writer] = [transition("R", ["x"], ["y"], []), transition("W", ["z"], ["x"], [])];
  expect(waitsOf(reader, [reader, writer])).toEqual([{ transition: "W", reasons: ["writes x"] }]);
  expect(waitsOf(writer, [reader, writer])).toEqual([]);
});

it("follows shared effects, both ways", () => {
  const [a, b] = [transition("A", [], ["x"], ["Net.Up"]), transition("B", [], ["y"], ["Net.Up"])];
  expect(waitsOf(a, [a, b])).toEqual([{ transition: "B", reasons: ["uses Net.Up"] }]);
  expect(waitsOf(b, [a, b])).toEqual([{ transition: "A", reasons: ["uses Net.Up"] }]);
});

it("follows writes to fields of one invariant, both ways", () => {
  const [a, b, c] = [transition("A", [], ["x"], []), transition("B", [], ["y"], []), transition("C", [], ["z"], [])];
  const invariants = [{ name: "Sane", reads: ["x", "y"] }];
  expect(waitsOf(a, [a, b, c], invariants)).toEqual([{ transition: "B", reasons: ["may break Sane"] }]);
  expect(waitsOf(b, [a, b, c], invariants)).toEqual([{ transition: "A", reasons: ["may break Sane"] }]);
  expect(waitsOf(c, [a, b, c], invariants)).toEqual([]);
});

it("does not count as a read what the step itself always writes before", () => {
  const text = `domain D {
    state { a: int, b: int, c: int }
    goal G { predicate a == 1 && b == 1 && c == 0 }
    transition T { step { if c == 0 { a = 1 } else { a = 2 } emit Say(a) if c == 1 { b = 1 } emit Say(b) } }
  }`;
  expect(programOf(text).domains[0]?.transitions[0]?.reads).toEqual(["c", "b"]);
});

it("holds up who will write what a later step is yet to read", () => {
  const [domain] = programOf(`domain D {
    state { go: bool mode: int wanted: int done: bool }
    goal G { predicate go == done && mode == wanted }
    transition Run { step { if go && !done { emit First() } } step { emit Second(mode) done = true } }
    transition Switch { step { if mode != wanted { emit Switch(wanted) mode = wanted } } }
  }`).domains;
  expect(domain?.transitions.map(({ name, waitsFor }) => [name, waitsFor])).toEqual([
    ["Run", [{ transition: "Switch", reasons: ["writes mode"] }]],
    ["Switch", [{ transition: "Run", reasons: ["reads mode in a later step"] }]],
  ]);
});
