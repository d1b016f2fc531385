import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { type Lexeme, lexemesOf, lineOf, programs } from "./programs.js";
import { grammarText } from "./textmate.js";
import { grammarPath, tokenizer } from "./tokens.js";

// `npx vitest run editors -u` writes the grammar anew.
it("is what the extension ships", async () => {
  await expect(grammarText()).toMatchFileSnapshot(resolve(grammarPath));
});

it("gives the scopes that the files in scopes/ expect", () => {
  const files = readdirSync("editors/scopes").map((name) => `editors/scopes/${name}`);
  expect(files.length).toBeGreaterThan(0);
  const command = resolve("node_modules/vscode-tmgrammar-test/dist/unit.js");
  expect(() => execFileSync(process.execPath, [command, "-g", grammarPath, ...files], { stdio: "pipe" })).not.toThrow();
});

const expected: Readonly<Record<Lexeme["kind"], RegExp>> = {
  comment: / comment\./,
  string: / string\./,
  name: / (?:entity\.name|variable|support|constant\.language\.priority)\S*$/,
  keyword: / (?:keyword|storage|constant\.language|variable\.language|support)\.\S*$/,
  word: /./,
};

it("colours all programs as the parser reads them: its names are no keywords, and every other word of the language is one", async () => {
  const tokenize = await tokenizer();
  const wrong = programs.flatMap(([path, text]) => {
    const { scopes, open } = tokenize(text);
    const misread = lexemesOf(path, text).filter(({ kind, offset }) => !expected[kind].test(scopes[offset] ?? ""));
    const left = open.length > 1 ? [`${path}: ${open.join(" ")} is open at its end`] : [];
    return [...misread.map((each) => `${path}:${lineOf(text, each.offset)}: ${each.text} is ${scopes[each.offset]}`), ...left];
  });
  expect(wrong).toEqual([]);
});
