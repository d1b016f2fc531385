import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reservedWords } from "../compiler/language/name.js";
import { keywords, units } from "./words.js";

const known = Object.values(keywords).flat();

/** The words that the compiler's grammar spells out, without the units of durations. */
const inGrammar = [...readFileSync("compiler/1-parse/ved.ohm", "utf8").matchAll(/"(@?[a-z_]{2,})"/g)]
  .map(([, word = ""]) => word)
  .filter((word) => !units.includes(word));

it("knows every keyword of the compiler's grammar", () => {
  expect(inGrammar).toContain("transition");
  expect(inGrammar.filter((word) => !known.some((other) => other === word))).toEqual([]);
  expect(known).toEqual(expect.arrayContaining([...reservedWords]));
});

it("knows no keyword twice, and none that the grammar lacks", () => {
  expect(new Set(known).size).toBe(known.length);
  expect(known.filter((word) => !inGrammar.includes(word))).toEqual([]);
});
