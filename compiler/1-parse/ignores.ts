import { type Code, catalogue, codeMeant, isCode } from "../diagnostics/catalogue.js";
import { type Diagnostic, Findings, type Source, type Span } from "../diagnostics/diagnostic.js";
import { type Ignore, isSilenceable } from "../diagnostics/ignore.js";
import { Lines } from "../diagnostics/position.js";
import { suggest } from "../diagnostics/suggest.js";
import { scan, type Token } from "./scan.js";

/** The comments of a source that silence findings, and what is wrong with those that want to and do not. */
export interface Ignores {
  readonly ignores: readonly Ignore[];
  readonly diagnostics: readonly Diagnostic[];
}

const word = "vedc-ignore";

/** A comment that wants to silence something: what it names, and behind a colon why. */
const shape = new RegExp(`^(?:/{2,}|/\\*+)\\s*${word}(?![\\w-])([^:]*?)(?:\\*/|:([\\s\\S]*?)(?:\\*/)?)?$`);

/** Says whether a comment with this first line speaks to vedc, and documents nothing. */
export function isForVedc(line: string): boolean {
  return line.trimStart().startsWith(word);
}

/**
 * Finds the comments of a source that silence findings on their own line, or on the next one with code.
 * @param scanned the tokens of the source; left out where nobody has them
 */
export function ignoresIn(source: Source, scanned?: readonly Token[]): Ignores {
  if (!source.text.includes(word)) return { ignores: [], diagnostics: [] };
  const findings = new Findings(source);
  // What is wrong with the text is reported where it is parsed.
  const tokens = scanned ?? scan(source.text, new Findings(source)).tokens;
  const lines = new Lines(source.text);
  const code = tokens.filter(({ kind }) => kind !== "comment");
  let passed = 0;
  const ignores = tokens.flatMap((token): Ignore[] => {
    if (token.kind !== "comment") passed += 1;
    const match = token.kind === "comment" ? shape.exec(token.text) : null;
    if (match === null) return [];
    const [, list = "", reason = ""] = match;
    const { named, behind } = namesIn(list, token);
    const hasReason = reason.trim() !== "";
    if (behind !== null) reportMissingColon(behind, findings);
    else if (named.length === 0 || !hasReason) reportMissing(token, named.length > 0, hasReason, findings);
    const codes = named.flatMap((name) => codeOf(name, findings) ?? []);
    if (behind !== null || !hasReason) return [];
    const line = lineMeant(token, code[passed - 1], code[passed], lines);
    return codes.map((each) => ({ code: each, reason: reason.trim(), span: spanOf(token), isAlone: named.length === 1, line }));
  });
  return { ignores, diagnostics: findings.all() };
}

const form = "It is written `// vedc-ignore VED4004: why`, with the code of a finding.";

/** What stands where a code is expected. */
interface Named {
  readonly text: string;
  readonly span: Span;
}

/** What a comment names, and what stands behind that before a colon: the reason, where there is no colon before it. */
interface Names {
  readonly named: readonly Named[];
  readonly behind: Named | null;
}

function namesIn(list: string, token: Token): Names {
  const from = token.start + token.text.indexOf(word) + word.length;
  const all = [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }): Named => {
    return { text, span: { start: from + index, end: from + index + text.length } };
  });
  // A code has a digit in it, also a misspelt one; why something is silenced begins with a word.
  const end = all.findIndex(({ text }, index) => index > 0 && !/\d/.test(text));
  return end < 0 ? { named: all, behind: null } : { named: all.slice(0, end), behind: all[end] ?? null };
}

/** Reports a reason without a colon before it. */
function reportMissingColon({ span }: Named, findings: Findings): void {
  const before = findings.source.text.slice(0, span.start).trimEnd().replace(/,$/, "").length;
  const fix = { message: "Write `:` before the reason.", span: { start: before, end: span.start }, replacement: ": " };
  findings.report("VED4202", span, { missing: "a `:` before the reason" }, { notes: [form], fix });
}

/** Reports a comment that names no code, or gives no reason. */
function reportMissing(token: Token, hasCode: boolean, hasReason: boolean, findings: Findings): void {
  const missing = hasCode ? "a reason" : hasReason ? "a code" : "a code and a reason";
  findings.report("VED4202", token, { missing }, { notes: [form] });
}

/** Gives the code that is named; null where there is none, or none that may be silenced, which is reported. */
function codeOf({ text, span }: Named, findings: Findings): Code | null {
  const code = codeMeant(text);
  if (code === null) {
    const fix = suggest(text, Object.keys(catalogue).filter(isCode).filter(isSilenceable), span);
    findings.report("VED4203", span, { code: text }, { fix });
    return null;
  }
  if (isSilenceable(code)) return code;
  findings.report("VED4204", span, { code });
  return null;
}

/**
 * Gives the line that a comment speaks of: its own where code stands before it, or else that of the next code; null: there is none.
 * @param before the code before the comment, and `next` the one behind it, wherever they stand
 */
function lineMeant(comment: Token, before: Token | undefined, next: Token | undefined, lines: Lines): number | null {
  const own = lines.at(comment.start).line;
  if (before !== undefined && lines.at(before.end).line === own) return own;
  return next === undefined || next.kind === "end" ? null : lines.at(next.start).line;
}

function spanOf({ start, end }: Token): Span {
  return { start, end };
}
