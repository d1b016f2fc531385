import { describe, expect, it } from "vitest";
import { loadDefinitions } from "../../compiler/testing/load.js";
import { Host } from "../host/running.js";
import { prepare } from "../kernel/machine.js";
import { quiet, TestClock } from "../testing/clock.js";
import type { Journal } from "./journal.js";

describe("a journal that takes its time", () => {
  const seed = `domain D {
    state { go: bool, done: bool }
    goal G { predicate done == go }
    transition T { step { if go && !done { emit Act() done = true } } }
  }`;

  async function hostWith(append: Journal["append"]) {
    const { D } = await loadDefinitions(seed);
    if (D === undefined) throw new Error("the program declares D");
    const acted: string[] = [];
    const clock = new TestClock();
    const adapters = { Act: (call: { key: string }) => void acted.push(call.key) };
    const setting = { machine: prepare(D), adapters, paths: new Map([["Act", ["Act"]]]), clock, onEvent: undefined };
    return { host: new Host({ ...setting, journal: { epoch: "e", append } }, "k"), acted };
  }

  it("sees everything before it has consequences: no acknowledgement, no attempt", async () => {
    const writes: (() => void)[] = [];
    const { host, acted } = await hostWith(() => new Promise((resolve) => writes.push(resolve)));
    let isAcknowledged = false;
    void host.observe({ go: true }).then(() => {
      isAcknowledged = true;
    });
    await quiet();
    writes.shift()?.();
    await quiet();
    expect([isAcknowledged, acted]).toEqual([false, []]);
    writes.shift()?.();
    await quiet();
    expect([isAcknowledged, acted]).toEqual([true, ["D/k/e/1/0"]]);
  });

  it("stops the host when a write fails, and rejects what was not written", async () => {
    let count = 0;
    const { host, acted } = await hostWith(() => (++count === 1 ? undefined : Promise.reject(new Error("disk full"))));
    await expect(host.observe({ go: true })).rejects.toThrow("disk full");
    expect([host.status.phase, acted]).toEqual(["stopped", []]);
  });
});
