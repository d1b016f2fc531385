import { type Code, catalogue, isCode } from "../diagnostics/catalogue.js";
import { type Diagnostic, Findings, type Fix, type Source, type Span } from "../diagnostics/diagnostic.js";
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
  const ignores = tokens.flatMap((token, index): Ignore[] => {
    const match = token.kind === "comment" ? shape.exec(token.text) : null;
    if (match === null) return [];
    const [, list = "", reason = ""] = match;
    const named = namesIn(list, token);
    if (named.length === 0 || reason.trim() === "") findings.report("VED4202", token, {}, { notes: [form] });
    const codes = named.flatMap((name) => codeOf(name, findings) ?? []);
    if (reason.trim() === "") return [];
    const line = lineMeant(tokens, index, lines);
    return codes.map((code) => ({ code, reason: reason.trim(), span: spanOf(token), isAlone: named.length === 1, line }));
  });
  return { ignores, diagnostics: findings.all() };
}

const form = "It is written `// vedc-ignore VED4004: why`, with the code of a finding.";

/** What stands where a code is expected. */
interface Named {
  readonly text: string;
  readonly span: Span;
}

function namesIn(list: string, token: Token): Named[] {
  const from = token.start + token.text.indexOf(word) + word.length;
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => {
    return { text, span: { start: from + index, end: from + index + text.length } };
  });
}

/** Gives the code that is named; null where there is none, or none that may be silenced, which is reported. */
function codeOf({ text, span }: Named, findings: Findings): Code | null {
  if (!isCode(text)) {
    findings.report("VED4203", span, { code: text }, { fix: meant(text, span) });
    return null;
  }
  if (isSilenceable(text)) return text;
  findings.report("VED4204", span, { code: text });
  return null;
}

function meant(text: string, span: Span): Fix | null {
  const whole = `VED${text.replace(/^VED/i, "")}`;
  return suggest(isCode(whole) ? whole : text, Object.keys(catalogue).filter(isCode).filter(isSilenceable), span);
}

/** Gives the line that a comment speaks of: its own where code stands before it, or else that of the next code; null: there is none. */
function lineMeant(tokens: readonly Token[], index: number, lines: Lines): number | null {
  const own = lines.at(tokens[index]?.start ?? 0).line;
  const before = codeFrom(tokens, index, -1);
  if (before !== undefined && lines.at(before.end).line === own) return own;
  const next = codeFrom(tokens, index, 1);
  return next === undefined ? null : lines.at(next.start).line;
}

/** Gives the nearest token before (-1) or behind (1) another that is code. */
function codeFrom(tokens: readonly Token[], index: number, step: 1 | -1): Token | undefined {
  let at = index + step;
  while (tokens[at]?.kind === "comment") at += step;
  return tokens[at]?.kind === "end" ? undefined : tokens[at];
}

function spanOf({ start, end }: Token): Span {
  return { start, end };
}
