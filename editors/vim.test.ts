import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { scratchFolder } from "../compiler/testing/load.js";
import { type Lexeme, lexemesOf, lineOf, programs } from "./programs.js";
import { vimText } from "./vim.js";

// `npx vitest run editors -u` writes the file anew.
it("is what lies in vim/", async () => {
  await expect(vimText()).toMatchFileSnapshot(resolve("editors/vim/syntax/ved.vim"));
});

/** Asks Vim for the groups of places in files: for each place `[line, column]`, both from 1 on, one name. */
const script = `
set nocompatible
set runtimepath^=editors/vim
filetype plugin on
syntax on
let s:answers = []
for [path, places] in json_decode(join(readfile($VED_PLACES), ""))
  execute "edit" fnameescape(path)
  call add(s:answers, map(copy(places), {_, place -> synIDattr(synID(place[0], place[1], 1), "name")}))
endfor
call writefile([json_encode({"filetype": &filetype, "commentstring": &commentstring, "groups": s:answers})], $VED_ANSWERS)
quitall!
`;

const hasVim = /\+syntax/.test(spawnSync("vim", ["--version"], { encoding: "utf8" }).stdout ?? "");

interface Answers {
  readonly filetype: string;
  readonly commentstring: string;
  readonly groups: readonly (readonly string[])[];
}

/** Gives the groups of places, file by file, and what Vim took the last file for. */
function askVim(files: readonly (readonly [string, readonly (readonly [number, number])[]])[]): Answers {
  const folder = scratchFolder();
  const [places, answers, source] = [join(folder, "places.json"), join(folder, "answers.json"), join(folder, "ask.vim")];
  writeFileSync(places, JSON.stringify(files));
  writeFileSync(source, script);
  const env = { ...process.env, VED_PLACES: places, VED_ANSWERS: answers };
  execFileSync("vim", ["-es", "-u", "NONE", "-i", "NONE", "-n", "-S", source], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  // It is what the script wrote.
  return JSON.parse(readFileSync(answers, "utf8")) as Answers;
}

const expected: Readonly<Record<Lexeme["kind"], RegExp>> = {
  comment: /^ved(?:Comment|Todo)$/,
  string: /^vedString$/,
  name: /^(?:ved(?:Name|Effect|Event|Fields|Function|Priority))?$/,
  keyword: /^ved(?:Annotation|Boolean|Clause|Conditional|Declaration|Event|Itself|Later|Outcome|Priority|Statement|Timed)$/,
  word: /^/,
};

it.skipIf(!hasVim)("colours programs as the parser reads them, in Vim itself", () => {
  const files = programs.map(([path, text]) => ({ path, text, lexemes: lexemesOf(path, text) }));
  const { filetype, commentstring, groups } = askVim(
    files.map(({ path, text, lexemes }) => [path, lexemes.map(({ offset }) => placeOf(text, offset))]),
  );
  expect({ filetype, commentstring }).toEqual({ filetype: "ved", commentstring: "// %s" });
  const wrong = files.flatMap(({ path, text, lexemes }, file) =>
    lexemes
      .map((lexeme, index) => ({ ...lexeme, group: groups[file]?.[index] ?? "nothing" }))
      .filter(({ kind, group }) => !expected[kind].test(group))
      .map(({ text: word, offset, group }) => `${path}:${lineOf(text, offset)}: ${word} is ${group}`),
  );
  expect(wrong).toEqual([]);
});

/** Gives line and column of an offset as Vim counts them: from 1 on, and columns in bytes. */
function placeOf(text: string, offset: number): [number, number] {
  const before = text.slice(0, offset);
  return [lineOf(text, offset), Buffer.byteLength(before.slice(before.lastIndexOf("\n") + 1)) + 1];
}
