import { expect, it } from "vitest";
import { programOf } from "../../testing/load.js";
import { inputsOf } from "./inputs.js";
import { isJoint, observationsOf } from "./observations.js";

function inputs(state: string, predicate: string, step = "", options = {}) {
  const transition = step === "" ? "" : `transition T { step { ${step} } }`;
  const [domain] = programOf(`domain D { state { ${state} } goal G { predicate ${predicate} } ${transition} }`).domains;
  if (domain === undefined) throw new Error("no domain");
  return inputsOf(domain, options);
}

it("takes one value for each interval between the constants that an int is compared with", () => {
  const { fields, bounded } = inputs("load: int = 7", "load < 10 || load > 20");
  expect(fields).toEqual([{ field: "load", values: [7, 9, 10, 11, 19, 20, 21], others: [] }]);
  expect(bounded).toEqual([]);
});

it("takes every value within the bound where an int is computed with", () => {
  const { fields, bounded, intBound } = inputs("load: int", "load % 2 == 0", "", { intBound: 4 });
  expect([bounded, intBound]).toEqual([["load"], 4]);
  expect(fields[0]?.values).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
});

it("derives the bound from the constants, within reason", () => {
  expect(inputs("n: int", "n < 3").intBound).toBe(16);
  expect(inputs("n: int", "n < 300").intBound).toBe(301);
  expect(inputs("n: int", "n < 86_400").intBound).toBe(1000);
});

it("takes the literals that a string is compared with or assigned, and one that is none of them", () => {
  const { fields } = inputs('s: string t: string = "x"', 's == "up" || t == "other"', 'if t == "y" { t = "z" }');
  expect(fields).toEqual([{ field: "s", values: ["", "up"], others: ["other"] }]);
});

it("gives fields that are compared with each other a fresh value each", () => {
  const { fields } = inputs('a: string = "x" b: string', "a == b");
  expect(fields.map(({ values }) => values)).toEqual([
    ["x", "", "other", "other 2"],
    ["x", "", "other", "other 2"],
  ]);
});

it("counts a fresh value for each field that stores a string from outside, and for each activation that may hold one", () => {
  const { fields } = inputs('s: string t: string = "x"', "s == t", "if s != t { emit Copy(s) t = s }");
  expect(fields).toEqual([{ field: "s", values: ["x", "", "other", "other 2", "other 3"], others: [] }]);
});

it("lets one observation have all fields that a condition or a write relates, where there are too many for all of them", () => {
  const fields = Array.from({ length: 8 }, (_, index) => [`a${index}`, [false, true]] as const);
  const [domain] = programOf(`domain D {
    state { ${fields.map(([field]) => `${field}: bool`).join(" ")} }
    goal G { predicate a0 || a1 || a2 || a3 || a4 } goal H { predicate a5 || a6 || a7 } }`).domains;
  if (domain === undefined) throw new Error("no domain");
  const { all, atOnce } = observationsOf(domain, fields);
  // Of each group every combination, and each field by itself.
  expect([all.length, atOnce]).toEqual([32 + 8 + 2 * 8, null]);
  expect(all).toContainEqual({ a0: true, a1: false, a2: true, a3: false, a4: false });
  expect(all.some((facts) => "a0" in facts && "a5" in facts)).toBe(false);
  // Which is said, as it may make a difference.
  expect([isJoint(all, 8), isJoint(observationsOf(domain, fields.slice(0, 3)).all, 3)]).toEqual([false, true]);
});

it("says on which joined strings it gives up, and leaves alone those that are only emitted", () => {
  expect(inputs("s: string", 's + "x" == "yx"').obstacle).toBe("strings are joined and then compared");
  expect(inputs("s: string t: string", "t == s", 'if s != t { t = s + "x" }').obstacle).toBe(
    "`t` is joined from strings and then compared",
  );
  expect(inputs("s: string ok: bool", "ok", 'if !ok { emit Log.Say("at " + s) ok = true }').obstacle).toBeNull();
});

it("lets a hostile outside set every field", () => {
  const step = "if up { n += 1 }";
  expect(inputs("up: bool n: int", "n < 2", step).fields.map(({ field }) => field)).toEqual(["up"]);
  expect(inputs("up: bool n: int", "n < 2", step, { hostile: true, intBound: 2 }).fields.map(({ field }) => field)).toEqual([
    "up",
    "n",
  ]);
});
