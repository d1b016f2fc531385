import { afterEach, expect, it, vi } from "vitest";
import { systemClock } from "./clock.js";

afterEach(() => {
  vi.useRealTimers();
});

it("splits waits that are longer than a timer can hold", () => {
  vi.useFakeTimers();
  const rings: number[] = [];
  const at = Date.now() + 2 ** 31 + 1000;
  systemClock.setTimer(at, () => rings.push(Date.now()));
  vi.advanceTimersByTime(2 ** 31 - 1);
  expect(rings).toEqual([]);
  vi.advanceTimersByTime(1001);
  expect(rings).toEqual([at]);
});

it("cancels a wait, also in its second part", () => {
  vi.useFakeTimers();
  let rang = false;
  const cancel = systemClock.setTimer(Date.now() + 2 ** 31 + 1000, () => {
    rang = true;
  });
  vi.advanceTimersByTime(2 ** 31);
  cancel();
  vi.advanceTimersByTime(10_000);
  expect([rang, vi.getTimerCount()]).toEqual([false, 0]);
});
