// `effect X() expects cond`: what the world is expected to show is reported when it does not come.
import { expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { lives } from "../testing/lives.js";
import { startProgram } from "../testing/start.js";

const restarting = `domain Service {
  state { status: "up" | "down", asked: bool }
  effect Restart() expects status == "up" within 1m
  goal Up { predicate status == "up" || asked }
  transition Restart { step { if status == "down" { emit Restart() asked = true } } }
}`;

it("is no more than expected while there is time, and shown in the status", async () => {
  const { running, adapters, clock, of } = await startProgram(restarting, ["Restart"]);
  await running.observe({ status: "down" });
  expect(running.status.expected).toBeUndefined();
  adapters.Restart.last.resolve();
  await quiet();
  expect(running.status).toMatchObject({ phase: "resting", expected: [{ effect: "Restart", until: clock.now() + 60_000 }] });
  await clock.advance(59_999);
  await running.observe({ status: "up" });
  expect(running.status.expected).toBeUndefined();
  await clock.advance(60_000);
  expect(of("notShown")).toEqual([]);
  expect(clock.pending).toEqual([]);
});

it("is reported once when it does not come, also after a restart", async () => {
  const { start, adapter, clock } = lives();
  const { running } = await start(restarting, ["Restart"]);
  await running.observe({ status: "down" });
  adapter("Restart").last.resolve();
  await quiet();
  await running.stop();
  const again = await start(restarting, ["Restart"]);
  await clock.advance(60_000);
  expect(again.events.filter(({ type }) => type === "notShown")).toMatchObject([{ effect: "Restart" }]);
  await clock.advance(600_000);
  expect(again.events.filter(({ type }) => type === "notShown")).toHaveLength(1);
  expect(again.running.status.expected).toBeUndefined();
});
