import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadMembers } from "../4-bundle/load.js";
import { compile } from "../index.js";
import { smallSystem } from "./arbitrary-system.js";
import { programOf } from "./load.js";
import type { Delivery } from "./plain-moves.js";
import { type PlainResult, plainly } from "./plain-system.js";

// Each verdict was derived by hand from what the language says.

async function searched(text: string, delivery: Delivery = "at once"): Promise<PlainResult> {
  const program = programOf(text);
  const result = plainly(await loadMembers(program, [program]), 20_000, delivery);
  if (result === null) throw new Error("there are too many situations");
  return result;
}

function asks(answer: string, guard = "wanted && !answered && !asked"): string {
  return `
    domain Asker {
      state { wanted: bool asked: bool answered: bool }
      goal G { predicate !wanted || answered }
      transition Ask { step { if ${guard} { send Answerer Question asked = true } } }
      on Answer { answered = true }
    }
    domain Answerer { state { ill: bool } on Question { ${answer} } }`;
}

test("a question that is always answered is proved", async () => {
  expect(await searched(asks("send Asker Answer"))).toMatchObject({ verdict: "proved", deadEnds: [], livelock: false });
});

test("a question that may stay without an answer is a dead end", async () => {
  const { verdict, deadEnds, livelock } = await searched(asks("if !ill { send Asker Answer }"));
  expect([verdict, deadEnds.length > 0, livelock]).toEqual(["refuted", true, false]);
});

test("who asks only another domain, again and again, asks nobody who could bring it about", async () => {
  const { verdict } = await searched(asks("if !ill { send Asker Answer }", "wanted && !answered"));
  expect(verdict).toBe("refuted");
});

test("who asks again and again what no observation can bring about goes round for ever", async () => {
  const { verdict, livelock } = await searched(`
    domain Asker {
      state { answered: bool other: bool }
      goal G { predicate answered }
      transition Ask { step { if !answered { send Answerer Question } } }
      on Answer { answered = true }
    }
    domain Answerer { state { never: bool } on Question { if never { send Asker Answer } } on Never { never = false } }`);
  expect([verdict, livelock]).toEqual(["refuted", true]);
});

test("two who answer each other for ever are a livelock, although nothing changes", async () => {
  const { verdict, deadEnds, livelock } = await searched(`
    domain A {
      state { wanted: bool begun: bool }
      goal G { predicate !wanted || begun }
      transition Begin { step { if wanted && !begun { send B Ping begun = true } } }
      on Pong { send B Ping }
    }
    domain B { state { n: bool } on Ping { send A Pong } }`);
  expect([verdict, deadEnds, livelock]).toEqual(["refuted", [], true]);
});

test.each([
  [4, "proved"],
  [5, "proved up to a bound"],
])("of a burst of %i messages one is under way and three wait: %s", async (count, verdict) => {
  const result = await searched(`
    domain Boss {
      state { sent: bool }
      goal G { predicate sent }
      transition Send { step { if !sent { ${"send Worker Work(true) ".repeat(count)} sent = true } } }
    }
    domain Worker { state { done: bool } transition Work(how: bool) { step { emit Do.It(how) done = how } } }`);
  expect(result).toMatchObject({ verdict, hasWaited: count === 5 });
});

function echoes(answer: string): string {
  return `
    domain Teller {
      state { held: string said: string }
      goal G { predicate held == said }
      on Put(x: string) { if held == said { held = x send Echo Say(x) } }
      on Said(x: string) { said = x }
    }
    domain Echo { state { n: bool } on Say(x: string) { ${answer} } }`;
}

test("any string that is stored comes back", async () => {
  expect((await searched(echoes("send Teller Said(x)"))).verdict).toBe("proved");
});

test("a string that the program knows may be the one that does not come back", async () => {
  expect((await searched(echoes('if x != "x" { send Teller Said(x) }'))).verdict).toBe("refuted");
});

test("a string that nobody knows may be the one that does not come back", async () => {
  expect((await searched(echoes('if x == "x" || x == "" { send Teller Said(x) }'))).verdict).toBe("refuted");
});

test("two strings that nobody knows may differ", async () => {
  const { verdict, deadEnds } = await searched(`
    domain Pair {
      state { a: string b: string }
      goal G { predicate a == b || a == "" || b == "" }
      on First(x: string) { a = x }
      on Second(x: string) { b = x }
    }`);
  expect(verdict).toBe("refuted");
  expect(deadEnds).toEqual(['{"Pair/default":{"a":"~1","b":"~2"}}']);
});

test("fields are observed at once", async () => {
  const { verdict, deadEnds } = await searched(`
    domain Latch {
      state { a: bool b: bool latch: bool }
      goal G { predicate latch || !a && !b }
      transition Close { step { if a != b && !latch { latch = true } } }
      on Hello { latch = true }
    }
    domain Greeter { state { up: bool greeted: bool } transition Greet { step { if up { send Latch Hello } } } }`);
  expect(verdict).toBe("refuted");
  expect(deadEnds).toContain(
    '{"Greeter/default":{"up":false,"greeted":false},"Latch/default":{"a":true,"b":true,"latch":false}}',
  );
});

test.each([
  ["Hearer Speaker", "proved"],
  ["Speaker Hearer", "refuted"],
])("an event reaches those that are alive when it is broadcast: with %s it is %s", async (order, verdict) => {
  const { verdict: found } = await searched(`
    system S { ${order.replace(/\w+/g, "start $&")} }
    domain Speaker {
      state { said: bool }
      goal G { predicate said }
      transition Speak { step { if !said { emit Broadcast(Event::Up) said = true } } }
    }
    domain Hearer { state { ready: bool } goal G { predicate ready } on Event::Up { ready = true } }`);
  expect(found).toBe(verdict);
});

