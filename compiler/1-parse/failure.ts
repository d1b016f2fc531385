import type { Span } from "../diagnostics/diagnostic.js";
import { assignsAt } from "./brackets.js";
import { fileWords, memberWords } from "./declarations.js";
import { Layout } from "./layout.js";
import type { Token } from "./token.js";

/** What stands between the braces around a place. */
export type Block = "file" | "domain" | "system" | "state" | "goal" | "transition" | "body" | "other";

/** Where parsing could not go on, with what helps to say why. */
export class Failure {
  /** Where the text cannot be read. */
  readonly token: Token;
  /** What kind of block this is in. */
  readonly block: Block;
  /** The index of the block's `{`; -1 in a file. */
  readonly open: number;
  /** The index at which the field, statement, clause or declaration begins that cannot be read. */
  readonly itemStart: number;
  /** The index behind it. */
  readonly itemEnd: number;
  readonly layout: Layout;

  /**
   * @param tokens what is left of the text, without comments; its brackets match
   * @param index the index of the offending token
   * @param expected the grammar's own words for what would have been welcome
   * @param masked the text that could not be read
   * @param source the text as it was written; offsets are the same
   */
  constructor(
    readonly tokens: readonly Token[],
    readonly index: number,
    readonly expected: readonly string[],
    readonly masked: string,
    readonly source: string,
  ) {
    this.layout = new Layout(source, tokens);
    this.token = this.at(index);
    const blocks = blocksAround(tokens, index);
    const innermost = blocks.at(-1);
    this.block = innermost?.block ?? "file";
    this.open = innermost?.index ?? -1;
    // What is not whole cannot end before this: the item before is meant.
    const isWhole = expected.some((text) => text === "}" || text === "end of input");
    this.itemStart = this.#itemStart(isWhole || index === this.open + 1 ? index : index - 1);
    this.itemEnd = this.#itemEnd();
  }

  /** Gives a token; the end of the file beyond both ends. */
  at(index: number): Token {
    const end = this.source.length;
    return this.tokens[index] ?? { kind: "end", text: "", start: end, end };
  }

