// The compiled predicates, guards and plans agree with an independent walk over the syntax tree, and compile under --strict.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "../1-parse/parse.js";
import { compile } from "../index.js";
import { timedDomain } from "../testing/arbitrary-domain.js";
import { arbitraryDomain } from "../testing/arbitrary-program.js";
import { fault, planIn, realityIn } from "../testing/evaluator.js";
import { type AnyDomain, loadDomains, programOf, scratchFolder } from "../testing/load.js";
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
  return fc.record(shape) as fc.Arbitrary<Record<string, string | number | boolean>>;
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

it("agrees with the tree on generated programs and states", async () => {
  await fc.assert(
    fc.asyncProperty(program, async (text) => {
      const domains = await loadDomains(text);
      for (const node of parse({ path: "test.ved", text }).file.domains) {
        const domain = domains[node.name.text];
        if (domain === undefined) throw new Error("every domain is exported");
        for (const state of [domain.initial, ...fc.sample(statesOf(domain), statesPerDomain)]) {
          for (const goal of node.goals) {
            const compiled = domain.goals[goal.name?.text ?? ""];
            const expected = realityIn(goal, state);
            expect(outcome(() => compiled?.reality(state))).toEqual(expected);
            expect(outcome(() => compiled?.(state))).toEqual(expected === fault ? fault : expected !== null);
          }
          for (const transition of node.transitions) {
            const compiled = domain.transitions[transition.name.text];
            const expected = planIn(transition, state);
            expect(outcome(() => compiled?.plan(state))).toEqual(expected);
            expect(outcome(() => compiled?.enabled(state))).toEqual(expected === fault ? fault : expected !== null);
          }
        }
      }
    }),
    { numRuns: 12 },
  );
});

it("is TypeScript that compiles under --strict, whatever the program", () => {
  const folder = scratchFolder();
  const runtime = resolve("lib/runtime-lib/index.js");
  const timed = fc.sample(timedDomain, 60).filter((text) => compile({ path: "test.ved", text }).program !== null);
  const files = [...fc.sample(program, 12), ...timed].map((text, index) => {
    const path = join(folder, `program${index}.ts`);
    writeFileSync(path, emit(programOf(text), { runtime, file: "program.js", source: "test.ved" }).text);
    return path;
  });
  expect(typeErrors(files)).toEqual([]);
});
