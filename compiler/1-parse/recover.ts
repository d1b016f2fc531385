import type { Diagnostic, Findings, Span } from "../diagnostics/diagnostic.js";
import { findAnchors } from "./declarations.js";
import { explainFailure } from "./explain-failure.js";
import type { Explanation } from "./explanation.js";
import { Failure } from "./failure.js";
import { tokensOf } from "./scan.js";
import { type Patch, patched, without } from "./token.js";

/** Mistakes that a whole file is written in: they are told once. */
export const toldOnce: ReadonlySet<string> = new Set(["VED1039"]);

/**
 * The way on after a syntax error in a part of a file: it reports the error, then mends it where it is known what is meant; else it
 * leaves out the field, statement or clause that holds it, and where that does not help the declaration around it (panic mode).
 * Offsets stay as they are.
 */
export class Recovery {
  /** The lines of which something was left out: what else cannot be read on them follows from that. */
  readonly #quiet: number[] = [];
  readonly #tried = new Set<number>();

  /**
   * @param part what is read of the text
   * @param reported what is reported in it already
   */
  constructor(
    private readonly part: Span,
    private readonly reported: readonly Diagnostic[],
    private readonly findings: Findings,
  ) {
    this.#quiet.push(...reported.map(({ span }) => span.start));
  }

  /** Reports why `text` did not match from `position` on, and returns a text that gets further. */
  afterFailure(text: string, position: number, expected: readonly string[]): string {
    const tokens = tokensOf(text, this.part);
    const index = tokens.findIndex((token) => token.end > position || token.kind === "end");
    const failure = new Failure(tokens, index, expected, text, this.findings.source.text);
    const explained = explainFailure(failure);
    const isNew = !this.#isConsequence(failure, explained);
    if (isNew) explained.report(this.findings);
    if (explained.repair !== null && isNew) return patched(text, [explained.repair]);
    this.#quiet.push(explained.span.start, failure.token.start);
    return patched(text, [this.#leftOut(failure)]);
  }

  /**
   * Says whether an error follows from one that is reported already: at the same place, on a line of which something was left out,
   * at the end of the part, at a bracket that was added there, or of a kind that is told once.
   */
  #isConsequence(failure: Failure, { code, span }: Explanation): boolean {
    const { token, source } = failure;
    const all = [...this.reported, ...this.findings.all()];
    if (token.kind === "end" && all.length > 0) return true;
    if (failure.isAdded() && span.end > token.start) return true;
    if (toldOnce.has(code) && all.some((found) => found.code === code)) return true;
    if (all.some((found) => found.span.start === span.start && found.code === code)) return true;
    return this.#quiet.some((place) => {
      const [from, to] = place < token.start ? [place, token.start] : [token.start, place];
      return !source.slice(from, to).includes("\n");
    });
  }

  /** Gives what is left out: the item that holds the error, or else the declaration around it. */
  #leftOut(failure: Failure): Patch {
    const { itemStart, itemEnd, masked } = failure;
    const { start } = failure.at(itemStart);
    const hasBlock = failure.item().some(({ text }) => text === "{");
    if (itemEnd > itemStart && !(failure.block === "file" && hasBlock) && !this.#tried.has(start)) {
      this.#tried.add(start);
      return without(masked, failure.span(itemStart, itemEnd - 1));
    }
    return without(masked, this.#declarationAround(failure));
  }

  /** Gives the declaration around a place, or else everything up to the next place where one can begin. */
  #declarationAround(failure: Failure) {
    const { tokens, index, layout } = failure;
    const anchors = findAnchors(tokens, layout);
    const endOf = (start: number) =>
      endOfBlock(failure, start, anchors.find((anchor) => anchor.index > start)?.index ?? tokens.length);
    const member = anchors.findLast((anchor) => anchor.index <= index);
    const end = member === undefined || member.isDomain ? index : endOf(member.index);
    const isInside = member !== undefined && index < end;
    const start = isInside ? member.index : index;
    return failure.span(start, (isInside ? end : endOf(index)) - 1);
  }
}

/**
 * Says where what begins at a token ends: behind its block, before a `}` that closes what is around it, or at the next
 * declaration.
 */
function endOfBlock(failure: Failure, start: number, limit: number): number {
  let depth = 0;
  for (let index = start; index < limit; index += 1) {
    const { text } = failure.at(index);
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    if (text === "}" && depth <= 0) return depth === 0 || index === start ? index + 1 : index;
  }
  return limit;
}
