import type { Span } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { type LooseNode, memberLists } from "./domain.js";
import type { Token } from "./scan.js";

/**
 * Cuts a file into parts that can be read one by one, in order: before each domain or system, and behind it. What Ohm remembers of a
 * part can be forgotten when the next one is read. From where brackets do not fit together on, all is one part.
 */
export function partsOf(tokens: readonly Token[], length: number): Span[] {
  const code = codeIn(tokens);
  const cuts: number[] = [];
  let depth = 0;
  let isInside = false;
  for (const [index, { text, start, end }] of code.entries()) {
    if (depth === 0 && beginsBlock(code, index)) {
      cuts.push(start);
      isInside = true;
    }
    if (text === "{" || text === "(") depth += 1;
    if (text === "}" || text === ")") depth -= 1;
    if (depth < 0) break;
    if (depth === 0 && text === "}" && isInside) {
      cuts.push(end);
      isInside = false;
    }
  }
  const bounds = [...new Set([0, ...cuts, length])];
  return bounds.slice(1).map((end, index) => ({ start: bounds[index] ?? 0, end }));
}

/** Gives the tokens that are no comments. */
export function codeIn(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== "comment");
}

/** Cuts tokens before each domain or system, wherever brackets are open: none stands in another. */
export function stretchesOf(code: readonly Token[]): (readonly Token[])[] {
  // `start domain A {` says with what an instance begins.
  const begins = (_: Token, index: number) => beginsBlock(code, index) && code[index - 1]?.text !== "start";
  const cuts = code.flatMap((token, index) => (begins(token, index) ? [index] : []));
  return [0, ...cuts].map((from, index) => code.slice(from, cuts[index])).filter((stretch) => stretch.length > 0);
}

/** Whether a domain or a system begins at a token. */
function beginsBlock(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.text;
  return (word === "domain" || word === "system") && tokens[index + 1]?.kind === "word" && tokens[index + 2]?.text === "{";
}

/** Joins the parts of a file. */
export function joined(parts: readonly FileNode[], length: number): FileNode {
  const loose = parts.flatMap((part) => part.loose ?? []);
  return {
    kind: "file",
    domains: parts.flatMap(({ domains }) => domains),
    loose: joinedLoose(loose),
    effects: parts.flatMap(({ effects }) => effects),
    constants: parts.flatMap(({ constants }) => constants),
    aliases: parts.flatMap(({ aliases }) => aliases),
    imports: parts.flatMap(({ imports }) => imports),
    systems: parts.flatMap(({ systems }) => systems),
    later: parts.flatMap(({ later }) => later),
    span: { start: 0, end: length },
  };
}

function joinedLoose(all: readonly LooseNode[]): LooseNode | null {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return null;
  const lists = Object.values(memberLists).map((name) => [name, all.flatMap((each) => [...each[name]])]);
  // Each list has all of its members.
  return { ...first, ...Object.fromEntries(lists), span: { start: first.span.start, end: last.span.end } };
}
