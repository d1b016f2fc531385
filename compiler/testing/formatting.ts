import { expect } from "vitest";
import { parse } from "../1-parse/parse.js";
import { scan } from "../1-parse/scan.js";
import { Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { format } from "../editor/format/format.js";

/** Formats a text that has no syntax error. */
export function formatted(text: string): string {
  const result = format({ path: "some.ved", text });
  if (result.text === null) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.text;
}

/** Says whether a text has no syntax error. */
export function isReadable(text: string): boolean {
  return !hasErrors(parse({ path: "some.ved", text }).diagnostics);
}

/** Gives what formatting a text must not change: its syntax tree without spans, and its comments without their margins. */
export function meaningOf(text: string) {
  const source = { path: "some.ved", text: text.replaceAll("\r\n", "\n") };
  const { file } = parse(source);
  const comments = scan(source.text, new Findings(source)).tokens.filter(({ kind }) => kind === "comment");
  return {
    tree: JSON.parse(JSON.stringify(file, (name, value: unknown) => (name === "span" ? undefined : value))) as unknown,
    comments: comments.map((comment) => comment.text.split("\n").map((line) => line.trim())),
  };
}

/** Expects that a text keeps its meaning when it is formatted, that the style is kept, and that nothing is left to do then. */
export function expectWellFormatted(text: string): void {
  const once = formatted(text);
  expect(meaningOf(once)).toEqual(meaningOf(text));
  expect(formatted(once)).toBe(once);
  expect(once).not.toMatch(/[ \t]\n|\r\n|\n\n\n|^\n|\n\n$/);
  expect(once).toMatch(/^$|[^\n]\n$/);
}
