// Who waits for whom, and the order of writes.
import { describe, expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { startProgram } from "../testing/start.js";

const flying = (status: { activations: readonly { transition: string }[] }) =>
  status.activations.map(({ transition }) => transition);

/** Two transitions that have nothing in common but their effect. */
const sharing = `domain D {
  state { go: bool, a: bool, b: bool }
  goal G { predicate !go || (a && b) }
  transition A { step { if go && !a { emit Send("a") a = true } } }
  transition B { step { if go && !b { emit Send("b") b = true } } }
}`;

describe("a transition does not start while an activation in flight", () => {
  it("will write a field that it reads", async () => {
    const program = `domain D {
      state { go: bool, route: string, checked: string }
      goal G { predicate !go || (route == "b" && checked == "b") }
      transition Route { step { if go && route != "b" { emit Move() route = "b" } } }
      transition Check { step { if go && checked != route { emit Probe(route) checked = route } } }
    }`;
    const { running, adapters } = await startProgram(program, ["Move", "Probe"]);
    await running.observe({ go: true });
    expect(flying(running.status)).toEqual(["Route"]);
    expect(running.status.activations[0]?.blocks).toEqual(["Check"]);
    adapters.Move.last.resolve();
    await quiet();
    expect(flying(running.status)).toEqual(["Check"]);
    expect(adapters.Probe.last.args).toEqual(["b"]);
  });

  it("uses an effect that it uses", async () => {
    const { running, adapters } = await startProgram(sharing, ["Send"]);
    await running.observe({ go: true });
    expect(adapters.Send.calls.map(({ args }) => args)).toEqual([["a"]]);
    adapters.Send.last.resolve();
    await quiet();
    expect(adapters.Send.calls.map(({ args }) => args)).toEqual([["a"], ["b"]]);
  });

  it("but does start beside one that merely waits, whose retry then waits for it", async () => {
    const { running, adapters, clock } = await startProgram(sharing, ["Send"]);
    await running.observe({ go: true });
    adapters.Send.last.reject(new Error("down"));
    await quiet();
    expect(running.status.activations.map(({ transition, mode }) => [transition, mode])).toEqual([
      ["A", "waiting"],
      ["B", "in flight"],
    ]);
    await clock.advance(10_000);
    expect(adapters.Send.calls).toHaveLength(2);
    adapters.Send.last.resolve();
    await quiet();
    expect(adapters.Send.calls.map(({ args, call }) => [...args, call.attempt])).toEqual([
      ["a", 1],
      ["b", 1],
      ["a", 2],
    ]);
  });
});

describe("the order of writes", () => {
  const program = `domain D {
    state { go: int, x: string, slow: bool, fast: bool }
    goal G { predicate go == 0 || (slow && fast) }
    transition Slow { step { if go > 0 && !slow { emit Crawl() x = "slow" slow = true } } }
    transition Fast { step { if go > 1 && !fast { emit Run() x = "fast" fast = true } } }
  }`;

  it("is the order of starts: an activation that started later is not overwritten", async () => {
    const { running, adapters, of } = await startProgram(program, ["Crawl", "Run"]);
    await running.observe({ go: 2 });
    adapters.Run.last.resolve();
    await quiet();
    expect(running.state).toMatchObject({ x: "fast", slow: false });
    adapters.Crawl.last.resolve();
    await quiet();
    expect(running.state).toMatchObject({ x: "fast", slow: true });
    expect(of("committed").map(({ transition, dropped }) => [transition, dropped])).toEqual([
      ["Fast", []],
      ["Slow", ["x"]],
    ]);
  });

  it("counts a retry of one that waited as a start", async () => {
    const { running, adapters, clock } = await startProgram(program, ["Crawl", "Run"]);
    await running.observe({ go: 2 });
    adapters.Crawl.last.reject(new Error("down"));
    adapters.Run.last.resolve();
    await clock.advance(1000);
    expect(running.state).toMatchObject({ x: "fast" });
    adapters.Crawl.last.resolve();
    await quiet();
    expect(running.state).toMatchObject({ x: "slow", slow: true });
  });

  it("lets a commit overwrite an observation made in between, and publishes that", async () => {
    const { running, adapters, of } = await startProgram(program, ["Crawl", "Run"]);
    await running.observe({ go: 1 });
    await running.observe({ x: "seen" });
    adapters.Crawl.last.resolve();
    await quiet();
    expect(running.state).toMatchObject({ x: "slow" });
    expect(of("overridden")).toMatchObject([{ transition: "Slow", field: "x", observed: "seen", written: "slow" }]);
  });
});
