import { expect, it } from "vitest";
import { compile } from "../index.js";

it("joins a union with a literal that it does not list: only what is compared must be alike", () => {
  const { diagnostics } = compile({
    path: "test.ved",
    text: `domain D {
      state { a: "x" | "y"  told: string }
      goal G { predicate told == "a is " + a || told != "" }
      transition T { step { emit Pager.Page("a is " + a) told = "a is " + a } }
    }`,
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
