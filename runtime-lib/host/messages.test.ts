// Domains that talk: `send`, `on Message`, events, mailboxes, `system`.
import { describe, expect, it } from "vitest";
import { memoryJournal } from "../journal/memory.js";
import { defaultMailbox as mailboxSize } from "../kernel/mail.js";
import { quiet } from "../testing/clock.js";
import { startSystem } from "../testing/system.js";

const counting = `
system Main { start Sender { left = 5 } start Counter }
domain Sender {
  state { left: int }
  goal Sent { predicate left == 0 }
  transition Send { step { if left > 0 { send Counter Add(left) left -= 1 } } }
}
domain Counter {
  state { sum: int, last: int, order: string }
  on Add(n: int) {
    sum += n
    order = order + "."
    if n < last || last == 0 { last = n }
  }
}`;

/** A worker that takes orders, of which each needs an effect. */
const working = `
domain Worker {
  state { done: int, cancelled: bool }
  transition Work(job: int) { step { emit Use(job) done += 1 send Boss Finished(job) } }
  on Cancel { cancelled = true }
}
domain Boss {
  state { wanted: int, asked: int, finished: int }
  goal Asked { predicate asked >= wanted }
  transition Ask { step { if asked < wanted { asked += 1 send Worker Work(asked) } } }
  on Finished(job: int) { finished = job }
}`;

