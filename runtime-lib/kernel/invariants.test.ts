// Conditions that no commit may break, and what happens where the world breaks one.
import { describe, expect, it } from "vitest";
import { nodes } from "../testing/nodes.js";
import { createInstance, type Instance } from "./instance.js";
import { prepare } from "./machine.js";
import { react } from "./react.js";

describe("an invariant", () => {
  it("refuses the step that would break it, before anything is dispatched, and hinders nothing else", () => {
    const machine = prepare(nodes(false));
    let instance: Instance = react(machine, createInstance(machine, "k", "e"), { type: "started", now: 0 }).instance;
    const reaction = react(machine, instance, { type: "observation", now: 1, facts: { drainA: true, drainB: true } });
    instance = reaction.instance;
    expect(instance.state).toMatchObject({ upA: false, upB: true });
    expect(instance.faults).toMatchObject([{ kind: "transition", name: "DrainB", reason: "it would break invariant OneUp" }]);
    expect([instance.phase, reaction.attempts]).toEqual(["stuck", []]);
    expect(react(machine, instance, { type: "observation", now: 2, facts: { drainB: false } }).instance.phase).toBe("resting");
  });

  it("does not hold back a pending commit when an observation has changed the world, but that is published", () => {
    const machine = prepare(nodes(true));
    const began = react(machine, createInstance(machine, "k", "e"), { type: "started", now: 0 }).instance;
    const drained = react(machine, began, { type: "observation", now: 1, facts: { drainA: true } });
    const observed = react(machine, drained.instance, { type: "observation", now: 2, facts: { upB: false } });
    const outcome = { type: "outcome", now: 3, activation: 1, intent: 0, attempt: 1, outcome: "done", reason: "" } as const;
    const { instance, events } = react(machine, observed.instance, outcome);
    expect(instance.state).toMatchObject({ upA: false, upB: false });
    expect(events.find(({ type }) => type === "invariantBroken")).toMatchObject({ invariant: "OneUp", transition: "DrainA" });
  });
});
