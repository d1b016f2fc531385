import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { scratchFolder } from "../compiler/testing/load.js";
import { programs } from "./programs.js";

const extension = "editors/vscode";
const read = (path: string): unknown => JSON.parse(readFileSync(join(extension, path), "utf8"));

/** Of the extension's files, which the tests below read first, what is asked for here. */
const { contributes } = read("package.json") as {
  readonly contributes: {
    readonly languages: readonly { readonly configuration: string; readonly extensions: readonly string[] }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
};
const { indentationRules, wordPattern } = read("language-configuration.json") as {
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly wordPattern: string;
};

it("has the files that its manifest names, and the license of the project", () => {
  const [language] = contributes.languages;
  expect(language).toMatchObject({ id: "ved", extensions: [".ved"] });
  for (const { path, scopeName } of contributes.grammars) expect(read(path)).toMatchObject({ scopeName });
  expect(readFileSync(join(extension, "LICENSE"), "utf8")).toBe(readFileSync("LICENSE", "utf8"));
});

it("indents after a line with a bracket that it leaves open, and takes back a line that begins with one that closes", () => {
  const [increase, decrease] = [
    new RegExp(indentationRules.increaseIndentPattern),
    new RegExp(indentationRules.decreaseIndentPattern),
  ];
  const lines = programs.flatMap(([path, text]) =>
    withoutComments(text).map((line, index) => ({ line, at: `${path}:${index + 1}` })),
  );
  expect(lines.filter(({ line }) => increase.test(line) !== isLeftOpen(line))).toEqual([]);
  expect(lines.filter(({ line }) => decrease.test(line) !== /^[})\]]/.test(line.trim()))).toEqual([]);
  for (const line of ['emit Log.Write("{")', "// {", "if a { b = 1 } // {", 'x = "\\"{"'])
    expect(increase.test(line), line).toBe(false);
  for (const line of ["state { // what's seen", 'emit Log.Write("}",', "} else {"]) expect(increase.test(line), line).toBe(true);
});

/** Gives the lines of a program; what stands in comments over several lines is no concern of an indentation rule. */
function withoutComments(text: string): string[] {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " ")).split("\n");
}

/** Says whether a line leaves a bracket open: counted, without what stands in strings and comments. */
function isLeftOpen(line: string): boolean {
  let open = 0;
  for (const [bracket] of line.replace(/"(?:\\.|[^"\\])*"|\/\/.*/g, "").matchAll(/[{}()[\]]/g)) {
    open = "{([".includes(bracket) ? open + 1 : Math.max(0, open - 1);
  }
  return open > 0;
}

it("takes a name, an annotation or a duration for one word", () => {
  const words = (text: string) => text.match(new RegExp(wordPattern, "g"));
  expect(words("@priority(high) state.left_2 for 1_000ms")).toEqual(["@priority", "high", "state", "left_2", "for", "1_000ms"]);
});

const vsce = resolve(extension, "node_modules/@vscode/vsce/vsce");

it.skipIf(!existsSync(vsce))("is packed without a network", () => {
  const file = join(scratchFolder(), "ved.vsix");
  const offline = { ...process.env, HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
  const said = execFileSync(process.execPath, [vsce, "package", "--no-dependencies", "--out", file], {
    cwd: extension,
    env: offline,
    encoding: "utf8",
  });
  expect(existsSync(file)).toBe(true);
  for (const { path } of contributes.grammars) expect(said).toContain(path.split("/").at(-1));
  expect(said).not.toContain("node_modules");
});
