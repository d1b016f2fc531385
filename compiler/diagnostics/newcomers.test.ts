// biome-ignore-all lint/suspicious/noTemplateCurlyInString: other languages fill in what stands in such strings.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { renderPretty } from "./pretty.js";

/** What is told of a program: the line and the words of the first finding, and all codes. */
type Told = readonly [name: string, line: number, marked: string, ...codes: string[]];

/** Programs as people write them who come from another language. */
const programs: readonly Told[] = [
  ["after-in-a-domain", 4, "after", "VED1038"],
  ["after-in-a-step", 6, "after", "VED1026"],
  ["c-define", 1, "#define", "VED1038"],
  ["c-include", 1, "#include", "VED1038"],
  ["call-in-a-predicate", 3, 'Http.get("/health")', "VED2010"],
  ["call-to-a-receiver", 7, "to", "VED1001"],
  ["capital-else", 6, "Else", "VED1001"],
  ["capital-emit", 6, "Emit", "VED1001"],
  ["capital-if", 6, "If", "VED1001"],
  ["capital-if-in-parentheses", 6, "If", "VED1001"],
  ["capital-predicate", 3, "Predicate", "VED1001"],
  ["chat-line-separator", 1, "\u2028", "VED1020"],
  ["chat-zero-width-space", 2, "\u200b", "VED1020"],
  ["csharp-base-of-a-domain", 1, ": Base", "VED1040"],
  ["cue-bounds", 2, "&", "VED1040"],
  ["cue-default", 2, "*", "VED1036"],
  ["domain-without-a-name", 1, "{", "VED1001"],
  ["effect-parameter-without-type", 4, "n", "VED1001"],
  ["elif-behind-an-open-block", 6, "{", "VED1003", "VED1009"],
  ["elif-without-braces", 6, "elif", "VED1009", "VED1039"],
  ["elm-if-then-else", 6, "if", "VED1030"],
  ["elm-let-in", 6, "let", "VED1022"],
  ["else-if-behind-an-open-block", 6, "{", "VED1003"],
  ["erlang-bang", 7, "!", "VED1009"],
  ["fullwidth-punctuation", 1, "｛", "VED1009", "VED1009"],
  ["gleam-case", 6, "case", "VED1024"],
  ["go-field-order", 3, "up bool", "VED1036", "VED1036"],
  ["go-named-state", 2, "Foo", "VED1039"],
  ["go-short-declaration", 6, ":=", "VED1009"],
  ["goal-when", 3, "when", "VED1009"],
  ["goal-without-predicate", 3, "up", "VED1040"],
  ["hcl-block-with-equals", 2, "=", "VED1039"],
  ["hcl-depends-on", 4, "depends_on", "VED1038"],
  ["hcl-domain-label", 1, '"eu"', "VED1040"],
  ["hcl-field-values", 3, "up    =", "VED1036", "VED1036", "VED1036"],
  ["hcl-for-each", 4, "for_each", "VED1038"],
  ["hcl-for-each-in-a-system", 12, "for_each", "VED1040"],
  ["hcl-heredoc", 4, "<<EOF\nHello there\nEOF", "VED1011"],
  ["hcl-interpolation", 6, "${region}", "VED1035"],
  ["hcl-list-type", 3, "(string)", "VED1037", "VED1037"],
  ["hcl-predicate-equals", 4, "=", "VED1001"],
  ["hcl-quoted-domain", 1, '"Svc"', "VED1041"],
  ["hcl-quoted-name", 1, '"Service"', "VED1041", "VED1041"],
  ["hcl-resource", 1, "resource", "VED1038"],
  ["hcl-variable", 1, "variable", "VED1038"],
  ["if-without-braces", 6, "emit", "VED1039"],
  ["invariant-with-a-colon", 4, "n < 3", "VED1001"],
  ["invariant-without-a-name", 4, "n < 3", "VED1001"],
  ["java-annotated-domain", 1, "@domain", "VED1001"],
  ["java-extends", 1, "extends Base", "VED1040"],
  ["java-field-order", 3, "boolean up", "VED1036", "VED1036"],
  ["java-implements", 1, "implements A, B", "VED1040"],
  ["java-modifiers", 2, "private", "VED1038"],
  ["java-parameter-of-a-domain", 1, "(region: string)", "VED1040"],
  ["java-retry-annotation", 4, "@retry", "VED1040"],
  ["javascript-array", 6, '["api", "worker"]', "VED1037"],
  ["javascript-arrow", 3, "() =>", "VED1038"],
  ["javascript-arrow-function", 4, "() =>", "VED1038"],
  ["javascript-arrow-with-parameters", 1, "(x) =>", "VED1038"],
  ["javascript-assignment-in-if", 6, "=", "VED1008"],
  ["javascript-await", 7, "await", "VED1026"],
  ["javascript-brace-too-many", 7, "}", "VED1033"],
  ["javascript-call", 7, "Process.Start", "VED1031"],
  ["javascript-class", 1, "class", "VED1038"],
  ["javascript-console-log", 6, "console.log", "VED1031"],
  ["javascript-const-in-a-step", 6, "const", "VED1022"],
  ["javascript-for", 6, "for", "VED1025"],
  ["javascript-function", 4, "function", "VED1038"],
  ["javascript-includes", 3, "[1, 2].contains(n)", "VED1037"],
  ["javascript-increment", 7, "tries++", "VED1029"],
  ["javascript-let", 6, "let", "VED1022"],
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
  ["javascript-ternary-in-a-goal", 3, "?", "VED1030"],
  ["javascript-ternary", 6, "?", "VED1030"],
  ["javascript-triple-equals", 6, "===", "VED1009", "VED1009"],
  ["javascript-try-catch", 6, "try", "VED1027"],
  ["javascript-var-field", 3, "var", "VED1022", "VED1022"],
  ["javascript-while", 6, "while", "VED1025"],
  ["message-to-a-receiver", 7, "to", "VED1001"],
  ["message-to-an-instance", 7, "to", "VED1001"],
  ["misspelt-else", 6, "esle", "VED1001"],
  ["misspelt-emit", 6, "emti", "VED1001"],
  ["misspelt-if", 6, "iff", "VED1001"],
  ["misspelt-keyword", 3, "gaol", "VED1001", "VED1001"],
  ["misspelt-send", 7, "sned", "VED1001"],
  ["office-curly-quotes", 2, "“failed”", "VED1011", "VED1011"],
  ["office-en-dash", 3, "–", "VED1009", "VED1009"],
  ["outcome-before-its-effect", 4, "failed", "VED1001"],
  ["outcome-without-type", 4, "e", "VED1001"],
  ["parameter-of-a-system", 11, "(x: int)", "VED1040"],
  ["perl-elsif", 7, "elsif", "VED1009"],
  ["php-dollar", 6, "$up", "VED1021"],
  ["php-elseif", 6, "elseif", "VED1009"],
  ["python-and-or-not", 3, "and", "VED1009", "VED1009", "VED1009"],
  ["python-blocks", 1, ":", "VED1039"],
  ["python-comment", 1, "#", "VED1034"],
  ["python-conditional", 6, "if", "VED1030"],
  ["python-contains-in-a-step", 6, "[1, 2].contains(n)", "VED1037"],
  ["python-def", 4, "def", "VED1038"],
  ["python-docstring", 2, '"""Keeps the API up."""', "VED1011"],
  ["python-elif", 8, "elif", "VED1009"],
  ["python-f-string", 6, 'f"{name} is down"', "VED1035"],
  ["python-float", 2, "0.05", "VED1013", "VED1013"],
  ["python-for-in-a-system", 12, "for", "VED1040"],
  ["python-from-import", 1, "from", "VED1038"],
  ["python-if-colon", 6, "not", "VED1009", "VED1039"],
  ["python-in-list", 3, 'in ["running", "idle"]', "VED1037"],
  ["python-is-not", 3, "is not", "VED1009"],
  ["python-len", 3, "len(jobs)", "VED2010"],
  ["python-none", 2, "None", "VED1028"],
  ["python-pass", 7, "pass", "VED1023"],
  ["python-print", 6, "print", "VED1031"],
  ["python-raise", 6, "raise", "VED1027"],
  ["python-self", 6, "self.up", "VED2009"],
  ["python-single-quotes", 2, "'failed'", "VED1011", "VED1011"],
  ["python-true", 2, "False", "VED1009", "VED1009"],
  ["quoted-effect", 6, '"Process.Start"', "VED1041"],
  ["rego-assignment", 6, ":=", "VED1009"],
  ["rego-default", 3, "default", "VED1038"],
  ["retry-annotation-of-an-emit", 6, "@retry", "VED1040"],
  ["retry-in-a-step", 6, "retry", "VED1040"],
  ["ruby-unless-end", 6, "unless", "VED1024"],
  ["rust-derive", 1, "#[derive(Debug)]", "VED1038"],
  ["rust-effect-result", 4, "-> string", "VED1040"],
  ["rust-enum", 1, "enum", "VED1038"],
  ["rust-let-mut", 6, "let", "VED1022"],
  ["rust-macro", 6, "println", "VED1031"],
  ["rust-match", 6, "match", "VED1024"],
  ["several-domain-heads", 1, "export", "VED1038", "VED1040", "VED1040"],
  ["several-mistakes-in-one-step", 6, "let", "VED1022", "VED1029", "VED1031", "VED1030", "VED1023"],
  ["shell-heredoc", 6, "<<EOF\n        Hello\n        EOF", "VED1011"],
  ["shell-then-fi", 6, ";", "VED1039"],
  ["sql-capitals", 6, "IF", "VED1001"],
  ["sql-not-equal", 3, "<>", "VED1009", "VED1009", "VED1009"],
  ["start-as-a-call", 12, "()", "VED1001"],
  ["start-with-a-dot", 12, ".", "VED1001"],
  ["start-with-colons", 12, ":", "VED1009"],
  ["start-with-parentheses", 12, "(", "VED1001"],
  ["statement-in-a-domain", 4, "if", "VED1040"],
  ["string-over-lines-before-more", 6, '"Hello,', "VED1002"],
  ["string-over-two-lines", 6, '"Hello', "VED1002"],
  ["tla-connectives", 3, "/\\", "VED1009", "VED1009", "VED1009"],
  ["tla-eventually", 4, "eventually", "VED1038"],
  ["tla-eventually-in-a-goal", 3, "eventually", "VED1009"],
  ["tla-prime", 6, "up'", "VED1009"],
  ["tla-unchanged", 10, "UNCHANGED tries", "VED1001"],
  ["typescript-effect-result", 4, ": string", "VED1040"],
  ["typescript-export", 1, "export", "VED1038"],
  ["typescript-export-default", 1, "export default", "VED1038"],
  ["typescript-generic-domain", 1, "<T>", "VED1040"],
  ["typescript-key-of-a-domain", 1, "[region: string]", "VED1040"],
  ["typescript-optional-field", 3, "?", "VED1028", "VED1028"],
  ["umlaut-in-a-name", 2, "läuft", "VED1021", "VED1021", "VED1021"],
  ["yaml-assignment", 8, ":", "VED1009"],
  ["yaml-dashes-in-names", 3, "is-up", "VED1021", "VED1021"],
  ["yaml-document", 1, ":", "VED1039"],
  ["yaml-domain-colon", 1, ":", "VED1001"],
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

  it.each(programs.map(([name]) => name))("%s: a fix does away with what it is for", (name) => {
    const text = readFileSync(`fixtures/newcomers/${name}.ved`, "utf8");
    const { diagnostics } = compile({ path: `${name}.ved`, text });
    for (const { code, span, fix } of diagnostics) {
      if (fix === null) continue;
      const mended = text.slice(0, fix.span.start) + fix.replacement + text.slice(fix.span.end);
      const after = compile({ path: `${name}.ved`, text: mended }).diagnostics;
      expect(after.filter((found) => found.code === code && found.span.start === span.start)).toEqual([]);
      // One may be left that was hidden: of what a file is full of only the first is told.
      expect(after.filter((found) => found.code.startsWith("VED1")).length).toBeLessThanOrEqual(diagnostics.length);
    }
  });

  it("is in the list, each of them", () => {
    expect(readdirSync("fixtures/newcomers").sort()).toEqual(programs.map(([name]) => `${name}.ved`).sort());
  });
});