describe("a message", () => {
  it("arrives once, in order, and is part of the commit", async () => {
    const { domain, of } = await startSystem(counting);
    await quiet();
    expect(domain("Counter").instance().state).toEqual({ sum: 15, last: 1, order: "....." });
    expect(of("received").map(({ args }) => args)).toEqual([[5], [4], [3], [2], [1]]);
    expect(domain("Sender").instance().status.phase).toBe("resting");
  });

  it("runs a transition, which carries out its effects before it answers", async () => {
    const { domain, adapters } = await startSystem(working, ["Use"]);
    await domain("Boss").instance().observe({ wanted: 2 });
    expect(adapters.Use.calls.map(({ args }) => args)).toEqual([[1]]);
    expect(domain("Worker").instance().status).toMatchObject({ phase: "working", mailbox: 1 });
    adapters.Use.last.resolve();
    await quiet();
    expect(domain("Boss").instance().state).toMatchObject({ finished: 1 });
    expect(adapters.Use.last.args).toEqual([2]);
  });

  it("is tried again with what it gave when its effect failed, whether or not goals hold", async () => {
    const { domain, adapters, clock } = await startSystem(working, ["Use"]);
    await domain("Worker").instance().send("Work", 7);
    adapters.Use.last.reject(new Error("no"));
    await clock.advance(1000);
    expect(adapters.Use.calls.map(({ args }) => args)).toEqual([[7], [7]]);
    adapters.Use.last.resolve();
    await quiet();
    expect(domain("Worker").instance().state).toMatchObject({ done: 1 });
  });

  it("that waits behind an activation runs once that is given up", async () => {
    const { domain } = await startSystem(
      `system Main { start A start B }
      domain A {
        state { want: bool, done: bool }
        goal G { predicate !want || done }
        transition Try { step { if want && !done { emit L.Try() done = true } } }
      }
      domain B {
        state { go: bool, passed: bool }
        goal Q { predicate go == passed }
        transition H { step { if go != passed { send A Try passed = go } } }
      }`,
      [],
      { effects: { L: { Try: () => Promise.reject(new Error("no")) } } },
    );
    await domain("A").instance().observe({ want: true });
    await quiet();
    await domain("B").instance().observe({ go: true });
    expect(domain("A").instance().status).toMatchObject({ phase: "working", mailbox: 1 });
    await domain("A").instance().observe({ want: false });
    expect(domain("A").instance().status).toMatchObject({ phase: "resting" });
    expect(domain("A").instance().status.mailbox).toBeUndefined();
  });

  it("goes to the instance of its key, which it brings to life", async () => {
    const { domain } = await startSystem(`
      system Main { start Router { target = "eu" } }
      domain Router {
        state { target: string, greeted: bool }
        goal Told { predicate greeted }
        transition Tell { step { if !greeted { send Region[target + "-1"] Hello greeted = true } } }
      }
      domain Region { state { greeted: bool } on Hello { greeted = true } }`);
    await quiet();
    expect([...domain("Region").keys()]).toEqual(["eu-1"]);
    expect(domain("Region").instance("eu-1").state).toEqual({ greeted: true });
  });

  it("with an empty key is a fault of the step that would send it", async () => {
    const { domain } = await startSystem(`
      domain Router {
        state { target: string, greeted: bool }
        goal Told { predicate greeted }
        transition Tell { step { if !greeted { send Region[target] Hello greeted = true } } }
      }
      domain Region { state { greeted: bool } on Hello { greeted = true } }`);
    expect(domain("Router").instance().status.faults).toMatchObject([{ reason: "the key of an instance of Region is empty" }]);
    await domain("Router").instance().observe({ target: "x" });
    expect(domain("Region").instance("x").state).toEqual({ greeted: true });
  });

  it("from outside is refused with the reason where nobody takes it", async () => {
    const { domain } = await startSystem(working, ["Use"]);
    const worker = domain("Worker").instance();
    await expect(worker.send("Wrok")).rejects.toThrow("Worker takes no message Wrok");
    await expect(worker.send("Work", "x")).rejects.toThrow('argument 1 of Work is an int, not "x"');
    await expect(worker.send("Work")).rejects.toThrow("Work takes 1 arguments, not 0");
    expect(worker.state).toEqual({ done: 0, cancelled: false });
  });

  it("whose handler faults is discarded and noted, and the next one is run", async () => {
    const { domain } = await startSystem(`domain D {
      state { n: int } invariant Small { n < 10 }
      on Add(m: int) { n = 100 / m } }`);
    const one = domain("D").instance();
    await one.send("Add", 0);
    await one.send("Add", 2);
    expect(one.status.faults).toMatchObject([{ kind: "message", name: "Add", reason: "it would break invariant Small" }]);
    await one.send("Add", 50);
    expect(one.state).toEqual({ n: 2 });
    expect(one.status.faults).toEqual([]);
  });

  it("waits for a transition that cools down, and is run when it has", async () => {
    const { domain, clock } = await startSystem(`domain D {
      state { n: int } transition Add(m: int) { cooldown 10s step { n += m } } }`);
    const one = domain("D").instance();
    await one.send("Add", 1);
    await one.send("Add", 2);
    expect(one.state).toEqual({ n: 1 });
    await clock.advance(9999);
    expect(one.state).toEqual({ n: 1 });
    await clock.advance(1);
    expect(one.state).toEqual({ n: 3 });
    expect(one.status.phase).toBe("resting");
  });

  it("sent by a commit that changes nothing is not sent again and again", async () => {
    const { domain, of, clock } = await startSystem(`
      domain A { state { up: bool } goal Up { predicate up } transition Ask { step { send B Please } } }
      domain B { state { asked: int } on Please { asked += 1 } }`);
    await quiet();
    expect(domain("B").instance().state).toEqual({ asked: 1 });
    await clock.advance(1000);
    expect(of("received")).toHaveLength(2);
  });
});

it("runs every step of a transition, also where an earlier message that ran it was a fault in the same state", async () => {
  const { domain, adapters } = await startSystem(
    `domain Door {
      state { x: int }
      transition Move(n: int) { step { emit Open(10 / n) } step { if x > 0 { emit Never() } } step { emit Close() } }
      on SetX { x = 1 }
    }`,
    ["Open", "Never", "Close"],
  );
  const door = domain("Door").instance();
  await door.send("Move", 0);
  await door.send("Move", 1);
  adapters.Open?.last.resolve();
  await quiet();
  expect(adapters.Close?.calls).toHaveLength(1);
});

describe("an event", () => {
  const booting = `
    system Main { start Database start App["a"] start App["b"] start Watcher }
    domain Database {
      state { ready: bool, greeted: bool }
      goal Told { predicate !ready || greeted }
      transition Tell { step { if ready && !greeted { emit Broadcast(Event::Ready) greeted = true } } }
    }
    domain App { state { up: bool } on Event::Ready { up = true } }
    domain Watcher { state { heard: int } on Event::Ready { heard += 1 } }`;

  it("reaches every instance of every domain that listens", async () => {
    const { domain } = await startSystem(booting);
    await domain("Database").instance().observe({ ready: true });
    expect([domain("App").instance("a").state, domain("App").instance("b").state]).toEqual([{ up: true }, { up: true }]);
    expect(domain("Watcher").instance().state).toEqual({ heard: 1 });
  });
});

