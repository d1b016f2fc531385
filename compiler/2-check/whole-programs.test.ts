import { expect, it } from "vitest";
import { compileAll } from "../index.js";
import { wholePrograms } from "./whole-programs.js";

/** Gives the programs that files are run as, with the domains that are looked at with each. */
function wholes(files: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const programs = compileAll(sources).flatMap(({ program }) => program ?? []);
  expect(programs).toHaveLength(sources.length);
  return Object.fromEntries(wholePrograms(programs).map(({ program, own }) => [program.source.path, own]));
}

/** A domain, behind what is imported from other files. */
function domain(name: string, ...imports: readonly string[]): string {
  const lines = imports.map((other) => `import { ${other} } from "./${other.toLowerCase()}.ved"`);
  return `${lines.join(" ")} domain ${name} { state { n: int } goal G { predicate n == 0 } transition T { if n != 0 { n = 0 } } }`;
}

it("are files that import nothing, each by itself", () => {
  expect(wholes({ "a.ved": domain("A"), "b.ved": domain("B") })).toEqual({ "a.ved": ["A"], "b.ved": ["B"] });
});

it("take in what they import, from whatever file", () => {
  const files = { "a.ved": domain("A", "B"), "b.ved": domain("B", "C"), "c.ved": domain("C") };
  expect(wholes(files)).toEqual({ "a.ved": ["A", "B", "C"] });
});

it("are one for files that import each other: that with the `system`, or the first", () => {
  expect(wholes({ "a.ved": domain("A", "B"), "b.ved": domain("B", "A") })).toEqual({ "a.ved": ["A", "B"] });
  const files = { "a.ved": domain("A", "B"), "b.ved": `system Main { start A["x"] } ${domain("B", "A")}` };
  expect(wholes(files)).toEqual({ "b.ved": ["B", "A"] });
});

it("are one for each `system`, and look at what each starts, and with the first at what none does", () => {
  const starting = (start: string) => `import { A, V } from "./a.ved" system Main { start ${start} }`;
  const files = {
    "a.ved": `${domain("A")} ${domain("V")} ${domain("U")}`,
    "x.ved": starting("A"),
    "y.ved": starting('A["y"] start V'),
  };
  expect(wholes(files)).toEqual({ "x.ved": ["A", "U"], "y.ved": ["A", "V"] });
});

it("are none where files have only constants and types", () => {
  expect(wholes({ "a.ved": domain("A"), "z.ved": "const Z = 1 type T = int" })).toEqual({ "a.ved": ["A"] });
});
