import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle, compile } from "../index.js";
import { loadDomains, scratchFolder } from "../testing/load.js";

const terms = Array.from({ length: 10_000 }, (_, index) => index);

describe("a flat chain of ten thousand terms", () => {
  it("of alternatives and of a sum checks and comes out right", async () => {
    const { Long } = await loadDomains(`domain Long {
      state { x: int = 20000  y: int }
      goal Known { predicate (${terms.map((term) => `x == ${term}`).join(" || ")}) && x >= 0 }
      transition Add { step { y = ${terms.map((term) => (term % 2 === 0 ? `x + ${term}` : `y - ${term}`)).join(" + ")} } }
    }`);
    expect(Long?.goals.Known?.({ x: 9999, y: 0 })).toBe(true);
    expect(Long?.goals.Known?.({ x: 10_000, y: 0 })).toBe(false);
    // Each pair of terms is the sum of both fields, less one.
    expect(Long?.transitions.Add?.plan({ x: 3, y: 4 })?.writes).toEqual({ y: 5000 * (3 + 4 - 1) });
  });

  it("builds, also where it is minified", async () => {
    const text = `domain Long {
      state { x: int }
      goal Known { predicate ${terms.map((term) => `x == ${term}`).join(" || ")} }
    }`;
    const { program } = compile({ path: "long.ved", text });
    if (program === null) throw new Error("it is right");
    const path = join(scratchFolder(), "long.ved");
    writeFileSync(path, text);
    const inputs = [{ program, path, name: "long" }];
    for (const minify of [false, true]) {
      const files = await bundle(inputs, { minify, typescript: false, folder: "/dist" });
      expect(files.find((file) => file.path === "long.js")?.text).toContain("9999");
    }
  });
});

it("calls the functions of the language, and joins what a union may be with text", async () => {
  const { Pool } = await loadDomains(`domain Pool {
    state { queue: int  size: "small" | "large"  full: bool  Math: int  String: string }
    goal Sized { predicate min(max(queue / 100, 1), 20) == 3 }
    transition Say {
      step {
        Math = max(queue, 2)
        String = "it is " + size
        emit Log.Write(String + ": " + text(queue) + ", " + text(full && queue > 1), min(Math, 7))
      }
    }
  }`);
  expect([0, 300, 399, 9999].map((queue) => Pool?.goals.Sized?.({ ...Pool.initial, queue }))).toEqual([false, true, true, false]);
  expect(Pool?.transitions.Say?.plan({ ...Pool.initial, queue: 12, full: true })?.intents).toEqual([
    { effect: "Log.Write", args: ["it is small: 12, true", 7] },
  ]);
});
