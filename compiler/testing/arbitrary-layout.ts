import fc from "fast-check";
import { scan } from "../1-parse/scan.js";
import { Findings } from "../diagnostics/diagnostic.js";
import { hostile } from "./hostile-text.js";

// Programs as people leave them: a comment here, a line break there, and the rest as it was.

const hostileLine = hostile.replaceAll("\n", "");

const comments = [
  "// note\n",
  "// note \t\n\n",
  "\n// above\n",
  "\n\n// apart\n\n",
  "\n// one\n// two\n",
  `// ${hostileLine}\n`,
  `/* ${hostile} */`,
  "/* note */",
  "/* note */\n",
  "\n/* above */\n",
  "\n/* before */",
  "/* two\n   lines */",
  "\n/**\n   * starred\n     * lines\n */\n",
  "/* one */ /* two */",
  "/* one */ // two\n",
  "//\n",
  "/**/",
];

const spaces = ["\n", "\n\n\n", " ", "\r\n", "\r\n\r\n", "\t \f"];

const change = fc.oneof(
  fc.constantFrom(...comments).map((comment) => ` ${comment} `),
  fc.constantFrom(...spaces),
);

/** Puts a few comments and other white space between the words of a program, which stays the same. */
export function scribbled(program: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const changes = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), change), { maxLength: 8 });
  return fc.tuple(program, changes).map(([text, all]) => {
    const { tokens } = scan(text, new Findings({ path: "", text }));
    const places = all.map(([part, added]) => ({ offset: offsetAt(part, tokens), added }));
    return places
      .sort((a, b) => b.offset - a.offset)
      .reduce((changed, { offset, added }) => changed.slice(0, offset) + added + changed.slice(offset), text);
  });
}

/** Gives where a word begins, the one that lies so far in the program. */
function offsetAt(part: number, tokens: readonly { readonly start: number }[]): number {
  return tokens[Math.floor(part * (tokens.length - 1))]?.start ?? 0;
}
