// Ints with ranges: what can never be in one is refused, what may not be is looked at when it runs, and what surely is is left alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { createInstance } from "../../runtime-lib/kernel/instance.js";
import { prepare } from "../../runtime-lib/kernel/machine.js";
import { react } from "../../runtime-lib/kernel/react.js";
import { valueIn } from "../5-verify/report/reasons.js";
import { compile } from "../index.js";
import { loadDomains, programOf } from "../testing/load.js";
import { boundsIn, factsOf } from "./facts.js";

const findingsIn = (text: string) =>
  compile({ path: "test.ved", text }).diagnostics.map(({ code, message }) => `${code} ${message}`);

const domain = (state: string, members: string) => `const MOST = 9 const LOOK = 5s domain D { state { ${state} } ${members} }`;

describe("a range", () => {
  it.each([
    ["int 0..10", { min: 0, max: 10 }, 0],
    ["int 3..10", { min: 3, max: 10 }, 3],
    ["int -10..-2", { min: -10, max: -2 }, -2],
    ["int 0..MOST", { min: 0, max: 9 }, 0],
    ["int MOST..", { min: 9, max: Number.MAX_SAFE_INTEGER }, 9],
    ["int ..-1_000", { min: Number.MIN_SAFE_INTEGER, max: -1000 }, -1000],
    ["Int 0..10 = 7", { min: 0, max: 10 }, 7],
  ])("`%s` has its ends in it, and begins next to 0", (type, range, initial) => {
    const [field] = programOf(domain(`n: ${type}`, "goal G { predicate n == 5 }")).domains[0]?.fields ?? [];
    expect(field).toMatchObject({ type: "int", range, initial });
  });

  it.each([
    ["n: int 10..0", "VED3025 This is no range of ints: 10 is more than 0."],
    ["n: bool 0..1", "VED3025 This is no range of ints: a bool has none."],
    ["n: int 0..LOOK", "VED3025 This is no range of ints: `LOOK` is a duration."],
    ["n: int 0..MOTS", "VED2028 There is no constant `MOTS`."],
    ["n: int 0..10 = 11", "VED3026 `n` cannot be 11: its range is 0..10."],
    ["n: int 1.. = 0", "VED3026 `n` cannot be 0: its range is 1..."],
  ])("says of `%s` what is wrong", (state, expected) => {
    expect(findingsIn(domain(state, "goal G { predicate n == n }")).filter((each) => /VED[23]/.test(each))).toEqual([expected]);
  });

  it.each([
    ["transition T { n = MOST + 2 }", ["VED3026 `n` cannot be 11: its range is 0..10."]],
    ["transition T { n = MOST + 1 }", []],
    ["transition T { n = 11 }", ["VED3026 `n` cannot be 11: its range is 0..10."]],
    ["effect X.Y(a: int 1..3) transition T { emit X.Y(0) n = 1 }", ["VED3026 `a` cannot be 0: its range is 1..3."]],
    ["transition T { send D Set(-1) n = 1 } on Set(to: int 0..5) { n = to }", ["VED3026 `to` cannot be -1: its range is 0..5."]],
    [
      "transition T { if n > 10 { n = 1 } }",
      ["VED4003 Transition `T` can never do anything.", "VED4002 This condition is always false where it stands."],
    ],
    [
      "transition T { emit X.Y() } on X.Y failed { n += 1 }",
      ["VED4015 `n` may leave its range 0..10 here, and then becomes what is nearest in it."],
    ],
    ["transition T { emit X.Y() } on X.Y failed { if n < 10 { n += 1 } else { n = n / 2 } }", []],
    ["transition T { emit X.Y() } on X.Y done (d: int 0..5) { n = d * 2 }", []],
    ["effect X.Y() transition T { emit X.Y() } on X.Y done (d: int -1..5) { n = max(d, 0) }", []],
  ])("is what `%s` is checked against", (members, expected) => {
    expect(findingsIn(domain("n: int 0..10", `goal G { predicate n == 5 } ${members}`))).toEqual(expected);
  });
});

it("knows between which ints an expression comes out, and never claims what is not so", () => {
  const leaf = fc.constantFrom("a", "b", "c", "3", "-7", "0");
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc
        .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/", "%"), tie("expression"))
        .map(([x, op, y]) => `(${x} ${op} ${y})`),
      fc.tuple(fc.constantFrom("min", "max"), tie("expression"), tie("expression")).map(([name, x, y]) => `${name}(${x}, ${y})`),
      tie("expression").map((x) => `-(${x})`),
    ),
  }));
  const states = fc.record({
    a: fc.integer({ min: -3, max: 12 }),
    b: fc.integer({ min: 1, max: 4 }),
    c: fc.integer({ min: -9, max: -2 }),
  });
  fc.assert(
    fc.property(expression, fc.array(states, { minLength: 20, maxLength: 20 }), (text, samples) => {
      const source = `domain D { state { a: int -3..12, b: int 1..4, c: int -9..-2 } goal G { predicate a == ${text} } }`;
      const [own] = compile({ path: "test.ved", text: source }).program?.domains ?? [];
      const predicate = own?.goals[0]?.predicate;
      // What can only fault was refused.
      if (own === undefined || predicate?.kind !== "comparison") return;
      const { min, max } = boundsIn(predicate.right, factsOf(own.fields));
      for (const state of samples) {
        const value = valueIn(predicate.right, state);
        if (value !== null) expect(Number(value) >= min && Number(value) <= max).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

describe("at run time", () => {
  const text = `effect Net.Set(share: int 0..5)
    domain D {
      state { n: int 0..10, want: int, put: bool }
      goal G { predicate put }
      transition T { if want > 0 { emit Net.Set(want) n += want put = true } }
      on Add(amount: int 1..3) { n += amount }
      on Net.Set failed { n -= want }
    }`;
  const machineOf = async () => prepare((await loadDomains(text)).D?.definition as unknown as Definition, { publishes: true });
  const observe = (machine: Awaited<ReturnType<typeof machineOf>>, facts: Record<string, number>) =>
    react(machine, createInstance(machine, "default", "e"), { type: "observation", now: 0, facts });

  it("an observation outside is refused, and says what could be", async () => {
    const machine = await machineOf();
    expect(observe(machine, { n: 11 }).refused).toBe("n is an int within 0 and 10, not 11");
    expect(observe(machine, { n: 10 }).refused).toBeNull();
  });

  it("what a step would set or emit outside is a fault before anything is dispatched", async () => {
    const machine = await machineOf();
    const reaction = observe(machine, { n: 2, want: 6 });
    expect(reaction.attempts).toEqual([]);
    expect(reaction.events.map(({ type }) => type)).toContain("faulted");
    expect(observe(machine, { n: 2, want: 5 }).attempts).toHaveLength(1);
  });

  it("what a handler of an outcome sets outside becomes what is nearest", async () => {
    const definition = (await loadDomains(text)).D?.definition as unknown as Definition;
    expect(definition.handlers?.find("Net.Set", "failed")?.writes({ n: 2, want: 5, put: false }, "why")).toEqual({ n: 0 });
  });
});
