import { fileWords, findAnchors, memberWords } from "./declarations.js";
import { Layout } from "./layout.js";
import type { Token } from "./token.js";

// Brackets that do not match are found before the grammar is asked, which could only say where it gave up. Where the counts do
// not match, the layout says which one is meant: a `}` closes what begins as far to the left as it does itself.

/** A bracket without a partner: an opening one, with the token before which its partner is missing; or a closing one. */
export interface Unmatched {
  readonly index: number;
  /** Null: nothing opens what it closes. */
  readonly missedAt: number | null;
}

/** The closing brackets, by the opening ones. */
export const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Gives the brackets without a partner, in the order of the source; `text` is what the tokens were cut from, with its lines. */
export function unmatchedBrackets(text: string, tokens: readonly Token[]): readonly Unmatched[] {
  if (areMatched(tokens)) return [];
  return [...new Brackets(text, tokens).walk()].sort((a, b) => a.index - b.index);
}

/** Says whether each bracket has its partner. */
export function areMatched(tokens: readonly Token[]): boolean {
  const open: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== "symbol") continue;
    if (text in partners) open.push(text);
    else if (isClosing(text) && partners[open.pop() ?? ""] !== text) return false;
  }
  return open.length === 0;
}

function isClosing(text: string): boolean {
  return /^[)\]}]$/.test(text);
}

/** An opening bracket that has not been closed yet. */
interface Open {
  readonly index: number;
  readonly text: string;
  /** How far its line is indented. */
  readonly indent: number;
  /** What is inside begins lines that are indented further. */
  readonly isLaidOut: boolean;
  /** What it belongs to. */
  readonly owner: "domain" | "state" | "other";
}

/** The walk over the brackets of a text, which gives up what surely ends before the next token. */
class Brackets {
  readonly #layout: Layout;
  readonly #anchors: ReadonlySet<number>;
  readonly #open: Open[] = [];
  readonly #unmatched: Unmatched[] = [];
  /** How many `}` there are more than `{`. */
  #surplus: number;

  constructor(
    text: string,
    private readonly tokens: readonly Token[],
  ) {
    this.#layout = new Layout(text, tokens);
    this.#anchors = new Set(findAnchors(tokens, this.#layout).map(({ index }) => index));
    const count = (bracket: string) => tokens.filter(({ kind, text: sign }) => kind === "symbol" && sign === bracket).length;
    this.#surplus = count("}") - count("{");
  }

  walk(): readonly Unmatched[] {
    for (const [index, token] of this.tokens.entries()) {
      this.#leave(index, token);
      if (token.kind !== "symbol") continue;
      if (token.text in partners) this.#open.push(this.#opened(index, token.text));
      else if (isClosing(token.text)) this.#close(index, token.text);
    }
    for (const { index } of this.#open) this.#unmatched.push({ index, missedAt: this.tokens.length - 1 });
    return this.#unmatched;
  }

  #opened(index: number, text: string): Open {
    const indent = this.#layout.indentAt(index);
    const isLaidOut = this.#layout.beginsLine(index + 1) && this.#layout.indentAt(index + 1) > indent;
    return { index, text, indent, isLaidOut, owner: ownerOf(this.tokens, index) };
  }

  #leave(index: number, token: Token): void {
    for (let top = this.#open.at(-1); top !== undefined && this.#endsBefore(top, index, token); top = this.#open.at(-1)) {
      this.#open.pop();
      this.#unmatched.push({ index: top.index, missedAt: index });
    }
  }

  #endsBefore(top: Open, index: number, token: Token): boolean {
    if (top.text !== "{") return this.#endsBracket(index, token);
    if (this.#anchors.has(index) && fileWords.has(token.text)) return true;
    if (this.#anchors.has(index) && memberWords.has(token.text) && top.owner !== "domain") return true;
    if (this.#isMemberInState(top, index, token)) return true;
    if (!top.isLaidOut || !this.#layout.beginsLine(index)) return false;
    const indent = this.#layout.indentAt(index);
    if (token.text === "}") return indent < top.indent && this.#open.some((open) => open.indent === indent);
    // `else` goes on with a block that is closed.
    const goesOn = token.text === "else" && this.tokens[index - 1]?.text === "}";
    return indent <= top.indent && token.kind !== "end" && !goesOn && !/^[)\]{]$/.test(token.text);
  }

  /** Says whether a round or square bracket ends before a token: no block, no statement and no declaration stands in it. */
  #endsBracket(index: number, token: Token): boolean {
    if (token.text === "}" || this.#anchors.has(index)) return true;
    if (token.text === "{") return !/^[([,:=]$/.test(this.tokens[index - 1]?.text ?? "");
    if (!this.#layout.beginsLine(index)) return false;
    return /^(?:emit|send|send_high|if|else|step|goal|transition|state)$/.test(token.text) || assignsAt(this.tokens, index);
  }

  /** Says whether a line cannot be a field: it begins with two words, the first of which begins declarations. */
  #isMemberInState(top: Open, index: number, token: Token): boolean {
    const isPair = memberWords.has(token.text) && this.tokens[index + 1]?.kind === "word";
    return top.owner === "state" && isPair && this.#layout.beginsLine(index);
  }

  #close(index: number, text: string): void {
    const top = this.#open.at(-1);
    if (top !== undefined && partners[top.text] === text && !this.#isTooMuch(top, index)) {
      this.#open.pop();
      return;
    }
    if (text === "}") this.#surplus -= 1;
    this.#unmatched.push({ index, missedAt: null });
  }

  /**
   * Says whether a `}` is the one that is too many: it stands further to the right than what it would close, or closes a domain
   * that goes on behind it.
   */
  #isTooMuch(top: Open, index: number): boolean {
    if (top.text !== "{" || this.#surplus <= 0) return false;
    const isInside = top.isLaidOut && this.#layout.indentAt(index) > top.indent;
    return isInside || (top.owner === "domain" && memberWords.has(this.tokens[index + 1]?.text ?? ""));
  }
}

/** Says whether `x = …` or `a.b += …` begins at a token. */
export function assignsAt(tokens: readonly Token[], index: number): boolean {
  let at = index;
  while (tokens[at]?.kind === "word" && tokens[at + 1]?.text === ".") at += 2;
  return tokens[at]?.kind === "word" && /^[-+*/%]?=$/.test(tokens[at + 1]?.text ?? "");
}

function ownerOf(tokens: readonly Token[], index: number): Open["owner"] {
  const [first, second] = [tokens[index - 1], tokens[index - 2]];
  if (second?.text === "domain" || second?.text === "system") return "domain";
  const isName = second?.kind === "word" && /^(?:if|goal|transition|step|invariant|effect|on)$/.test(second.text);
  return first?.text === "state" && !isName ? "state" : "other";
}