test.each([
  ["true", "proved"],
  ["false", "refuted"],
])("an instance comes to life under the key that it is sent something under: with %s it is %s", async (how, verdict) => {
  const { verdict: found } = await searched(`
    system S { start Boss }
    domain Boss {
      state { sent: bool }
      goal G { predicate sent }
      transition Send { step { if !sent { send Worker["b"] Work(${how}) sent = true } } }
    }
    domain Worker { state { ok: bool } goal G { predicate ok } on Work(how: bool) { ok = how } }`);
  expect(found).toBe(verdict);
});

test("an instance that nobody has started comes to life when it is observed", async () => {
  const { verdict, deadEnds } = await searched(`
    system S { start Boss }
    domain Boss { state { n: bool } on Hello { n = true } }
    domain Worker { state { bad: bool } goal G { predicate !bad } transition Greet { step { if bad { send Boss Hello } } } }
    domain Idle { state { bad: bool } goal G { predicate !bad } }`);
  expect(verdict).toBe("refuted");
  expect(deadEnds).toContain('{"Boss/default":{"n":false},"Idle/default":{"bad":true}}');
});

test.each([
  ["got = x", "refuted"],
  ['if x == "yes" { got = x }', "proved"],
])("no answer is owed to anybody, and one that is not heeded changes nothing: %s is %s", async (heeded, verdict) => {
  const { verdict: found } = await searched(`
    domain Patient {
      state { wanted: bool got: string }
      goal G { predicate !wanted || got == "yes" }
      transition Ask { step { if wanted && got != "yes" { emit World.Ask() } } }
      on World.Ask done (x: string) { ${heeded} }
      on Hello { got = "yes" }
    }
    domain Greeter { state { up: bool } transition Greet { step { if up { send Patient Hello } } } }`);
  expect(found).toBe(verdict);
});

test("two who both wait for the world hinder no proof", async () => {
  const waiting = "state { p: bool n: bool } goal G { predicate p } transition T { step { if !p { emit Fix.It() } } }";
  const { verdict, waits } = await searched(`domain A { ${waiting} } domain B { ${waiting} on Hello { n = true } }`);
  expect([verdict, waits]).toEqual(["proved", true]);
});

test("nor does who is always told that it is not so yet", async () => {
  const { verdict, waits } = await searched(`
    domain Asker {
      state { there: bool told: bool }
      goal G { predicate there }
      transition Ask { step { if !there { send Answerer Question } } }
      on NotYet { told = false }
    }
    domain Answerer { state { n: bool } on Question { send Asker NotYet } }`);
  expect([verdict, waits]).toEqual(["refuted", false]);
});

test("who sends itself two messages for each jams its own mailbox", async () => {
  const { verdict, deadEnds, jams } = await searched(`
    domain Doubler { state { n: bool } on Go { send Doubler Go send Doubler Go } }
    domain Outside { state { n: bool } on Begin { send Doubler Go } }`);
  expect([verdict, deadEnds]).toEqual(["refuted", jams]);
});

test("a message that arrives at once finds a wait that has just begun not over", async () => {
  const { verdict } = await searched(`
    domain Filler {
      state { wanted: bool, tank: "empty" | "full" }
      goal Full { predicate !wanted || tank == "full" }
      transition Fill { if wanted && tank != "full" { tank = "full" } }
      @priority(high)
      transition Order {
        step { if wanted && tank != "full" { emit Supplier.Order() } }
        step { send Filler Spilt tank = "full" }
      }
      on Spilt { tank = "empty" }
    }`);
  expect(verdict).toBe("proved");
});

test("messages that go round without an end stop nobody whose time has come", async () => {
  const text = readFileSync("fixtures/verify/systems/goes-round-until-tried.ved", "utf8");
  expect((await searched(text)).verdict).toBe("proved");
});

test("who does nothing but take messages is stuck", async () => {
  const { deadEnds } = await searched(`
    domain Asker {
      state { there: bool }
      goal There { predicate there }
      transition Ask { if !there { send Helper Ask emit Bell.Ring() } }
      on Heard { }
    }
    domain Helper { state { broken: bool } goal Whole { predicate !broken } on Ask { send Asker Heard } }`);
  const states = deadEnds.map((text) => JSON.parse(text) as Record<string, Record<string, unknown>>);
  expect(states.map((each) => each["Asker/default"]?.there).sort()).toEqual([false, true]);
});

test.each([
  ["at once", "proved"],
  ["at any time", "refuted"],
] as const)("an answer that comes while nobody listens is lost: with delivery %s it is %s", async (delivery, verdict) => {
  const text = `
    domain Asker {
      state { wanted: bool busy: bool asked: bool answered: bool }
      goal G { predicate !wanted || busy || answered }
      transition Ask { step { if wanted && !busy && !asked { send Answerer Question asked = true } } }
      on Answer { if !busy { answered = true } }
    }
    domain Answerer { state { n: bool } on Question { send Asker Answer } }`;
  expect((await searched(text, delivery)).verdict).toBe(verdict);
});

test("random systems are programs nearly always, and small ones are proved as well as refuted", async () => {
  const programs = fc
    .sample(smallSystem, { seed: 7, numRuns: 40 })
    .flatMap((text) => compile({ path: "random.ved", text }).program ?? []);
  expect(programs.length).toBeGreaterThan(36);
  const verdicts = [];
  for (const program of programs) verdicts.push(plainly(await loadMembers(program, [program]), 80)?.verdict);
  expect(verdicts.filter((verdict) => verdict === "proved").length).toBeGreaterThan(2);
  expect(verdicts.filter((verdict) => verdict === "refuted").length).toBeGreaterThan(2);
});