describe("an event and a message behind it in one commit", () => {
  it("arrive in that order, also where a restart is between", async () => {
    const program = `
      system Main { start B start A }
      domain A {
        state { told: bool, seen: int }
        goal Told { predicate told && seen >= 0 }
        transition Tell { step { if !told { send B Work(1) send B Work(2) emit Broadcast(Event::Up) send B Note told = true } } }
      }
      domain B {
        state { done: int, heard: string }
        transition Work(job: int) { step { emit Use() done += 1 } }
        on Event::Up { heard = heard + "up " }
        on Note { heard = heard + "note " }
      }`;
    const journal = memoryJournal();
    const options = { journal, mailbox: 1 } as object;
    const first = await startSystem(program, ["Use"], options);
    await first.domain("A").instance().observe({ seen: 1 });
    await first.system.stop();
    const { domain, adapters, clock } = await startSystem(program, ["Use"], options);
    expect(domain("A").instance().status.sending).toMatchObject([{ message: "Up" }, { message: "Note" }]);
    await clock.advance(1000);
    adapters.Use.last.resolve();
    await quiet();
    expect(domain("B").instance().state).toMatchObject({ done: 1, heard: "up note " });
  });
});

describe("an event that nobody listens to", () => {
  it("keeps nobody waiting", async () => {
    const { domain, of } = await startSystem(`domain A {
      state { greeted: bool, n: int }
      goal Told { predicate greeted && n >= 3 }
      transition Tell { step { if !greeted { emit Broadcast(Event::Nobody) greeted = true } } }
      transition Count { step { if greeted && n < 3 { n += 1 } } } }`);
    await quiet();
    expect(domain("A").instance().state).toEqual({ greeted: true, n: 3 });
    expect(domain("A").instance().status.phase).toBe("resting");
    expect(of("sent")).toHaveLength(1);
  });
});

describe("a mailbox", () => {
  it("that is full makes the sender wait, and loses nothing", async () => {
    const { domain, adapters } = await startSystem(working, ["Use"]);
    const wanted = mailboxSize + 6;
    await domain("Boss").instance().observe({ wanted });
    // One is being worked on, the mailbox is full, and one is on its way.
    expect(domain("Boss").instance().state).toMatchObject({ asked: mailboxSize + 2 });
    expect(domain("Boss").instance().status).toMatchObject({
      phase: "working",
      sending: [{ to: "Worker/default", message: "Work" }],
    });
    expect(domain("Worker").instance().status.mailbox).toBe(mailboxSize);
    await expect(domain("Worker").instance().send("Work", 1)).rejects.toThrow("the mailbox of Worker/default is full");
    for (let job = 1; job <= wanted; job += 1) {
      expect(adapters.Use.last.args).toEqual([job]);
      adapters.Use.last.resolve();
      await quiet();
    }
    expect(domain("Boss").instance().state).toEqual({ wanted, asked: wanted, finished: wanted });
    expect(domain("Boss").instance().status).not.toHaveProperty("sending");
  });

  it("that is full does not keep its sender from hearing answers", async () => {
    const { domain, adapters, system } = await startSystem(working, ["Use"], { mailbox: 1 } as object);
    adapters.Use.behave = () => {};
    await domain("Boss").instance().observe({ wanted: 50 });
    await system.settled();
    expect(domain("Boss").instance().state).toEqual({ wanted: 50, asked: 50, finished: 50 });
  });

  it("lets what is urgent go first, and every fourth that is not", async () => {
    const { adapters, of } = await startSystem(
      `system Main { start Boss start Worker }
       domain Boss {
         state { n: int }
         goal Sent { predicate n >= 10 }
         transition Ask { step { if n < 10 { n += 1 if n <= 4 { send Worker Work(n) } else { send_high("Worker", "Work", n) } } } }
       }
       domain Worker { state { done: int } transition Work(job: int) { step { emit Use(job) done += 1 } } }`,
      ["Use"],
    );
    for (let job = 0; job < 10; job += 1) {
      adapters.Use.last.resolve();
      await quiet();
    }
    expect(of("received").map(({ args: [job] }) => job)).toEqual([1, 5, 6, 7, 2, 8, 9, 10, 3, 4]);
  });

  it("keeps the order of one sender where the first has to wait, and lets others pass", async () => {
    const { domain, adapters } = await startSystem(working, ["Use"]);
    await domain("Boss").instance().observe({ wanted: 2 });
    // The transition is busy; the handler is not held up by what Boss has sent.
    await domain("Worker").instance().send("Cancel");
    expect(domain("Worker").instance().state).toMatchObject({ cancelled: true });
    expect(adapters.Use.calls).toHaveLength(1);
  });
});

