// `cooldown 10m`: at least so long between two commits of a transition, also across a restart.
import { expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { lives } from "../testing/lives.js";
import { startProgram } from "../testing/start.js";

const restarting = `domain Service {
  state { up: bool = true }
  goal Up { predicate up }
  transition Restart { cooldown 10m step { if !up { emit Restart() up = true } } }
}`;

it("lets a transition alone after a commit, and wakes it when that is over", async () => {
  const { running, adapters, clock } = await startProgram(restarting, ["Restart"]);
  await running.observe({ up: false });
  adapters.Restart.last.resolve();
  await quiet();
  expect(running.status.phase).toBe("resting");
  // At rest nothing waits.
  expect(clock.pending).toEqual([]);
  await clock.advance(60_000);
  await running.observe({ up: false });
  expect(running.status).toMatchObject({ phase: "working", activations: [] });
  await clock.advance(9 * 60_000 - 1);
  expect(adapters.Restart.calls).toHaveLength(1);
  await clock.advance(1);
  expect(adapters.Restart.calls).toHaveLength(2);
});

it("does not hold up the retries of what has not committed", async () => {
  const { running, adapters, clock } = await startProgram(restarting, ["Restart"]);
  await running.observe({ up: false });
  adapters.Restart.last.reject(new Error("503"));
  await clock.advance(1000);
  expect(adapters.Restart.calls).toHaveLength(2);
});

it("counts for a transition without effects as well", async () => {
  const text = `domain Counting {
    state { wanted: int, n: int }
    goal G { predicate n >= wanted }
    transition Count { cooldown 1s step { if n < wanted { n += 1 } } }
  }`;
  const { running, clock } = await startProgram(text, []);
  await running.observe({ wanted: 3 });
  expect(running.state.n).toBe(1);
  await clock.advance(999);
  expect(running.state.n).toBe(1);
  await clock.advance(1001);
  expect(running.state.n).toBe(3);
});

it("outlasts the process", async () => {
  const { start, adapter, clock } = lives();
  const { running } = await start(restarting, ["Restart"]);
  await running.observe({ up: false });
  adapter("Restart").last.resolve();
  await quiet();
  await running.stop();
  await clock.advance(60_000);
  const again = await start(restarting, ["Restart"]);
  await again.running.observe({ up: false });
  await clock.advance(9 * 60_000 - 1);
  expect(adapter("Restart").calls).toHaveLength(1);
  await clock.advance(1);
  expect(adapter("Restart").calls).toHaveLength(2);
});

it("is no longer than it is, when the clock is set back", async () => {
  const { running, adapters, clock, of } = await startProgram(restarting, ["Restart"]);
  await running.observe({ up: false });
  adapters.Restart.last.resolve();
  await quiet();
  await running.observe({ up: false });
  clock.setBack(300_000);
  await clock.advance(600_000);
  expect(of("clockWentBack")).toEqual([]);
  await clock.advance(300_000);
  expect(adapters.Restart.calls).toHaveLength(2);
});
