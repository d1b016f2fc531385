import { describe, expect, it } from "vitest";
import { compile, heededHints } from "../index.js";

function suggestedFor(values: readonly string[]): readonly string[] {
  const compared = values.map((value) => `mode == ${JSON.stringify(value)}`).join(" || ");
  const text = `domain D {
    state { mode: string = ${JSON.stringify(values[0])}, on: bool }
    goal G { predicate on || ${compared} }
    transition T { step { if !on { emit X() on = true } } }
  }`;
  const { program } = compile({ path: "test.ved", text });
  const hints = program === null ? [] : heededHints(program).diagnostics;
  return hints.flatMap(({ code, fix }) => (code === "VED4101" && fix !== null ? [fix.replacement] : []));
}

describe("a union is suggested for strings that are only compared", () => {
  it("where it is one that can be read", () => {
    expect(suggestedFor(["a", "b", "c"])).toEqual(['"a" | "b" | "c"']);
  });

  it("but not where it has very many members, or is very long", () => {
    expect(suggestedFor(Array.from({ length: 13 }, (_, index) => `m${index}`))).toEqual([]);
    expect(suggestedFor(["a", "x".repeat(100_000)])).toEqual([]);
  });
});
