// biome-ignore-all lint/suspicious/noTemplateCurlyInString: other languages fill in what stands in such strings.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { renderPretty } from "./pretty.js";

/** What is told of a program: the line and the words of the first finding, and all codes. */
type Told = readonly [name: string, line: number, marked: string, ...codes: string[]];

/** Programs as people write them who come from another language. */
const programs: readonly Told[] = [
  ["c-bit-and", 6, "&", "VED1043"],
  ["c-complement", 6, "~", "VED1043"],
  ["c-exclusive-or", 6, "^", "VED1043"],
  ["c-shift", 6, ">>", "VED1043"],
  ["call-in-a-predicate", 3, 'Http.get("/health")', "VED2010"],
  ["chat-line-separator", 1, "\u2028", "VED1020"],
  ["chat-zero-width-space", 2, "\u200b", "VED1020"],
  ["constant-colon", 3, ":", "VED1009"],
  ["constant-duration-with-a-space", 3, "5 s", "VED1001"],
  ["constant-type-first", 3, "int MOST", "VED1009"],
  ["constant-walrus", 3, ":=", "VED1009"],
  ["cue-bounds", 2, "int & >=1 & <=10", "VED1042"],
  ["cue-default", 2, "*", "VED1036"],
  ["define-with-a-type", 3, ": bool", "VED1001"],
  ["define-with-parameters", 3, "define many(n)", "VED1038"],
  ["digit-before-a-name", 2, "2up", "VED1044"],
  ["duration-in-quotes", 3, '"5s"', "VED1001"],
  ["duration-with-a-space", 3, "5 seconds", "VED1001"],
  ["duration-without-a-unit", 3, "5", "VED1001"],
  ["elixir-pipe", 6, "|>", "VED1043"],
  ["elm-if-then-else", 6, "if", "VED1030"],
  ["elm-let-in", 6, "let", "VED1022"],
  ["fullwidth-punctuation", 1, "｛", "VED1009", "VED1009"],
  ["gleam-case", 6, "case", "VED1024"],
  ["go-field-order", 3, "up bool", "VED1036", "VED1036"],
  ["go-short-declaration", 6, ":=", "VED1009"],
  ["hcl-block-with-equals", 2, "=", "VED1039"],
  ["hcl-field-values", 3, "up    =", "VED1036", "VED1036", "VED1036"],
  ["hcl-interpolation", 6, "${region}", "VED1035"],
  ["hcl-list-type", 3, "(string)", "VED1037", "VED1037"],
  ["hcl-predicate-equals", 4, "=", "VED1001"],
  ["hcl-quoted-name", 1, '"Service"', "VED1041", "VED1041"],
  ["hcl-resource", 1, "resource", "VED1038"],
  ["hcl-variable", 1, "variable", "VED1038"],
  ["java-field-order", 3, "boolean up", "VED1036", "VED1036"],
  ["java-map", 2, "<string, int>", "VED1037"],
  ["javascript-array", 6, '["api", "worker"]', "VED1037"],
  ["javascript-arrow", 3, "() =>", "VED1038"],
  ["javascript-assignment-in-if", 6, "=", "VED1008"],
  ["javascript-await", 7, "await", "VED1026"],
  ["javascript-brace-too-many", 7, "}", "VED1033"],
  ["javascript-call", 7, "Process.Start", "VED1031"],
  ["javascript-class", 1, "class", "VED1038"],
  ["javascript-console-log", 6, "console.log", "VED1031"],
  ["javascript-const-in-a-step", 6, "const", "VED1022"],
  ["javascript-for", 6, "for", "VED1025"],
  ["javascript-function", 4, "function", "VED1038"],
  ["javascript-increment", 7, "tries++", "VED1029"],
  ["javascript-let", 6, "let", "VED1022"],
  ["javascript-logical-assignment", 6, "||=", "VED1009"],
  ["javascript-nullish-coalescing", 6, "??", "VED1028"],
  ["javascript-null", 6, "null", "VED1028"],
  ["javascript-object-argument", 6, '{ name: "api", retries: 3 }', "VED1037"],
  ["javascript-one-line-if", 6, "emit", "VED1039"],
  ["javascript-open-brace", 6, "{", "VED1003"],
  ["javascript-open-parenthesis", 6, "(", "VED1032"],
  ["javascript-open-state", 2, "{", "VED1003"],
  ["javascript-placeholder", 6, "${status}", "VED1035"],
  ["javascript-return", 6, "return", "VED1023"],
  ["javascript-set-timeout", 7, "setTimeout", "VED1026"],
  ["javascript-switch", 6, "switch", "VED1024"],
  ["javascript-template-string", 6, "`${name} is down`", "VED1011"],
  ["javascript-template-string-with-an-int", 6, "`${name}: ${tries}`", "VED1011"],
  ["javascript-ternary-in-a-goal", 3, "?", "VED1030"],
  ["javascript-ternary", 6, "?", "VED1030"],
  ["javascript-triple-equals", 6, "===", "VED1009", "VED1009"],
  ["javascript-try-catch", 6, "try", "VED1027"],
  ["javascript-var-field", 3, "var", "VED1022", "VED1022"],
  ["javascript-while", 6, "while", "VED1025"],
  ["lua-not-equal", 6, "~=", "VED1043"],
  ["misspelt-keyword", 3, "gaol", "VED1001", "VED1001"],
  ["number-in-a-domain", 3, "3", "VED1001"],
  ["ocaml-leading-bar", 4, "|", "VED1001"],
  ["office-curly-quotes", 2, "“failed”", "VED1011", "VED1011"],
  ["office-en-dash", 3, "–", "VED1009", "VED1009"],
  ["perl-match", 6, "=~", "VED1043"],
  ["php-dollar", 6, "$up", "VED1021"],
  ["postgres-match", 6, "~", "VED1043"],
  ["python-and-or-not", 3, "and", "VED1009", "VED1009", "VED1009"],
  ["python-blocks", 1, ":", "VED1039"],
  ["python-comment", 1, "#", "VED1034"],
  ["python-conditional", 6, "if", "VED1030"],
  ["python-conditional-assigned", 6, "if", "VED1030"],
  ["python-def", 4, "def", "VED1038"],
  ["python-docstring", 2, '"""Keeps the API up."""', "VED1011"],
  ["python-elif", 8, "elif", "VED1009"],
  ["python-f-string", 6, 'f"{name} is down"', "VED1035"],
  ["python-f-string-with-an-int", 6, 'f"{name}: {tries:>4}"', "VED1035"],
  ["python-float", 2, "float", "VED2004", "VED1013"],
  ["python-floor-division", 6, "//", "VED1009"],
  ["python-floor-division-assigned", 6, "//", "VED1009"],
  ["python-floor-division-in-lines", 6, "//", "VED1009"],
  ["python-if-colon", 6, "not", "VED1009", "VED1039"],
  ["python-in-list", 3, 'in ["running", "idle"]', "VED1037"],
  ["python-is-not", 3, "is not", "VED1009"],
  ["python-len", 3, "len(jobs)", "VED2010"],
  ["python-none", 2, "None", "VED1028"],
  ["python-pass", 7, "pass", "VED1023"],
  ["python-power", 6, "**", "VED1043"],
  ["python-power-assigned", 6, "**=", "VED1043"],
  ["python-print", 6, "print", "VED1031"],
  ["python-raise", 6, "raise", "VED1027"],
  ["python-self", 6, "self.up", "VED2009"],
  ["python-single-quotes", 2, "'failed'", "VED1011", "VED1011"],
  ["python-true", 2, "False", "VED1009", "VED1009"],
  ["quoted-effect", 6, '"Process.Start"', "VED1041"],
  ["range-brackets", 2, "int[0,3]", "VED1042"],
  ["range-half-open-constant", 4, "int 0..<MOST", "VED1042"],
  ["range-hyphen", 2, "int 0-3", "VED1042"],
  ["range-in", 2, "int in 0..3", "VED1042"],
  ["range-parentheses", 2, "int(0..3)", "VED1042"],
  ["range-rust-inclusive", 2, "int 1..=3", "VED1042"],
  ["range-swift-half-open", 2, "int 0..<4", "VED1042"],
  ["range-three-dots", 2, "int 0...3", "VED1042"],
  ["range-without-type", 2, "0..3", "VED1042"],
  ["rego-assignment", 6, ":=", "VED1009"],
  ["rego-default", 3, "default", "VED1038"],
  ["ruby-unless-end", 6, "unless", "VED1024"],
  ["rust-enum", 1, "enum", "VED1038"],
  ["rust-let-mut", 6, "let", "VED1022"],
  ["rust-macro", 6, "println", "VED1031"],
  ["rust-match", 6, "match", "VED1024"],
  ["rust-option", 2, "Option<bool>", "VED1028"],
  ["several-mistakes-in-one-step", 6, "let", "VED1022", "VED1029", "VED1031", "VED1030", "VED1023"],
  ["shell-then-fi", 6, ";", "VED1039"],
  ["sql-check", 2, "int where size >= 1", "VED1042"],
  ["sql-like", 6, "like", "VED1043"],
  ["sql-not-equal", 3, "<>", "VED1009", "VED1009", "VED1009"],
  ["statement-in-a-domain", 4, "if", "VED1040"],
  ["string-in-a-domain", 3, '"keeps it up"', "VED1001"],
  ["tla-connectives", 3, "/\\", "VED1009", "VED1009", "VED1009"],
  ["tla-prime", 6, "up'", "VED1009"],
  ["tla-unchanged", 10, "UNCHANGED tries", "VED1001"],
  ["too-many-equals", 6, "====", "VED1009"],
  ["type-colon", 3, ":", "VED1009"],
  ["typescript-optional-field", 3, "?", "VED1028", "VED1028"],
  ["umlaut-in-a-name", 2, "läuft", "VED1021", "VED1021", "VED1021"],
  ["union-without-quotes", 3, "up | down", "VED1009"],
  ["union-without-quotes-in-a-field", 2, "up | down", "VED1009"],
  ["within-colon", 3, ":", "VED1001"],
  ["word-behind-a-type", 3, "bool", "VED1001"],
  ["yaml-assignment", 8, ":", "VED1009"],
  ["yaml-dashes-in-names", 3, "is-up", "VED1021", "VED1021"],
  ["yaml-document", 1, ":", "VED1039"],
  ["yaml-fields-without-state", 2, "up", "VED1040"],
  ["yaml-list", 4, "-", "VED1037"],
  ["yaml-no-break-spaces", 2, "\u00a0", "VED1020"],
  ["yaml-values-for-types", 3, "up:", "VED1036", "VED1036"],
];

