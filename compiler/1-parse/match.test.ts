import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as ohm from "ohm-js";
import { describe, expect, it } from "vitest";
import { Findings } from "../diagnostics/diagnostic.js";
import { arbitraryDomain, commented } from "../testing/arbitrary-program.js";
import type { FileNode } from "./ast.js";
import { match } from "./match.js";
import { scan } from "./scan.js";
import { joined, partsOf } from "./split.js";

/** The grammar as it stands there, of a text's characters. */
const textGrammar = ohm.grammar(readFileSync("compiler/1-parse/ved.ohm", "utf8"));

type Outcome = { readonly kind: "tree" } | { readonly kind: "failure"; readonly token: number; readonly expected: Set<string> };

/** What comes of a text, as far as both grammars can say it: which token is in the way. */
function outcomesOf(text: string): Outcome[] {
  const { tokens } = scan(text, new Findings({ path: "a.ved", text }));
  const code = tokens.filter(({ kind }) => kind !== "comment");
  const tokenAt = (position: number) => code.findIndex(({ kind, end }) => kind === "end" || end > position);
  const byCharacters = textGrammar.match(text);
  const byTokens = match(text);
  return [
    byCharacters.failed()
      ? failed(tokenAt(byCharacters.getRightmostFailurePosition()), expectedBy(byCharacters))
      : { kind: "tree" },
    byTokens.kind === "tree" ? { kind: "tree" } : failed(tokenAt(byTokens.position), byTokens.expected),
  ];
}

function failed(token: number, expected: readonly string[]): Outcome {
  // Between tokens there are no comments any more.
  return { kind: "failure", token, expected: new Set(expected.filter((text) => !/^(\/[/*]|not any character)$/.test(text))) };
}

function expectedBy(result: ohm.FailedMatchResult): string[] {
  // Ohm 17 has this method, and its types lack it.
  const { getRightmostFailures } = result as ohm.FailedMatchResult & { getRightmostFailures(): { getText(): string }[] };
  return getRightmostFailures.call(result).map((one) => one.getText());
}

// Without `==` and `::`, of which the grammar of characters takes half where `=` or `:` may stand.
const words = [
  "domain",
  "state",
  "goal",
  "step",
  "emit",
  "else",
  "x",
  "7",
  "5s",
  '"s"',
  "{",
  "}",
  "(",
  ")",
  ":",
  "=",
  "<=",
  "&&",
];
const later = [
  "scope",
  "test",
  "capability { a }",
  "deploy A\n",
  "@version 2",
  "slice",
  "// note\n",
  "/* note */",
  "\n",
  "-",
  "!",
];

/** A program in which some tokens were replaced, dropped or added. */
const mutated = fc
  .tuple(
    fc.oneof(arbitraryDomain("A"), commented(arbitraryDomain("A"))),
    fc.array(fc.record({ at: fc.nat(), drop: fc.nat(2), insert: fc.constantFrom("", ...words, ...later) }), { maxLength: 3 }),
  )
  .map(([program, mutations]) => {
    const { tokens } = scan(program, new Findings({ path: "a.ved", text: program }));
    return mutations.reduce((text, { at, drop, insert }) => {
      const start = tokens[at % tokens.length]?.start ?? 0;
      const end = tokens[(at % tokens.length) + drop]?.start ?? start;
      return end < text.length ? `${text.slice(0, start)} ${insert} ${text.slice(end)}` : text;
    }, program);
  })
  .filter((text) => {
    const findings = new Findings({ path: "a.ved", text });
    scan(text, findings);
    return findings.all().length === 0;
  });

describe("the grammar of tokens", () => {
  it("takes what the grammar of characters takes, and stops at the same token for the same reasons", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const [byCharacters, byTokens] = outcomesOf(text);
        expect(byTokens).toEqual(byCharacters);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    "@version 2 /* two\nlines */ 6\n",
    "@version 2 /* two\nlines */ 6 // note\n",
    "@version 2 /* two\nlines */\n6",
    "scope\nx = 1\nconst y = 2\n",
    "scope // note\n/* note */\nx = 1\nconst y = 2\n",
    "scope x scope\nconst y = 2\n",
    "state { test: int = 0, scope: int = 1\n} const y\n = 2\n",
    "transition T { slice\nstep { test\n= 1 } } const test =\n1 transition U { slice\nstep { test\n= 1 } }",
  ])("ends what belongs to a later level where its line ends: %j", (later) => {
    const [byCharacters, byTokens] = outcomesOf(`domain A {\n${later} state { step: int = 0 }\n}`);
    expect(byTokens).toEqual(byCharacters);
  });

  it("takes a file part by part as it takes it whole", () => {
    fc.assert(
      fc.property(fc.array(mutated, { maxLength: 3 }), (texts) => {
        const text = texts.join("\n");
        const whole = match(text);
        const { tokens } = scan(text, new Findings({ path: "a.ved", text }));
        const parts = partsOf(tokens, text.length).map((part) => match(text, part));
        expect(parts.every(({ kind }) => kind === "tree")).toBe(whole.kind === "tree");
        if (whole.kind === "failure") return;
        const file = joined(
          parts.flatMap((part) => (part.kind === "tree" ? [part.file] : [])),
          text.length,
        );
        expect({ ...file, span: null }).toEqual({ ...whole.file, span: null });
      }),
      { numRuns: 60 },
    );
  });

  it("gives spans and texts of the source", () => {
    const text = "  // é\n\ndomain  A {\n  state { step : int = 12 // n\n }\n  goal G { predicate step  ==  -7 }\n}\n";
    const result = match(text);
    if (result.kind === "failure") throw new Error(`it fails at ${result.position}`);
    const [domain] = result.file.domains;
    const [field] = domain?.states[0]?.fields ?? [];
    const of = ({ span }: Pick<FileNode, "span">) => text.slice(span.start, span.end);
    expect(domain && of(domain)).toBe(text.trim().slice("// é\n\n".length));
    expect([field?.name.text, field && of(field)]).toEqual(["step", "step : int = 12"]);
  });
});
