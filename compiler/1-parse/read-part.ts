import { type Diagnostic, Findings, type Kept, kept, type Source, type Span } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import type { FileNode } from "./ast.js";
import { type Match, match } from "./match.js";
import { Recovery } from "./recover.js";
import { type Survey, survey } from "./survey.js";

/** What came of reading a part of a file; spans are those of the text that it was read in. */
export interface ReadPart extends Survey {
  /** Where the part began in that text. */
  readonly start: number;
  /** What could be read of it; null: it has more syntax errors than are looked for. */
  readonly file: FileNode | null;
  /** What was found each time that it did not match: nothing where that followed from what was known. */
  readonly failures: readonly (readonly Kept[])[];
}

/** A text that is read part by part. */
export interface Reading {
  readonly source: Source;
  /** What is read: `source` with harmless text in the place of what was reported, and brackets that match. */
  readonly text: string;
  /** What is reported already. */
  readonly reported: readonly Diagnostic[];
}

/** More syntax errors than this are not looked for in one file. */
export const maxErrors = 20;

/** Reads the text of a part that may match, and begins at `start`. Gives null where it does not match. */
export function readMatching(text: string, start: number): ReadPart | null {
  const result = match(text);
  if (result.kind === "failure") return null;
  const file = moved(result.file, start);
  return { start, file, failures: [], ...survey(file) };
}

/**
 * Reads a part that does not match: explains where it does not, and mends it or leaves something out, until it does. Gives null
 * where what is wrong cannot be told without what follows the part.
 */
export function readBroken({ source, text: whole, reported }: Reading, part: Span): ReadPart | null {
  const findings = new Findings(source);
  const recovery = new Recovery(part, within(reported, part), findings);
  const isLast = part.end === whole.length;
  const failures: (readonly Kept[])[] = [];
  let text = whole;
  while (failures.length < maxErrors) {
    const result: Match = match(text, part);
    if (result.kind === "tree") return { start: part.start, file: result.file, failures, ...survey(result.file) };
    if (result.position >= part.end && !isLast) return null;
    const before = findings.all();
    text = recovery.afterFailure(text, result.position, result.expected);
    failures.push(kept(findings.all().filter((found) => !before.includes(found))));
  }
  return { start: part.start, file: null, failures, tooDeep: null, marked: [] };
}

/** Gives what is reported in a part. */
export function within(reported: readonly Diagnostic[], { start, end }: Span): readonly Diagnostic[] {
  return reported.filter(({ span }) => span.start >= start && span.start <= end);
}
