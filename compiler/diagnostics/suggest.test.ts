import { expect, it } from "vitest";
import { thereAre } from "./suggest.js";

it.each([
  [[], "there are none"],
  [["Website"], "there is only Website"],
  [["Website", "Worker"], "there are Website, Worker"],
])("lists what there is of %j in a sentence", (names, sentence) => {
  expect(thereAre(names)).toBe(sentence);
});
