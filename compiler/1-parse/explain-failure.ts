import type { Findings, Fix, Span } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { reservedWords } from "../language/name.js";
import { unreachable } from "../language/unreachable.js";
import type { Token } from "./scan.js";

/** Where parsing could not go on: the token that was in the way, and what could have stood there. */
export interface Failure {
  readonly tokens: readonly Token[];
  /** The index of the offending token. */
  readonly index: number;
  /** The grammar's own words for what would have been welcome. */
  readonly expected: readonly string[];
}

const reserved: ReadonlySet<string> = new Set(reservedWords);

/** What other languages write, and how Ved writes it. */
const foreign: ReadonlyMap<string, string> = new Map([
  ["===", "=="],
  ["!==", "!="],
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["&", "&&"],
  ["|", "||"],
  ["elif", "else if"],
  ["elsif", "else if"],
  ["elseif", "else if"],
]);

/** Always possible, and never what the reader is looking for. */
const unhelpful = new Set([";", ",", ".", "::", "`for`", "a range"]);

/** Reports one syntax error in the user's terms, as specifically as the place allows. */
export function explainFailure(failure: Failure, findings: Findings): void {
  const token = failure.tokens[failure.index];
  if (token === undefined) return;
  const before = failure.tokens[failure.index - 1];
  const suspect = [token, before].find((word) => word !== undefined && isForeign(word, failure));
  if (suspect !== undefined) return reportForeign(suspect, findings);
  if (token.text === "=" && failure.expected.includes("an operator")) {
    const fix = { message: "Write `==`.", span: token, replacement: "==" };
    return findings.report("VED1008", spanOf(token), {}, { fix });
  }
  if (reserved.has(token.text) && failure.expected.includes("a name") && !failure.expected.includes("a value")) {
    return findings.report("VED1007", spanOf(token), { name: token.text });
  }
  const expected = describeExpected(failure.expected);
  const fix = misspeltKeyword(token, failure.expected);
  findings.report("VED1001", spanOf(token), { found: describe(token), expected }, { fix });
}

function spanOf(token: Token): Span {
  return { start: token.start, end: token.end };
}

function isForeign(word: Token, { tokens, index, expected }: Failure): boolean {
  if (!foreign.has(word.text)) return false;
  if (word === tokens[index]) return expected.includes("an operator") || expected.includes("a value");
  return /^(not|el.*if)$/.test(word.text);
}

function reportForeign(word: Token, findings: Findings): void {
  const ved = foreign.get(word.text) ?? "";
  const fix = { message: `Write \`${ved}\`.`, span: word, replacement: ved };
  findings.report("VED1009", spanOf(word), { found: word.text, ved }, { fix });
}

/** Puts a token into words: `` `foo` ``, `the end of the file`. */
export function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end of the file";
    case "string":
      return "a string";
    case "number":
      return `the number \`${token.text}\``;
    case "word":
    case "symbol":
    case "comment":
      return `\`${token.text}\``;
    default:
      return unreachable(token.kind);
  }
}

function describeExpected(raw: readonly string[]): string {
  const words = raw.map((text) => (text === "end of input" ? "the end of the file" : text));
  const useful = words.filter((text) => !unhelpful.has(text) && !text.startsWith("a later "));
  const shown = useful.length > 0 ? useful : words;
  const seen = new Set(shown.map((text) => (/^[^\w`]+$/.test(text) ? `\`${text}\`` : text)));
  // A name, a string and an opening parenthesis all begin a value.
  if (seen.has("a value") && seen.delete("a name")) for (const part of ["a string", "a duration", "`(`"]) seen.delete(part);
  // Ohm names the latest alternative first; what ends the construct is said last.
  const ends = (text: string) => Number(/^`[})]|^the end/.test(text));
  // Of all that may stand outside a domain only that is named which mostly does.
  const isOutside = seen.has("`domain`");
  if (isOutside) for (const word of seen) if (word !== "`domain`" && !ends(word)) seen.delete(word);
  if (isOutside) seen.add("another declaration");
  const list = [...seen].reverse().sort((a, b) => ends(a) - ends(b) || Number(b === "`domain`") - Number(a === "`domain`"));
  const last = list.pop() ?? "something else";
  return list.length === 0 ? last : `${list.join(", ")} or ${last}`;
}

function misspeltKeyword(token: Token, expected: readonly string[]): Fix | null {
  if (token.kind !== "word") return null;
  const keywords = expected.flatMap((text) => (/^`[a-z]+`$/.test(text) ? [text.slice(1, -1)] : []));
  return suggest(token.text, keywords, spanOf(token));
}
