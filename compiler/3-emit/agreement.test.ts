// The compiled predicates, guards and plans agree with an independent walk over the syntax tree, and compile under --strict.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import type * as ast from "../1-parse/ast.js";
import { parse } from "../1-parse/parse.js";
import { compile } from "../index.js";
import { timedDomain } from "../testing/arbitrary-domain.js";
import { arbitraryDomain, commented, talkingProgram } from "../testing/arbitrary-program.js";
import { fault, planIn, rangesOf, realityIn, writesIn } from "../testing/evaluator.js";
import { type AnyDomain, loadDomains, programOf, scratchFolder } from "../testing/load.js";
import { speltOut } from "../testing/spelt-out.js";
import { typeErrors } from "../testing/type-check.js";
import { emit } from "./emit.js";

const domainsPerProgram = 12;
const statesPerDomain = 12;

const program = fc
  .tuple(...Array.from({ length: domainsPerProgram }, (_, index) => arbitraryDomain(`D${index}`)))
  .map((all) => all.join("\n"));

const valueLike = (value: unknown) =>
  typeof value === "number"
    ? fc.constantFrom(0, 1, 2, -1, 7, 2 ** 53 - 1)
    : typeof value === "boolean"
      ? fc.boolean()
      : fc.constantFrom("a", "b", '"quoted"', "", "\u{1F600}\n");

function statesOf(domain: AnyDomain) {
  const shape = Object.fromEntries(Object.entries(domain.initial).map(([field, value]) => [field, valueLike(value)]));
  // Whatever is observed and committed is within the ranges.
  const ranges = (domain.definition as Definition).ranges ?? {};
  const within = (state: State) =>
    Object.entries(ranges).every(([field, { min, max }]) => Number(state[field]) >= min && Number(state[field]) <= max);
  return (fc.record(shape) as fc.Arbitrary<Record<string, string | number | boolean>>).filter(within);
}

/** What a compiled function gives, or `fault` where it throws a VedFault. */
function outcome<T>(compute: () => T): T | typeof fault {
  try {
    return compute();
  } catch (error) {
    expect((error as Error).name).toBe("VedFault");
    return fault;
  }
}

function expectSame(compiled: () => unknown, expected: unknown): void {
  expect(withSends(outcome(compiled))).toEqual(withSends(expected));
}

/** A plan that sends nothing may say so, or not. */
function withSends(result: unknown): unknown {
  return typeof result === "object" && result !== null && "intents" in result ? { sends: [], ...result } : result;
}

/** Compares everything that a domain compiles to with the tree, in one state. */
function compare(node: ast.DomainNode, domain: AnyDomain, state: State): void {
  const given = { amount: 7, loud: true };
  const definition = domain.definition as Definition;
  const ranges = rangesOf(node);
  for (const goal of node.goals) {
    const compiled = domain.goals[goal.name?.text ?? ""];
    const expected = realityIn(goal, state);
    expectSame(() => compiled?.reality(state), expected);
    expectSame(() => compiled?.(state), expected === fault ? fault : expected !== null);
  }
  for (const { name, parameters, steps, body } of node.transitions) {
    const args = parameters === null ? [] : Object.values(given);
    const compiled = definition.transitions[name.text];
    const expected = planIn(steps[0]?.body ?? body, state, parameters === null ? {} : given, ranges);
    expectSame(() => compiled?.plan(state, ...args), expected);
    expectSame(() => compiled?.enabled(state, ...args), expected === fault ? fault : expected !== null);
  }
  for (const { message, body } of node.receivers) {
    const isEvent = "kind" in message;
    const name = isEvent ? message.name.text : message.text;
    const compiled = (isEvent ? definition.hears : definition.receives)?.find((each) => each.name === name);
    expectSame(
      () => compiled?.plan(state, ...(isEvent ? [] : Object.values(given))),
      planIn(body, state, isEvent ? {} : given, ranges),
    );
  }
  for (const { effect, body } of node.handlers) {
    const compiled = definition.handlers?.find(effect.names.map(({ text }) => text).join("."), "failed");
    expectSame(() => compiled?.writes(state, "why"), writesIn(body, state, { why: "why" }, ranges));
  }
}

describe("generated code", () => {
  it.each([
    ["one domain at a time", program, 8],
    ["domains that talk", talkingProgram(6), 8],
    ["comments in every place", commented(talkingProgram(3)), 16],
  ])("agrees with the tree: %s", async (_, programs, numRuns) => {
    const property = fc.asyncProperty(programs, async (text) => {
      const domains = await loadDomains(text);
      for (const node of parse({ path: "test.ved", text }).file.domains.map(speltOut)) {
        const domain = domains[node.name.text];
        if (domain === undefined) throw new Error("every domain is exported");
        for (const state of [domain.initial, ...fc.sample(statesOf(domain), statesPerDomain)]) compare(node, domain, state);
      }
    });
    await fc.assert(property, { numRuns });
  });

  it("is TypeScript that compiles under --strict, whatever the program", () => {
    const folder = scratchFolder();
    const runtime = resolve("lib/runtime-lib/index.js");
    const timed = fc.sample(timedDomain, 60).filter((text) => compile({ path: "test.ved", text }).program !== null);
    const talking = [...fc.sample(talkingProgram(6), 6), ...fc.sample(commented(talkingProgram(3)), 12)];
    const files = [...fc.sample(program, 8), ...timed, ...talking].map((text, index) => {
      const path = join(folder, `program${index}.ts`);
      writeFileSync(path, emit(programOf(text), { runtime, file: "program.js", source: "test.ved" }).text);
      return path;
    });
    expect(typeErrors(files)).toEqual([]);
  });
});
