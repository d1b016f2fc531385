import type { Findings } from "../diagnostics/diagnostic.js";
import { explainFailure } from "./explain-failure.js";
import { blank, type Token } from "./scan.js";

/**
 * A declaration in the token stream: `domain X {`, `goal X {`, `transition X {` or `state {`; `invariant X`, `effect X`, `on X`, `const X` and the like.
 */
interface Anchor {
  readonly index: number;
  readonly isDomain: boolean;
}

/**
 * The way on after a syntax error (panic mode, with declarations as the points to resynchronise): it reports the error, then
 * blanks the declaration that holds it, or closes the block that was left open. Offsets stay as they are.
 */
export class Recovery {
  readonly #tokens: readonly Token[];
  readonly #anchors: readonly Anchor[];

  constructor(
    tokens: readonly Token[],
    private readonly findings: Findings,
  ) {
    this.#tokens = tokens.filter((token) => token.kind !== "comment");
    this.#anchors = findAnchors(this.#tokens, findings.source.text);
  }

  /** Reports why `text` did not match from `position` on, and returns a text that gets further. */
  afterFailure(text: string, position: number, expected: readonly string[]): string {
    const index = this.#tokens.findIndex((token) => token.end > position || token.kind === "end");
    const token = this.#tokens[index];
    if (token === undefined) return "";
    const open = this.#unclosedBefore(index, text);
    const anchor = this.#anchors.find((candidate) => candidate.index === index);
    const isStuck = token.kind === "end" || (anchor !== undefined && !expected.includes(`\`${token.text}\``));
    if (isStuck && open !== undefined) {
      this.#reportOpenBlock(open, token);
      return closeBefore(text, token.start);
    }
    if (!this.#isConsequence(token)) explainFailure({ tokens: this.#tokens, index, expected }, this.findings);
    return this.#withoutDeclarationAt(text, index);
  }

  #reportOpenBlock(open: Token, missedAt: Token): void {
    const isReported = this.findings.all().some((error) => error.code === "VED1003" && error.span.start === open.start);
    if (isReported || this.#isConsequence(missedAt)) return;
    const span = { start: open.start, end: open.end };
    if (missedAt.kind === "end") return this.findings.report("VED1003", span, { found: "the file ends" });
    const related = [{ span: missedAt, message: "a `}` is missing before this" }];
    this.findings.report("VED1003", span, { found: `\`${missedAt.text}\` begins` }, { related });
  }

  /**
   * Says whether an error follows from one that is reported already: on the same line, at the end of the file, or behind a
   * comment that never ends.
   */
  #isConsequence(token: Token): boolean {
    const { text } = this.findings.source;
    if (token.kind === "end" && this.findings.all().length > 0) return true;
    return this.findings.all().some(({ code, span }) => {
      if (code === "VED1004") return token.kind === "end";
      const [from, to] = span.start < token.start ? [span.start, token.start] : [token.start, span.start];
      return !text.slice(from, to).includes("\n");
    });
  }

  #unclosedBefore(index: number, text: string): Token | undefined {
    const open: Token[] = [];
    for (const token of this.#tokens.slice(0, index)) {
      if (text.charAt(token.start) !== token.text) continue;
      if (token.text === "{") open.push(token);
      if (token.text === "}") open.pop();
    }
    return open.at(-1);
  }

  /** Blanks the member around a token, or else everything up to the next place where a declaration can begin. */
  #withoutDeclarationAt(text: string, index: number): string {
    const member = this.#anchors.findLast((anchor) => anchor.index <= index);
    const end = member === undefined || member.isDomain ? index : this.#endOfBlock(member.index);
    const isInside = member !== undefined && index < end;
    const start = this.#tokens[isInside ? member.index : index]?.start ?? 0;
    const stop = this.#tokens[(isInside ? end : this.#endOfBlock(index)) - 1]?.end ?? text.length;
    return text.slice(0, start) + blank(text.slice(start, stop)) + text.slice(stop);
  }

  /**
   * Says where what begins at a token ends: behind its block, before a `}` that closes what is around it, or at the next
   * declaration.
   */
  #endOfBlock(start: number): number {
    const limit = this.#nextAnchor(start + 1);
    let depth = 0;
    for (let index = start; index < limit; index += 1) {
      const text = this.#tokens[index]?.text;
      if (text === "{") depth += 1;
      if (text === "}") depth -= 1;
      if (text === "}" && depth <= 0) return depth === 0 || index === start ? index + 1 : index;
    }
    return limit;
  }

  #nextAnchor(from: number): number {
    return this.#anchors.find((anchor) => anchor.index >= from)?.index ?? this.#tokens.length;
  }
}

function findAnchors(tokens: readonly Token[], source: string): Anchor[] {
  return tokens.flatMap((token, index) => {
    if (
      beginsLine(tokens, index, source) &&
      /^(invariant|effect|on|import|start|const|type|define)$/.test(token.text) &&
      isNamedOrOpen(tokens[index + 1])
    ) {
      return [{ index, isDomain: false }];
    }
    const named = /^(domain|goal|transition|system)$/.test(token.text) && tokens[index + 1]?.kind === "word";
    const next = tokens[index + (named ? 2 : 1)]?.text;
    const brace = next === "{" || (token.text === "transition" && next === "(");
    const canBegin = /^[{};,]?$/.test(tokens[index - 1]?.text ?? "") || named;
    const isAnchor = brace && canBegin && (named || token.text === "state");
    return isAnchor ? [{ index, isDomain: token.text === "domain" || token.text === "system" }] : [];
  });
}

function isNamedOrOpen(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.text === "{";
}

/** Says whether a token begins a line or stands behind what ends another member, as members that need no block must. */
function beginsLine(tokens: readonly Token[], index: number, source: string): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (before === undefined || token === undefined || /^[{};,]$/.test(before.text)) return true;
  return source.slice(before.end, token.start).includes("\n");
}

/** Puts a `}` into the white space before an offset, or at the end; without room for it, gives up what stands before. */
function closeBefore(text: string, offset: number): string {
  if (offset >= text.length) return `${text}}`;
  const before = text.slice(0, offset);
  return (/\s$/.test(before) ? `${before.slice(0, -1)}}` : blank(before)) + text.slice(offset);
}
