import { readdirSync, readFileSync } from "node:fs";
import { parse } from "../compiler/index.js";
import { keywords } from "./words.js";

// What the parser says of the project's programs: a second opinion on what an editor shows.

/** A comment, a string or a word of a program, and what the parser takes it for. */
export interface Lexeme {
  readonly offset: number;
  readonly text: string;
  /** A `name` may be any word; a `keyword` is a word of the language that is no name where it stands. */
  readonly kind: "comment" | "string" | "name" | "keyword" | "word";
}

/** The programs in fixtures/ and examples/, by their paths; without those that newcomers write wrong on purpose. */
export const programs: readonly (readonly [string, string])[] = ["fixtures", "examples"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ved") && !name.startsWith("newcomers"))
    .map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, "utf8")] as const),
);

const known: ReadonlySet<string> = new Set(Object.values(keywords).flat());

/** Gives the comments, strings and words of a program, in their order. */
export function lexemesOf(path: string, text: string): Lexeme[] {
  const names = new Set(namesOf(parse({ path, text }).file, text));
  const found = text.matchAll(/(\/\/.*|\/\*[\s\S]*?\*\/)|("(?:\\.|[^"\\\n])*")|@?[A-Za-z_]\w*/g);
  return [...found].map(({ 0: word, 1: comment, 2: string, index }) => {
    const kind = names.has(index) ? "name" : known.has(word) ? "keyword" : "word";
    return { offset: index, text: word, kind: comment !== undefined ? "comment" : string !== undefined ? "string" : kind };
  });
}

/** Gives where the names of a tree stand. A domain without `domain` is called after its file: its name stands nowhere. */
function* namesOf(node: unknown, text: string): Generator<number> {
  if (typeof node !== "object" || node === null) return;
  if (isName(node) && text.startsWith(node.text, node.span.start)) yield node.span.start;
  for (const child of Object.values(node)) yield* namesOf(child, text);
}

function isName(node: object): node is { readonly text: string; readonly span: { readonly start: number } } {
  return "text" in node && "span" in node && !("kind" in node);
}

/** Gives the line of an offset, from 1 on. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