describe("a program as newcomers write it", () => {
  it.each(programs)(
    "%s: the first message is at the right place, and nothing follows from it",
    (name, line, marked, ...codes) => {
      const text = readFileSync(`fixtures/newcomers/${name}.ved`, "utf8");
      const { diagnostics } = compile({ path: `${name}.ved`, text });
      expect(diagnostics.map(({ code }) => code)).toEqual(codes);
      const [first] = diagnostics;
      expect(first === undefined ? null : text.slice(0, first.span.start).split("\n").length).toBe(line);
      expect(first === undefined ? null : text.slice(first.span.start, first.span.end)).toBe(marked);
    },
  );

  it.each(programs.map(([name]) => name))("%s: what is said reads well", async (name) => {
    const text = readFileSync(`fixtures/newcomers/${name}.ved`, "utf8");
    const shown = compile({ path: `${name}.ved`, text }).diagnostics.map((finding) => renderPretty(finding));
    const title = name.replaceAll("-", " ");
    await expect(`# ${title}\n\n\`\`\`ved\n${text}\`\`\`\n\n\`\`\`text\n${shown.join("\n")}\`\`\`\n`).toMatchFileSnapshot(
      `../../snapshots/newcomers/${name}.md`,
    );
  });

  it.each(programs.map(([name]) => name))("%s: a fix that is applied brings up no other syntax error", (name) => {
    const text = readFileSync(`fixtures/newcomers/${name}.ved`, "utf8");
    const errorsIn = (program: string) =>
      compile({ path: `${name}.ved`, text: program }).diagnostics.filter(({ code }) => code.startsWith("VED1"));
    const told = errorsIn(text);
    for (const { fix } of told) {
      if (fix === null) continue;
      const fixed = `${text.slice(0, fix.span.start)}${fix.replacement}${text.slice(fix.span.end)}`;
      expect(told.map(({ message }) => message)).toEqual(expect.arrayContaining(errorsIn(fixed).map(({ message }) => message)));
    }
  });

  it("is in the list, each of them", () => {
    expect(readdirSync("fixtures/newcomers").sort()).toEqual(programs.map(([name]) => `${name}.ved`).sort());
  });
});
