// What the world does beside what it says: processes end, timers ring late, what faulted is remembered, what goes round is slowed
// down. Both plain searches heed that; each verdict was derived by hand from what the language says.
import { expect, test } from "vitest";
import { loadMembers } from "../4-bundle/load.js";
import { definitionsOf, programOf } from "./load.js";
import { naively } from "./naive-verifier.js";
import { plainly } from "./plain-system.js";

/** Searches a domain whose observed fields are given, as a domain and as a system of one. Gives what both of them say. */
async function verdictOn(text: string, observed: readonly string[]): Promise<string> {
  const program = programOf(text);
  const [domain] = program.domains;
  const definition = domain && (await definitionsOf(program))[domain.name];
  if (definition === undefined) throw new Error("there is no domain");
  const observations = observed.reduce<Record<string, boolean>[]>(
    (all, field) => all.flatMap((facts) => [false, true].map((value) => ({ ...facts, [field]: value }))),
    [{}],
  );
  const alone = naively(definition, observations, 20_000);
  const together = plainly(await loadMembers(program, [program]), 20_000);
  if (alone === null || together === null) throw new Error("there are too many situations");
  const verdict = (deadEnds: number, livelock: boolean, waits: boolean) =>
    deadEnds > 0 ? "dead end" : livelock ? "livelock" : waits ? "waits" : "rests";
  const verdicts = [alone, together].map(({ deadEnds, livelock, waits }) => verdict(deadEnds.length, livelock, waits));
  expect(verdicts[1]).toBe(verdicts[0]);
  return verdicts[0] ?? "";
}

const twoCalls = (saved: string, heard: string) => `
  domain D {
    state { x: bool y: bool a: bool b: bool saved: bool }
    goal G { predicate saved || a && b && !x && !y }
    transition A { step { if !a { emit X() a = true } } }
    transition B { step { if !b { emit Y() b = true } } }
    transition S { step { if ${saved} { saved = true } } }
    ${heard}
  }`;

const bothUnknown = "on X unknown { x = true } on Y unknown { y = true }";

test.each([
  ["x && !y || y && !x", bothUnknown, "dead end"],
  ["x || y", bothUnknown, "rests"],
  ["x && !y || y && !x", "on X failed { x = true } on Y failed { y = true }", "rests"],
])("the end of a process makes all that is in flight unknown at once: if %s, %s", async (saved, heard, verdict) => {
  expect(await verdictOn(twoCalls(saved, heard), [])).toBe(verdict);
});

test("a call that is cut off alone is told what the kernel says", async () => {
  const program = programOf(`
    domain D {
      state { why: string a: bool }
      goal G { predicate a && why == "" }
      transition A { step { if !a { emit X() a = true } } }
      on X unknown (reason: string) { why = reason }
    }`);
  const result = plainly(await loadMembers(program, [program]), 20_000);
  expect(result?.deadEnds).toContain('{"D/default":{"why":"the process ended before an answer came","a":true}}');
});

const oneClock = (second: string, more = "") => `
  domain D {
    state { a: bool b: bool x: bool y: bool }
    goal G { predicate x || !a }
    transition T1 { step { if a for 30s && !b { x = true } } }
    transition T2 { step { if ${second} { x = true } } }
    ${more}
  }`;

const call = "transition Ask { step { if !y { emit C() y = true } } }";

test.each([
  ["b && !(a for 30s)", "dead end"],
  ["b", "rests"],
])("what is observed may come when a clock is due: with %s", async (second, verdict) => {
  expect(await verdictOn(oneClock(second), ["a", "b", "y"])).toBe(verdict);
});

test.each([
  ["b && !(a for 30s)", "failed", "dead end"],
  ["b && !(a for 30s)", "done", "dead end"],
  ["b", "failed", "rests"],
])("so may an outcome: with %s and when it is %s", async (second, outcome, verdict) => {
  expect(await verdictOn(oneClock(second, `${call} on C ${outcome} { b = true }`), ["a"])).toBe(verdict);
});

