import { expect, it } from "vitest";
import { durationOf, durationText } from "./duration.js";

it.each([
  ["30s", 30_000, "30s"],
  ["90s", 90_000, "90s"],
  ["120s", 120_000, "2m"],
  ["1_000ms", 1000, "1s"],
  ["36h", 129_600_000, "36h"],
  ["7d", 604_800_000, "7d"],
  ["0ms", 0, "0s"],
  ["1500ms", 1500, "1500ms"],
])("%s is %i ms, and %s in its largest whole unit", (literal, ms, text) => {
  expect([durationOf(literal), durationText(ms)]).toEqual([ms, text]);
});
