// Several steps in one transition: each commits on its own and is a checkpoint; the activation lasts until the last.
import { expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { lives } from "../testing/lives.js";
import { startProgram } from "../testing/start.js";

const deploying = `domain Deploy {
  state { wanted: int, built: int, tested: int, live: int, skip_tests: bool, seen: int }
  goal Live { predicate live == wanted }
  transition Ship {
    step build { if live != wanted { emit Build(wanted) built = wanted } }
    step check { if !skip_tests { emit Check(built) tested = built } }
    step note { seen += 1 }
    step switch_over { emit Switch(built) live = built }
  }
  transition Warn { step { if live != wanted && seen > 5 { seen = 0 } } }
}`;

const effects = ["Build", "Check", "Switch"] as const;

it("commits each step on its own, in order, and each with keys of its own", async () => {
  const { running, adapters, of } = await startProgram(deploying, effects);
  await running.observe({ wanted: 1 });
  expect(adapters.Check.calls).toHaveLength(0);
  adapters.Build.last.resolve();
  await quiet();
  expect(running.state).toMatchObject({ built: 1, tested: 0 });
  adapters.Check.last.resolve();
  await quiet();
  expect(running.state).toMatchObject({ tested: 1, seen: 1, live: 0 });
  adapters.Switch.last.resolve();
  await quiet();
  expect(running.state.live).toBe(1);
  expect(running.status.phase).toBe("resting");
  expect(of("committed").map(({ step = 0 }) => step)).toEqual([0, 1, 2, 3]);
  const keys = effects.map((effect) => adapters[effect].last.call.key);
  expect(new Set(keys).size).toBe(3);
});

it("passes over a step that has nothing to do, and asks each in the state of its moment", async () => {
  const { running, adapters } = await startProgram(deploying, effects);
  await running.observe({ wanted: 1 });
  await running.observe({ skip_tests: true, wanted: 2 });
  adapters.Build.last.resolve();
  await quiet();
  // What was wanted when it was built is switched to; then it begins anew.
  expect(adapters.Check.calls).toHaveLength(0);
  expect(adapters.Switch.last.args).toEqual([1]);
});

it("is carried through from its first commit on, whether or not anybody wants it still", async () => {
  const { running, adapters, clock } = await startProgram(deploying, effects);
  await running.observe({ wanted: 1 });
  adapters.Build.last.resolve();
  await quiet();
  await running.observe({ wanted: 0 });
  adapters.Check.last.reject(new Error("503"));
  await quiet();
  expect(running.status.activations[0]?.mode).toBe("carried");
  await clock.advance(1000);
  adapters.Check.last.resolve();
  await quiet();
  adapters.Switch.last.resolve();
  await quiet();
  expect(running.state).toMatchObject({ live: 1, wanted: 0 });
});

it("ends at the checkpoint before a step that faults", async () => {
  const text = `domain D {
    state { go: bool, a: bool, b: int, zero: int }
    goal G { predicate !go || (a && b > 0) }
    transition T {
      step { if go && !a { a = true } }
      step { b = 1 / zero }
    }
    transition Mend { step { if a && b == 0 && zero > 0 { b = 2 } } }
  }`;
  const { running, of } = await startProgram(text, []);
  await running.observe({ go: true });
  expect(running.state).toMatchObject({ a: true, b: 0 });
  expect(of("faulted")).toMatchObject([{ kind: "transition", name: "T" }]);
  await running.observe({ zero: 1 });
  expect(running.state.b).toBe(2);
});

it("goes on from the checkpoint after a crash", async () => {
  const { start, adapter, clock } = lives();
  const { running } = await start(deploying, effects);
  await running.observe({ wanted: 1 });
  adapter("Build").last.resolve();
  await quiet();
  const { key } = adapter("Check").last.call;
  await running.stop();
  const again = await start(deploying, effects);
  expect(again.running.state).toMatchObject({ built: 1, tested: 0 });
  await clock.advance(1000);
  expect(adapter("Check").last.call).toMatchObject({ key, attempt: 2 });
  adapter("Check").last.resolve();
  await quiet();
  adapter("Switch").last.resolve();
  await quiet();
  expect(again.running.state).toMatchObject({ tested: 1, live: 1 });
  expect(adapter("Build").calls).toHaveLength(1);
});

it("ends with the step that is under way, where a new version has no more of them", async () => {
  const { start, adapter, clock } = lives();
  const { running } = await start(deploying, effects);
  await running.observe({ wanted: 1 });
  await running.stop();
  const shorter = deploying.replace(/step check[\s\S]*live = built \}/, "");
  const again = await start(shorter, ["Build"], ["Check", "Switch"]);
  await clock.advance(1000);
  adapter("Build").last.resolve();
  await quiet();
  expect(again.running.state.built).toBe(1);
  expect(adapter("Check").calls).toHaveLength(0);
});

it("is not tried again where it faulted, though the state has changed and come back in the same moment", async () => {
  const program = `domain D {
    state { go: bool, k: int, f: bool, z: int, bad: bool }
    goal G { predicate !bad && (go && k == 2 || !go && k == 0) }
    @priority(high) transition T {
      step one { if go && k == 0 { k = 1 } else if k == 1 { bad = true } }
      step two { if k == 1 { z = 1 / (k - 1) } }
    }
    @priority(high) transition U { cooldown 10m step { if k == 1 && !f { f = true } } }
    @priority(high) transition V { step { if f { f = false } } }
    @priority(low) transition W { step { if k == 1 { k = 2 } } }
  }`;
  const { running, of } = await startProgram(program, []);
  await running.observe({ go: true });
  expect(of("faulted")).toHaveLength(1);
  expect(running.state).toMatchObject({ k: 2, bad: false });
  expect(running.status.phase).toBe("resting");
});