  /** Says whether what cannot be read is a bracket that nobody wrote: it was added, for that one is missing is reported already. */
  isAdded(): boolean {
    const { text, start, end } = this.token;
    return /^[)\]}]$/.test(text) && this.source.slice(start, end) !== text;
  }

  /** Gives the tokens of the field, statement, clause or declaration that cannot be read. */
  item(): readonly Token[] {
    return this.tokens.slice(this.itemStart, this.itemEnd);
  }

  /** Gives the place from one token to another. */
  span(from: number, to: number): Span {
    return { start: this.at(from).start, end: this.at(Math.max(from, to)).end };
  }

  /** Gives a part of the source as it was written. */
  text(from: number, to: number): string {
    const { start, end } = this.span(from, to);
    return this.source.slice(start, end);
  }

  /** Says whether two tokens stand beside each other without a space. */
  isTight(left: number): boolean {
    return this.at(left).end === this.at(left + 1).start;
  }

  #itemStart(from: number): number {
    let depth = 0;
    for (let at = from; at > this.open + 1; at -= 1) {
      const { text } = this.at(at);
      if (/^[)\]}]$/.test(text) && at < this.index) depth += 1;
      if (/^[([{]$/.test(text)) depth -= 1;
      if (depth <= 0 && this.#beginsItem(at)) return at;
    }
    return this.open + 1;
  }

  #itemEnd(): number {
    let depth = 0;
    for (let at = this.itemStart; at < this.tokens.length; at += 1) {
      const { text, kind } = this.at(at);
      if (kind === "end") return at;
      if (at >= this.index && at > this.itemStart && depth === 0 && this.#beginsItem(at)) return at;
      if (/^[([{]$/.test(text)) depth += 1;
      if (/^[)\]}]$/.test(text)) {
        if (depth === 0) return at;
        depth -= 1;
      }
    }
    return this.tokens.length;
  }

  #beginsItem(at: number): boolean {
    const [before, { text, kind }] = [this.at(at - 1).text, this.at(at)];
    if (before === ";") return true;
    if (goesOn.test(before) || carriesOn.test(text)) return false;
    // `do { … } while (…)`
    if (text === "while" && before === "}" && !this.layout.beginsLine(at)) return false;
    if (kind !== "word") return this.block === "body" && this.layout.beginsLine(at) && /^(?:\+\+|--|[(["0-9])/.test(text);
    if (this.block === "body" && (/^(?:emit|send|send_high|if)$/.test(text) || this.#assigns(at))) return true;
    if (this.block === "state" && (this.#isBehindField(at) || (this.at(at + 1).text === ":" && before === ")"))) return true;
    return this.layout.beginsLine(at) || before === "}" || (before === "," && this.block === "state");
  }

  /** Says whether an assignment begins that does not follow on other words, as in `let x = 1`. */
  #assigns(at: number): boolean {
    if (!assignsAt(this.tokens, at) || this.at(at - 1).text === ".") return false;
    let first = at;
    while (!this.layout.beginsLine(first) && /^(?:word|end)$/.test(this.at(first - 1).kind) && first > this.open + 1) first -= 1;
    return first === at || /^(?:emit|send|send_high)$/.test(this.at(first).text);
  }

  /** Says whether what stands before is a whole field: `x: int`, `x: int = 1`. */
  #isBehindField(at: number): boolean {
    return /^[:=|]$/.test(this.at(at - 2).text) && this.at(at - 1).kind !== "symbol" && this.at(at).kind === "word";
  }
}

/** What cannot be the end of a field, a statement or a clause. */
const goesOn =
  /^(?:[-+*/%<>=!&|.(:?]|[-+*/%=!<>]=|&&|\|\||predicate|target|priority|strategy|expects|within|for|emit|send|send_high|if|else|not|and|or)$/;

/** What goes on with the item before it. */
const carriesOn = /^(?:else|elif|elsif|elseif|catch|except|finally|rescue|ensure|until|then)$/;

interface Around {
  readonly block: Block;
  readonly index: number;
}

/** Gives the blocks around a token, from the outside. */
function blocksAround(tokens: readonly Token[], index: number): readonly Around[] {
  const blocks: Around[] = [];
  for (const [at, { text, kind }] of tokens.slice(0, index).entries()) {
    if (kind !== "symbol") continue;
    if (text === "{") blocks.push({ block: blockAt(tokens, at, blocks.at(-1)?.block ?? "file"), index: at });
    if (text === "}") blocks.pop();
  }
  return blocks;
}

function blockAt(tokens: readonly Token[], open: number, around: Block): Block {
  if (around === "body" || around === "transition") return "body";
  if (around !== "file" && around !== "domain") return "other";
  const head = headOf(tokens, open);
  switch (head) {
    case "domain":
    case "system":
    case "state":
    case "goal":
    case "transition":
      return head;
    case "on":
      return "body";
    default:
      return "other";
  }
}

/** Gives the word that a declaration begins with, from its `{`. */
function headOf(tokens: readonly Token[], open: number): string {
  for (let at = open - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? "";
    if (/^[{}]$/.test(text)) return "";
    const canBegin = at === 0 || /^[{};,)]$/.test(tokens[at - 1]?.text ?? "") || tokens[at - 1]?.kind !== "symbol";
    if (canBegin && (memberWords.has(text) || fileWords.has(text)) && !isNameAt(tokens, at)) return text;
  }
  return "";
}

/** Says whether a word that may begin a declaration is the name of one. */
function isNameAt(tokens: readonly Token[], at: number): boolean {
  return /^(?:domain|system|goal|transition|invariant|effect)$/.test(tokens[at - 1]?.text ?? "") && tokens[at + 1]?.text === "{";
}
