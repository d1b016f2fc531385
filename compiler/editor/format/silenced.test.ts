// Formatting leaves silenced what a program silences, and nothing else.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, hints } from "../../index.js";
import { expectWellFormatted, formatted, meaningOf } from "../../testing/formatting.js";
import { programOf } from "../../testing/load.js";

const ignore = "vedc-ignore VED4004: the page shows it";
const goal = "goal Up { predicate up } transition Start { step { if !up { emit Process.Start() up = true } } }";
const long = "version_of_the_service_that_is_shown_on_the_page: int, version_that_it_had_before_it_was_restarted: int";

/** What is shown and what is silenced of a program, each by its code, in the order of the source. */
function heard(text: string) {
  const { diagnostics, silenced } = compile({ path: "service.ved", text });
  return { shown: diagnostics.map(({ code }) => code), silenced: silenced.map(({ diagnostic }) => diagnostic.code) };
}

describe("what is silenced stays so", () => {
  it.each([
    ["behind a whole program", `domain Service { state { up: bool, version: int } ${goal} } // ${ignore}`],
    ["between stars in it", `domain Service { state { up: bool, version: int } /* ${ignore} */ ${goal} }`],
    ["behind a line that is too long", `domain Service {\n state { up: bool, ${long} } // ${ignore}\n ${goal} }`],
    ["above a line that is too long", `domain Service {\n // ${ignore}\n state { up: bool, ${long} }\n ${goal} }`],
  ])("%s", (_, text) => {
    expect(heard(text).shown).toEqual([]);
    expect(heard(formatted(text))).toEqual(heard(text));
    expectWellFormatted(text);
  });

  it("and what is not is shown, also where it would fit on the line", () => {
    const text = `domain Service {\n// ${ignore}\nstate { up: bool, version: int,\nother: int }\n${goal} }`;
    expect(heard(text)).toEqual({ shown: ["VED4004"], silenced: ["VED4004"] });
    expect(heard(formatted(text))).toEqual(heard(text));
  });

  it("in a hint", () => {
    const text = `domain Service { state { mode: string = "a" } goal B { predicate mode == "b" } transition Go { step { if mode != "b" { emit Mode.Set("b") mode = "b" } } } } // vedc-ignore VED4101: others may set more modes`;
    expect(hints(programOf(text))).toEqual([]);
    expect(hints(programOf(formatted(text)))).toEqual([]);
  });

  it("where the comment would have to move, for which all stays as it is", () => {
    const text = `domain Service {\n state { up: bool }\n goal Up { predicate up }\n transition Start { step { if !up {\n emit // ${ignore}\n Process.Start() up = true } } } }\n`;
    expect(formatted(text)).toBe(text);
    expect(formatted(text.replaceAll("\n", "\r\n"))).toBe(text);
  });

  it("wherever such comments and line breaks are", () => {
    const words =
      "domain Service { state { up : bool, a: int, b: int, c: int } goal Up { predicate ( up && ( a < 3 ) ) } transition Start { step { if ( !up ) { emit Process.Start ( a , up ) up = true } else { b = a + 1 } } } }".split(
        " ",
      );
    const gap = fc.oneof(
      { weight: 12, arbitrary: fc.constant(" ") },
      { weight: 2, arbitrary: fc.constantFrom("\n", "\n\n", " // note\n") },
      { weight: 1, arbitrary: fc.constantFrom(` // ${ignore}\n`, `\n// ${ignore}\n`, ` /* ${ignore} */ `, `\n/* ${ignore} */ `) },
    );
    const program = fc
      .array(gap, { minLength: words.length, maxLength: words.length })
      .map((gaps) => words.map((word, index) => word + gaps[index]).join(""));
    fc.assert(
      fc.property(program, (text) => {
        const once = formatted(text);
        expect(heard(once)).toEqual(heard(text));
        expect(meaningOf(once)).toEqual(meaningOf(text));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 150 },
    );
  });
});
