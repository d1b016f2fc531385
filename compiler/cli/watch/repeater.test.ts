import { expect, it } from "vitest";
import { TestClock } from "../../../runtime-lib/testing/clock.js";
import { repeater } from "./repeater.js";
import { quiet } from "./schedule.js";

/** A repeater whose runs a test ends. */
function repeated() {
  const clock = new TestClock();
  const runs: (readonly string[])[] = [];
  let end = () => {};
  const repeats = repeater(clock, (changes) => {
    runs.push([...changes.keys()]);
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  return { clock, runs, repeats, end: () => end() };
}

it("runs at once, and again after a change", async () => {
  const { clock, runs, repeats, end } = repeated();
  expect(runs).toEqual([[]]);
  end();
  await clock.advance(1000);
  expect(runs).toEqual([[]]);
  repeats.changed("a", "changed");
  await clock.advance(quiet - 1);
  repeats.changed("b", "new");
  await clock.advance(quiet - 1);
  expect(runs).toEqual([[]]);
  await clock.advance(1);
  expect(runs).toEqual([[], ["a", "b"]]);
});

it("runs once more for what changes during a run", async () => {
  const { clock, runs, repeats, end } = repeated();
  repeats.changed("a", "changed");
  await clock.advance(1000);
  expect(runs).toEqual([[]]);
  end();
  await clock.advance(0);
  expect(runs).toEqual([[], ["a"]]);
});

it("ends once the run under way is over, and begins no other", async () => {
  const { clock, runs, repeats, end } = repeated();
  repeats.changed("a", "changed");
  let isStopped = false;
  const stopped = repeats.stop().then(() => {
    isStopped = true;
  });
  await clock.advance(1000);
  expect(isStopped).toBe(false);
  end();
  await stopped;
  await clock.advance(1000);
  expect(runs).toEqual([[]]);
  expect(clock.pending).toEqual([]);
});

it("forgets what waits when it ends between runs", async () => {
  const { clock, runs, repeats, end } = repeated();
  end();
  await clock.advance(0);
  repeats.changed("a", "changed");
  await repeats.stop();
  await clock.advance(1000);
  expect(runs).toEqual([[]]);
});
