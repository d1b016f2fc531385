import { expect, it } from "vitest";
import { suggest, thereAre } from "./suggest.js";

it.each([
  [[], "there are none"],
  [["Website"], "there is only Website"],
  [["Website", "Worker"], "there are Website, Worker"],
])("lists what there is of %j in a sentence", (names, sentence) => {
  expect(thereAre(names)).toBe(sentence);
});

it.each([
  ["Wbe", "Web"],
  ["ytpe", "type"],
  ["Bew", null],
  ["c", null],
])("takes letters that changed places for one mistake: of %s it makes %s", (name, meant) => {
  const fix = suggest(name, ["a", "Web", "type"], { start: 0, end: name.length });
  expect(fix?.replacement ?? null).toBe(meant);
});
