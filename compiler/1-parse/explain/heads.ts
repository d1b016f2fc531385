import { fileWords, memberWords } from "../declarations.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { blank, type Patch, spanOf, without } from "../token.js";

/** Explains what stands between the name of a domain or a system and its `{`: `domain A[key: string] {`, `domain A extends B {`. */
export const explainBehindName: Explainer = (failure) => {
  const { token, index, expected, masked } = failure;
  const [kind, name] = [failure.at(index - 2).text, failure.at(index - 1)];
  if (!/^(?:domain|system)$/.test(kind) || name.kind !== "word" || !expected.includes("{")) return null;
  const open = openBrace(failure, index);
  // `domain A: {` and `domain A = {` have a sign where the block begins, and nothing else.
  if (open === null || (open === index + 1 && /^(?:[:=]|:=|=>|->|==|then|do|begin)$/.test(token.text))) return null;
  const span = failure.span(index, open - 1);
  const repair = without(masked, span);
  const where = `behind the name of a ${kind}`;
  if (kind === "domain" && /^[[(]$/.test(token.text)) {
    const way = `it is given where an instance starts, \`start ${name.text}["eu"]\`, and the domain reads it with \`self\``;
    return explanation("VED1040", span, { what: "A key", where, way }, { repair });
  }
  const found = failure.text(index, open - 1);
  const way = `its block follows at once, \`${kind} ${name.text} { … }\``;
  const fix = { message: `Leave out \`${found}\`.`, span, replacement: "" };
  return explanation("VED1040", span, { what: `\`${found}\``, where, way }, { fix, repair });
};

/** Gives the `{` that opens a block behind its head, which is on one line but for what is in brackets; null: there is none. */
function openBrace(failure: Failure, from: number): number | null {
  let depth = 0;
  for (let at = from; failure.at(at).kind !== "end"; at += 1) {
    const { text } = failure.at(at);
    if (depth === 0 && text === "{") return at;
    if (/^[{};]$/.test(text) || (depth === 0 && failure.layout.beginsLine(at))) return null;
    if (/^[([]$/.test(text)) depth += 1;
    if (/^[)\]]$/.test(text)) depth -= 1;
  }
  return null;
}

/** What other languages say of a declaration before its word. */
const modifiers: ReadonlySet<string> = new Set(
  "export default public private protected internal pub abstract static final sealed open declare readonly extern global".split(
    " ",
  ),
);

/** Explains what stands before the word of a declaration: `export domain A {`, `private state {`. */
export const explainModifier: Explainer = (failure) => {
  const { token, index, block, masked } = failure;
  if ((block !== "file" && block !== "domain") || !modifiers.has(token.text)) return null;
  let word = index + 1;
  while (modifiers.has(failure.at(word).text)) word += 1;
  if (failure.layout.beginsLine(word) || !declaresAt(failure, word)) return null;
  const span = failure.span(index, word - 1);
  const found = failure.text(index, word - 1);
  const way = token.text === "export" ? "other files can import every domain, constant and type" : "leave it out";
  const fix = { message: `Leave out \`${found}\`.`, span: { ...span, end: failure.at(word).start }, replacement: "" };
  return explanation("VED1038", span, { word: found, way }, { fix, repair: without(masked, span) });
};

/** Says whether a declaration begins at a token; a part of a file ends before a domain or a system. */
function declaresAt(failure: Failure, at: number): boolean {
  const { kind, text, start } = failure.at(at);
  return memberWords.has(text) || fileWords.has(text) || (kind === "end" && start < failure.source.length);
}

/** Explains a domain without a name: what is in it is read as what stands in the file itself. */
export const explainNameless: Explainer = (failure) => {
  const { token, index, source, masked } = failure;
  const word = failure.at(index - 1);
  if (token.text !== "{" || !/^(?:domain|system)$/.test(word.text) || failure.block !== "file") return null;
  const values = { found: "`{`", expected: `a name: \`${word.text} Name { … }\`` };
  const repair = word.text === "domain" ? unwrapped(failure, source.length, masked) : null;
  return explanation("VED1001", spanOf(token), values, { repair });
};

/** Takes the word and the braces of a block away, and leaves what is in it. */
function unwrapped(failure: Failure, length: number, masked: string): Patch {
  const { index, tokens } = failure;
  let depth = 0;
  const close = tokens.find(({ text }, at) => {
    if (at < index) return false;
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    return depth === 0;
  });
  const { start } = failure.at(index - 1);
  const [inside, behind] = [failure.at(index).end, close?.start ?? length];
  const end = close?.end ?? length;
  const text = blank(masked.slice(start, inside)) + masked.slice(inside, behind) + blank(masked.slice(behind, end));
  return { span: { start, end }, text };
}
