import type { Findings, Related } from "../diagnostics/diagnostic.js";
import { areMatched, partners, type Unmatched, unmatchedBrackets } from "./brackets.js";
import { tokensOf } from "./scan.js";
import { stretchesOf } from "./split.js";
import { blank, spanOf, type Token } from "./token.js";

/** A text whose brackets match, and its tokens, which are no comments. */
export interface Mended {
  readonly text: string;
  readonly code: readonly Token[];
}

/**
 * Reports brackets that are never closed, and those that close nothing. Gives the text with brackets that match: what is missing
 * is put in, what is too much is taken out, and offsets stay as they are. Each domain is looked at by itself, so that one in which
 * nothing is wrong stays as it is.
 */
export function matchBrackets(masked: string, code: readonly Token[], findings: Findings): Mended {
  if (areMatched(code)) return { text: masked, code };
  let text = masked;
  const stretches = stretchesOf(code);
  const mended = stretches.flatMap((stretch, index) => {
    if (areMatched(stretch)) return stretch;
    const [next] = stretches[index + 1] ?? [];
    const start = stretch[0]?.start ?? 0;
    const tokens = tokensOf(text, { start, end: next?.start ?? text.length });
    text = mendedIn(text, next === undefined ? tokens : [...tokens.slice(0, -1), next], findings);
    const own = tokensOf(text, { start, end: next?.start ?? text.length });
    return next === undefined ? own : own.slice(0, -1);
  });
  return { text, code: mended };
}

/** Mends the brackets of some tokens; the last one is behind all that belongs to them. */
function mendedIn(masked: string, tokens: readonly Token[], findings: Findings): string {
  const unmatched = unmatchedBrackets(findings.source.text, tokens);
  let text = masked;
  for (const { index, missedAt } of unmatched) {
    const token = tokens[index];
    if (token === undefined || missedAt !== null) continue;
    reportClosing(token, findings);
    text = placed(text, token.start, token.end, " ");
  }
  for (const [missedAt, open] of groupedByPlace(unmatched)) {
    reportOpen(tokens, open, missedAt, findings);
    text = withClosing(text, tokens, open, missedAt);
  }
  return text;
}

/** Groups opening brackets by the token before which they should have been closed. */
function groupedByPlace(unmatched: readonly Unmatched[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { index, missedAt } of unmatched) {
    if (missedAt !== null) groups.set(missedAt, [...(groups.get(missedAt) ?? []), index]);
  }
  return groups;
}

function reportClosing(token: Token, findings: Findings): void {
  const span = spanOf(token);
  const fix = { message: "Take it out.", span, replacement: "" };
  findings.report("VED1033", span, { bracket: token.text }, { fix });
}

/** Reports the innermost of brackets that should have been closed in one place. */
function reportOpen(tokens: readonly Token[], open: readonly number[], missedAt: number, findings: Findings): void {
  const [index = 0, ...around] = [...open].reverse();
  const [token, missed] = [tokens[index], tokens[missedAt]];
  if (token === undefined || missed === undefined) return;
  if (isTaken(token, missed, findings)) return;
  const close = partners[token.text] ?? "}";
  const there = { span: spanOf(missed), message: `a \`${close}\` is missing before this` };
  const others = around.flatMap((each): Related[] => {
    const other = tokens[each];
    return other === undefined ? [] : [{ span: spanOf(other), message: "this is not closed either" }];
  });
  const related = missed.kind === "end" ? others : [...others, there];
  const verb = missed.kind === "word" ? "begins" : "comes";
  const found = missed.kind === "end" ? "the file ends" : `\`${missed.text}\` ${verb}`;
  if (token.text !== "{") findings.report("VED1032", spanOf(token), { bracket: token.text, close, found }, { related });
  else findings.report("VED1003", spanOf(token), { block: headOf(tokens, index), found }, { related });
}

/** Says whether a comment or a string that never ends has taken what would have closed a bracket. */
function isTaken(open: Token, missed: Token, findings: Findings): boolean {
  const { text } = findings.source;
  return findings.all().some(({ code, span }) => {
    const isOnLine = span.start > open.start && !text.slice(open.end, span.start).includes("\n");
    return (code === "VED1004" && missed.kind === "end") || (code === "VED1002" && isOnLine);
  });
}

/** Names what a `{` belongs to: `` `goal Up` ``, `` `if` ``. */
function headOf(tokens: readonly Token[], index: number): string {
  const words: string[] = [];
  for (let at = index - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token === undefined || /^[{};]$/.test(token.text)) break;
    words.unshift(token.text);
    if (
      /^(?:domain|system|goal|transition|invariant|effect|step|if|else|on|state|strategy|payload|import|start)$/.test(token.text)
    ) {
      const isNamed = /^(?:domain|system|goal|transition|invariant|step)$/.test(token.text) && words.length > 1;
      return isNamed ? `\`${words.slice(0, 2).join(" ")}\`` : `\`${words[0]}\``;
    }
  }
  return "this `{`";
}

/** Closes brackets, the outermost first in `open`, before a token; those for which there is no room go with all that is in them. */
function withClosing(text: string, tokens: readonly Token[], open: readonly number[], missedAt: number): string {
  const closing = (indices: readonly number[]) =>
    indices
      .map((index) => partners[tokens[index]?.text ?? ""] ?? "}")
      .reverse()
      .join("");
  const [before, missed] = [tokens[missedAt - 1], tokens[missedAt]];
  if (before === undefined || missed === undefined) return text;
  if (missed.kind === "end") return `${text}\n${closing(open)}`;
  let from = before.end;
  let kept = open;
  while (kept.length > missed.start - from) {
    from = tokens[kept.at(-1) ?? 0]?.start ?? from;
    kept = kept.slice(0, -1);
  }
  return placed(text, from, missed.start, closing(kept));
}

/** Puts a text, and blanks behind it, into a place. */
function placed(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + blank(text.slice(start + replacement.length, end)) + text.slice(end);
}
