// The tables agree with the grammar, with what generated code does, and with the runtime.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultKey as keyInRuntime } from "../../runtime-lib/host/instance.js";
import * as runtime from "../../runtime-lib/index.js";
import { defaultPriority as priorityInRuntime } from "../../runtime-lib/kernel/machine.js";
import { parse } from "../1-parse/parse.js";
import { canonicalText } from "../2-check/canonical.js";
import { compile } from "../index.js";
import { loadDomains } from "../testing/load.js";
import { defaultKey, defaultPriority, priorityWords } from "./default.js";
import { units } from "./duration.js";
import { functionRules } from "./function.js";
import { moduleExports, reservedWords, runtimeOperations, runtimeValues } from "./name.js";
import { arithmeticRules, comparisonRules, logicalRules, unaryRules } from "./operator.js";
import type { Type, Value } from "./type.js";

const grammar = readFileSync("compiler/1-parse/ved.ohm", "utf8");

const samples: Readonly<Record<Type, readonly Value[]>> = {
  int: [0, 1, -1, 7, 2 ** 53 - 1, -(2 ** 53 - 1)],
  bool: [true, false],
  string: ["", "a", 'say "it"', "x".repeat(40_000)],
};

describe("the grammar", () => {
  it("reserves the words of the table, and has its units", () => {
    const words = (rule: string) =>
      [...(new RegExp(`\\n  ${rule}[^=\\n]*= (.*)`).exec(grammar)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(([, word]) => word);
    expect(words("reserved")).toEqual([...reservedWords]);
    expect(words("duration")).toEqual(units.map(({ unit }) => unit));
  });

  it("binds operators as tightly as the table says", () => {
    const infix = [...Object.values(logicalRules), ...comparisonRules, ...arithmeticRules];
    for (const looser of infix) {
      for (const tighter of infix.filter((rule) => rule.precedence > looser.precedence)) {
        const text = `domain D { goal G { predicate a ${looser.operator} b ${tighter.operator} c } }`;
        const predicate = parse({ path: "", text }).file.domains[0]?.goals[0]?.predicates[0]?.expression;
        expect(predicate, text).toMatchObject({ kind: kindOf(looser.operator) });
      }
    }
  });
});

function kindOf(operator: string): string {
  if (operator in logicalRules) return "logical";
  return comparisonRules.some((rule) => rule.operator === operator) ? "comparison" : "arithmetic";
}

it("writes whatever is read so that it is read as the same again", () => {
  const atom = fc.constantFrom("a", "b", "1", "min(a, b)", "(a + b)", "-a", "a - (b - 1)", "a * (b + 1)", "(a - b) * 2");
  const comparison = fc.tuple(atom, fc.constantFrom("<", ">=", "=="), atom).map((parts) => parts.join(" "));
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small" },
      comparison,
      fc.constantFrom("c", "!c", "c for 3s", "(c || a > b) for 1m"),
      fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||", "=="), tie("condition"))
        .map(([x, operator, y]) => `(${x}) ${operator} (${y})`),
    ),
  }));
  const textOf = (predicate: string) => {
    const { program } = compile({
      path: "",
      text: `domain D { state { a: int b: int c: bool } goal G { predicate ${predicate} } }`,
    });
    return program === null ? null : canonicalText(program.domains[0]?.goals[0]?.predicate ?? expect.fail());
  };
  fc.assert(
    fc.property(condition, (predicate) => {
      const text = textOf(predicate);
      // Some conditions on constants alone are refused.
      if (text !== null && !text.includes(" for ")) expect(textOf(text)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

describe("an operation comes to the same in the table and in generated code", () => {
  const check = async (
    types: readonly Type[],
    result: string,
    expression: string,
    evaluate: (...args: Value[]) => Value | null,
  ) => {
    const fields = types.map((type, index) => `x${index}: ${type}`).join(" ");
    const { D } = await loadDomains(
      `domain D { state { ${fields} r: ${result} } goal G { predicate false == true } transition T { step { emit E.F(${expression}) } } }`,
    );
    const combinations = types.reduce<Value[][]>(
      (all, type) => all.flatMap((some) => samples[type].map((value) => [...some, value])),
      [[]],
    );
    for (const args of combinations) {
      const state = { ...D?.initial, ...Object.fromEntries(args.map((value, index) => [`x${index}`, value])) };
      const computed = () => D?.transitions.T?.plan(state)?.intents[0]?.args[0];
      const expected = evaluate(...args);
      if (expected === null) expect(computed, expression).toThrow();
      else expect(computed(), `${expression} of ${JSON.stringify(args).slice(0, 80)}`).toBe(expected);
    }
  };

  it.each(arithmeticRules.map((rule) => [`${rule.operator} of ${rule.operands}s`, rule] as const))("%s", async (_, rule) => {
    await check([rule.operands, rule.operands], rule.operands, `x0 ${rule.operator} x1`, (a, b) =>
      rule.evaluate(a ?? "", b ?? ""),
    );
  });

  it.each(comparisonRules.map((rule) => [`${rule.operator} of ${rule.operands}s`, rule] as const))("%s", async (_, rule) => {
    await check([rule.operands, rule.operands], "bool", `x0 ${rule.operator} x1`, (a, b) => rule.evaluate(a ?? "", b ?? ""));
  });

  it.each(Object.values(unaryRules).map((rule) => [rule.operator, rule] as const))("%s", async (_, rule) => {
    await check([rule.operands], rule.operands, `${rule.operator}x0`, (a) => rule.evaluate(a ?? ""));
  });

  it.each(functionRules.map((rule) => [rule.name, rule] as const))("%s", async (_, rule) => {
    const all = rule.parameters.reduce<Type[][]>(
      (lists, types) => lists.flatMap((list) => types.map((type) => [...list, type])),
      [[]],
    );
    for (const types of all) {
      const args = types.map((_type, index) => `x${index}`).join(", ");
      await check(types, rule.result, `${rule.name}(${args})`, (...values) => rule.evaluate(...values));
    }
  });
});

it("agrees with the runtime on what goes without saying, and on what generated code imports", () => {
  expect(defaultKey).toBe(keyInRuntime);
  expect(defaultPriority).toBe(priorityInRuntime);
  expect(priorityWords.normal).toBe(defaultPriority);
  const values = moduleExports.filter((name) => /^(ObservationError|OutcomeUnknown|VedFault)$/.test(name));
  expect(Object.keys(runtime)).toEqual(expect.arrayContaining([...runtimeOperations, ...runtimeValues, ...values]));
});
