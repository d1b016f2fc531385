// All programs of the project: that they can be formatted, and that those which people read are.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scribbled } from "../../testing/arbitrary-layout.js";
import { programsIn } from "../../testing/corpus.js";
import { expectWellFormatted, formatted, isReadable } from "../../testing/formatting.js";
import { format } from "./format.js";

const all = programsIn(
  "fixtures",
  "examples",
  "docs",
  "snapshots",
  "bench",
  "runtime-lib",
  "compiler/diagnostics/pages",
  "README.md",
);
const programs = [...new Map(all.map((program) => [program.text, program])).values()];
const readable = programs.filter(({ text }) => isReadable(text));
const unreadable = programs.filter(({ text }) => !isReadable(text));

describe("of all programs", () => {
  it.each(readable)("keeps the syntax tree and the comments, and is done at once: $name", ({ text }) =>
    expectWellFormatted(text),
  );

  it("keeps them with comments and line breaks here and there", () => {
    const program = fc.constantFrom(...readable).map(({ text }) => text);
    fc.assert(fc.property(scribbled(program), expectWellFormatted), { numRuns: 300 });
  });

  it.each(unreadable)("says what is wrong, and gives no text: $name", ({ text }) => {
    const { text: none, diagnostics } = format({ path: "some.ved", text });
    expect(none).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});

// The repaired program differs from the one that it repairs in nothing but the repair.
const asPrinted = ["examples/failover/repaired.ved"];
const read = programsIn("examples", "docs", "README.md", "bench", "runtime-lib").filter(({ name }) => !asPrinted.includes(name));

it.each(read)("is what stands in $name", ({ text }) => expect(text).toBe(formatted(text)));