describe("a system", () => {
  it("starts what it names, with the states that it names", async () => {
    const { domain } = await startSystem(`
      system Main { start A["x"] { n = 3 name = "it" } start A }
      domain A { state { n: int, name: string } goal G { predicate n >= 0 || name == "" } }
      domain B { state { n: int } goal G { predicate n == 0 } }`);
    expect([...domain("A").keys()]).toEqual(["x", "default"]);
    expect(domain("A").instance("x").state).toEqual({ n: 3, name: "it" });
    expect([...domain("B").keys()]).toEqual([]);
  });

  it("goes on after a restart with what was on its way and what waited", async () => {
    const journal = memoryJournal();
    const first = await startSystem(working, ["Use"], { journal });
    await first.domain("Boss").instance().observe({ wanted: 3 });
    first.adapters.Use.last.resolve();
    await quiet();
    await first.system.stop();
    const second = await startSystem(working, ["Use"], { journal });
    expect(second.domain("Worker").instance().state).toMatchObject({ done: 1 });
    await second.clock.advance(1000);
    for (const job of [2, 3]) {
      expect(second.adapters.Use.last.args).toEqual([job]);
      second.adapters.Use.last.resolve();
      await quiet();
    }
    expect(second.domain("Boss").instance().state).toEqual({ wanted: 3, asked: 3, finished: 3 });
    // With what it holds it is another's, or it begins again.
    await second.system.stop();
    await expect(startSystem(counting, [], { journal })).rejects.toThrow(/^the journal is one of \w+, not of Sender, Counter$/);
  });

  it("does not stop the world where two answer each other for ever", async () => {
    const { system, domain, clock } = await startSystem(`
      system Main { start A { on = true } start B }
      domain A { state { on: bool, n: int, sent: bool } goal G { predicate sent }
        transition Begin { step { if on && !sent { send B Ping sent = true } } }
        on Pong { n += 1 send B Ping } }
      domain B { state { n: int } on Ping { n += 1 send A Pong } }`);
    const before = Number(domain("A").instance().state.n);
    expect(before).toBeGreaterThan(100);
    await clock.advance(1);
    expect(Number(domain("A").instance().state.n)).toBeGreaterThan(before);
    await system.stop();
  });

  it.each([
    [
      "where one asks itself by way of another, and broadcasts reach nobody in between",
      `system Main { start A { x = true } start B }
       domain A { state { asked: bool, x: bool, n: int } goal Off { predicate !x }
         transition Back() { step { x = true emit Broadcast(Event::Unheard) } }
         transition Go { step { if x { n += 1 x = false send B Ask } } } }
       domain B { state { n: int } on Ask { send A Back } }`,
    ],
    [
      "where one goes on and on whose broadcasts reach nobody",
      `system Main { start A { x = true } }
       domain A { state { on: bool, x: bool, n: int } goal Off { predicate !x }
         transition Go { step { if x { n += 1 emit Broadcast(Event::Unheard) } } } on Stop { x = false } }`,
    ],
  ])("does not stop the world %s", async (_, ved) => {
    const { system, domain, clock } = await startSystem(ved);
    const before = Number(domain("A").instance().state.n);
    expect(before).toBeGreaterThan(100);
    await clock.advance(1);
    expect(Number(domain("A").instance().state.n)).toBeGreaterThan(before);
    await system.stop();
    const after = domain("A").instance().state.n;
    await clock.advance(1000);
    expect(domain("A").instance().state.n).toBe(after);
  });

  it("is not started domain by domain", async () => {
    const { loadDomains } = await import("../../compiler/testing/load.js");
    const { Sender } = await loadDomains(counting);
    await expect(Sender?.start({ effects: {} })).rejects.toThrow(
      "Sender talks to others: start the system with `start` of its module",
    );
  });
});
