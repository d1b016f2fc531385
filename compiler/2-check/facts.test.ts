// What the checker claims to know is so in every state (soundness), found out by trying states.
import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "../1-parse/parse.js";
import { compile } from "../index.js";
import { nearestIn } from "../language/type.js";
import { arbitraryDomain } from "../testing/arbitrary-program.js";
import { fault, realityIn } from "../testing/evaluator.js";
import { programOf } from "../testing/load.js";
import { speltOut } from "../testing/spelt-out.js";
import { assume, evaluate, factsOf, noFacts } from "./facts.js";

const values = {
  int: [0, 1, 2, -1, 7, 2 ** 53 - 1],
  bool: [true, false],
  string: ["a", "b", '"quoted"', "", "\u{1F600}\n", "z"],
};

it("never claims what some state contradicts", () => {
  fc.assert(
    fc.property(arbitraryDomain("A"), fc.infiniteStream(fc.nat(100)), (text, choices) => {
      const goals = parse({ path: "test.ved", text }).file.domains.map(speltOut)[0]?.goals ?? [];
      const [domain] = programOf(text).domains;
      const facts = factsOf(domain?.fields ?? []);
      for (const [index, goal] of (domain?.goals ?? []).entries()) {
        const [claim, canHold, canFail] = [
          evaluate(goal.predicate, facts),
          assume(goal.predicate, true, facts) !== null,
          assume(goal.predicate, false, facts) !== null,
        ];
        for (let round = 0; round < 30; round += 1) {
          const pick = <T>(from: readonly T[]) => from[(choices.next().value ?? 0) % from.length];
          const state = Object.fromEntries(
            (domain?.fields ?? []).map(({ name, type, range }) => {
              const value = pick<string | number | boolean>(values[type]) ?? 0;
              return [name, range === undefined ? value : nearestIn(range, Number(value))];
            }),
          );
          const node = goals[index];
          const reality = node === undefined ? null : realityIn(node, state);
          if (reality === fault) continue;
          if (claim !== null) expect(reality !== null).toBe(claim);
          expect(reality !== null ? canHold : canFail).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
});

it("knows what follows from a condition that is compared with a constant", () => {
  const [domain] = programOf('domain D { state { s: string } goal G { predicate true != ("a" != s) } }').domains;
  const predicate = domain?.goals[0]?.predicate;
  if (predicate === undefined) throw new Error("the domain has a goal");
  expect(assume(predicate, true, noFacts)?.get("s")).toEqual({ kind: "in", values: ["a"] });
});

it("knows which strings a union lists, also after one was assigned from another", () => {
  const text = `domain D {
    state { s: "a" | "b", t: "b" | "c" | "a" = "b" }
    goal G { predicate s != "a" || t == "b" }
    transition T { step { t = s if t == "c" { t = "a" } } }
  }`;
  const found = compile({ path: "test.ved", text }).diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(found).toEqual(["VED4002: This condition is always false where it stands."]);
});
