import { describe, expect, it } from "vitest";
import { journalOver } from "../journal/journal.js";
import type { Store } from "../journal/store.js";
import { quiet } from "../testing/clock.js";
import { startProgram } from "../testing/start.js";
import { startSystem } from "../testing/system.js";

describe("a journal that takes its time", () => {
  const seed = `domain D {
    state { go: bool, done: bool }
    goal G { predicate done == go }
    transition T { step { if go && !done { emit Act() done = true } } }
  }`;

  const startWith = (append: Store["append"]) => {
    const journal = journalOver({ open: async ({ epoch }) => epoch, append, close: async () => {} });
    return startProgram(seed, ["Act"], { journal, key: "k" });
  };

  it("sees everything before it has consequences: no acknowledgement, no attempt, no event", async () => {
    const writes: (() => void)[] = [];
    const { running, adapters, events } = await startWith(() => new Promise((resolve) => writes.push(resolve)));
    writes.shift()?.();
    await quiet();
    const before = events.length;
    let isAcknowledged = false;
    void running.observe({ go: true }).then(() => {
      isAcknowledged = true;
    });
    await quiet();
    expect([isAcknowledged, adapters.Act.calls.length, events.length]).toEqual([false, 0, before]);
    writes.shift()?.();
    await quiet();
    expect([isAcknowledged, adapters.Act.calls.map(({ call }) => call.key)]).toEqual([true, ["D/k/e/1/0"]]);
  });

  it("has to have the end of it, too, before an instance is settled", async () => {
    const writes: (() => void)[] = [];
    const { running, adapters } = await startWith(() => new Promise((resolve) => writes.push(resolve)));
    let phase = "";
    void running.observe({ go: true });
    const next = async () => {
      await quiet();
      writes.shift()?.();
      await quiet();
    };
    await next();
    await next();
    void running.settled().then((status) => {
      phase = status.phase;
    });
    adapters.Act.last.resolve();
    await quiet();
    expect([running.status.phase, phase]).toEqual(["resting", ""]);
    await next();
    expect(phase).toBe("resting");
  });

  it("has to have the end of it, too, before a system is settled", async () => {
    const writes: (() => void)[] = [];
    const append: Store["append"] = () => new Promise((resolve) => writes.push(resolve));
    const journal = journalOver({ open: async ({ epoch }) => epoch, append, close: async () => {} });
    const { system, domain } = await startSystem("domain D { state { go: bool } goal G { predicate !go || go } }", [], {
      journal,
    });
    writes.shift()?.();
    await quiet();
    void domain("D").instance().observe({ go: true });
    let hasSettled = false;
    void system.settled().then(() => {
      hasSettled = true;
    });
    await quiet();
    expect([domain("D").instance().status.phase, hasSettled]).toEqual(["resting", false]);
    writes.shift()?.();
    await quiet();
    expect(hasSettled).toBe(true);
  });

  it("stops the host when a write fails, and rejects everything that is not acknowledged", async () => {
    let count = 0;
    const { running, adapters, of } = await startWith(async () => {
      if (++count > 1) throw new Error("disk full");
    });
    const answers = await Promise.allSettled([running.observe({ go: true }), running.observe({ done: true })]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(running.observe({ go: false })).rejects.toThrow("D/k is stopped: disk full");
    expect(of("stopped")).toMatchObject([{ reason: "disk full" }]);
    expect([running.status.phase, adapters.Act.calls.length]).toEqual(["stopped", 0]);
  });
});