test.each([
  ["b && !(a for 30s)", "refuted"],
  ["b", "proved"],
])("so may a message from outside: with %s", async (second, verdict) => {
  const text = `${oneClock(second, "on Hello { b = true }")}
    domain Greeter { state { up: bool } transition Greet { step { if up { send Asked Nothing } } } }
    domain Asked { state { n: bool } on Nothing { n = false } }`;
  const program = programOf(text);
  expect(plainly(await loadMembers(program, [program]), 20_000)?.verdict).toBe(verdict);
});

test.each([
  ["a for 30s && c for 30s", "dead end"],
  ["a for 30s && !(c for 30s)", "dead end"],
  ["a for 30s && !a", "rests"],
])("one clock may be due, or all: nobody minds if %s", async (minded, verdict) => {
  const text = `
    domain D {
      state { a: bool b: bool c: bool x: bool }
      goal G { predicate x || !a && !c }
      transition T1 { step { if (a for 30s || c for 30s) && !b { x = true } } }
      transition T2 { step { if b && !(${minded}) { x = true } } }
    }`;
  expect(await verdictOn(text, ["a", "b", "c"])).toBe(verdict);
});

test.each([
  ["p && a", "dead end"],
  ["p != a", "rests"],
])("two clocks may ring at once, so that nobody sees one alone: which matters where %s is minded", async (minded, verdict) => {
  const text = `
    domain D {
      state { p: bool a: bool x: bool }
      goal G { predicate x || !(${minded}) }
      transition T1 { step { if p for 1s && !(a for 1s) { x = true } } }
      transition T2 { step { if a for 1s && !(p for 1s) { x = true } } }
    }`;
  expect(await verdictOn(text, ["p", "a"])).toBe(verdict);
});

const laterStep = (second: string, invariant: string) => `
  domain D {
    state { up: bool safe: bool loud: bool y: bool }
    ${invariant}
    goal G { predicate up }
    transition T { step { if !up { emit Restart() } } step { ${second} } }
    transition U { step { if !y { emit C() y = true } } }
  }`;

test.each([
  ["if !loud { loud = true }", "invariant I { !loud || safe }", "dead end"],
  ["if !loud { loud = true }", "", "waits"],
  ["if !loud && !y { loud = true }", "invariant I { !loud || safe }", "waits"],
])("what faulted later is not begun again in the same state: %s %s", async (second, invariant, verdict) => {
  expect(await verdictOn(laterStep(second, invariant), ["up", "safe"])).toBe(verdict);
});

const flapping = (state: string, also: string, counts: string, more = "") => `
  domain D {
    state { f: bool y: bool dead: bool ${state} }
    goal G { predicate y && !dead }
    transition Up { step { if !f { f = true } } }
    transition Down { step { if f ${also} { emit B() f = false ${counts} } } }
    transition Slow { step { if !y { emit C() y = true } } }
    on C failed { if !f { ${more === "" ? "dead = true" : "g = true"} } }
    ${more}
  }`;

test.each([
  ["", "", "", "livelock"],
  ["n: int", "&& n < 2", "n += 1", "rests"],
])("what is reached for the third time is seen, as nothing starts then: %s %s", async (state, also, counts, verdict) => {
  expect(await verdictOn(flapping(state, also, counts), [])).toBe(verdict);
});

test.each([
  ["if !h { dead = true }", "livelock"],
  ["if !h && !g { dead = true }", "rests"],
])("what happens only while nothing starts may go round in its turn: %s", async (heard, verdict) => {
  const inTurn = `
    transition Rise { step { if g && !h { h = true } } }
    transition Fall { step { if g && h { emit F() h = false } } }
    on C unknown { ${heard} }`;
  expect(await verdictOn(flapping("g: bool h: bool = true", "&& !g", "", inTurn), [])).toBe(verdict);
});
