import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, type Token, without } from "../token.js";

/** Signs and words of other languages, and how Ved writes them in an expression. */
const foreignOperators: ReadonlyMap<string, string> = new Map([
  ["<>", "!="],
  ["=<", "<="],
  ["=>", ">="],
  [":=", "=="],
  ["/\\", "&&"],
  ["\\/", "||"],
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["AND", "&&"],
  ["OR", "||"],
  ["NOT", "!"],
  ["&", "&&"],
  ["|", "||"],
  ["~", "!"],
  ["is", "=="],
  ["equals", "=="],
  ["eq", "=="],
  ["ne", "!="],
  ["mod", "%"],
]);

/** How other languages assign. */
const foreignAssignments: ReadonlySet<string> = new Set([":=", "<-", "=>", ":"]);

/** How other languages write `else if`. */
const foreignElse: ReadonlySet<string> = new Set(["elif", "elsif", "elseif", "elseIf"]);

/** Explains operators of other languages. */
export const explainOperator: Explainer = (failure) => {
  const { token, index, expected } = failure;
  const before = failure.at(index - 1);
  const branch = [token, before].find(({ text }) => foreignElse.has(text));
  if (branch !== undefined && failure.block === "body") return foreign(failure, branch, "else if", "if");
  if (token.text === "is" && failure.at(index + 1).text === "not" && expected.includes("an operator")) {
    const span = failure.span(index, index + 1);
    return foreign(failure, { ...token, ...span, text: "is not" }, "!=");
  }
  const ved = equalSigns(token.text) ?? foreignOperators.get(token.text);
  if (ved !== undefined && (expected.includes("an operator") || expected.includes("a value"))) {
    return foreign(failure, token, ved);
  }
  // `up = not up`: the second name begins a statement of its own.
  const negation = [before, failure.at(index - 2)].find(({ text }) => text === "not" || text === "NOT");
  return negation === undefined ? null : foreign(failure, negation, "!");
};

/** Gives how Ved writes `===`, `!==` and longer ones. */
function equalSigns(text: string): string | null {
  return /^={3,}$/.test(text) ? "==" : /^!={2,}$/.test(text) ? "!=" : null;
}

function foreign({ masked, source }: Failure, found: Token, ved: string, shorter = ved) {
  const span = spanOf(found);
  // `not up` becomes `!up`.
  const blanks = ved === "!" ? (/^ *(?=\S)/.exec(source.slice(span.end))?.[0].length ?? 0) : 0;
  const fix = { message: `Write \`${ved}\`.`, span: { ...span, end: span.end + blanks }, replacement: ved };
  return explanation("VED1009", span, { found: found.text, ved }, { fix, repair: replaced(masked, span, shorter) });
}

/** Explains `up &&= ready` and `up ||= ready`. */
export const explainLogicalAssignment: Explainer = (failure) => {
  const { token, index, itemStart, itemEnd, masked } = failure;
  if (!/^(?:&&|\|\|)=$/.test(token.text) || failure.block !== "body" || !isPath(failure)) return null;
  const path = failure.text(itemStart, index - 1);
  const ved = `${path} = ${path} ${token.text.slice(0, 2)}`;
  // What binds more loosely than the operator would need parentheses.
  const isPlain = !failure.tokens.slice(index + 1, itemEnd).some(({ text }) => /^(?:&&|\|\||for)$/.test(text));
  const span = failure.span(itemStart, index);
  const fix = isPlain ? { message: `Write \`${ved}\`.`, span, replacement: ved } : null;
  const repair = replaced(masked, spanOf(token), "=");
  return explanation("VED1009", spanOf(token), { found: token.text, ved: `${ved} …` }, { fix, repair });
};

/** Explains `=` where a comparison belongs, and what other languages assign with. */
export const explainAssignment: Explainer = (failure) => {
  const { token, expected, masked } = failure;
  const span = spanOf(token);
  const fix = (ved: string) => ({ message: `Write \`${ved}\`.`, span, replacement: ved });
  const isArgument = token.text === "=" && expected.includes(":") && failure.at(failure.itemStart).text === "emit";
  const isField = failure.block === "state" && token.text === ":=" && expected.some((text) => /^`?=`?$/.test(text));
  if (isArgument || isField) {
    const ved = isArgument ? ":" : "=";
    return explanation("VED1009", span, { found: token.text, ved }, { fix: fix(ved), repair: replaced(masked, span, ved) });
  }
  if (token.text === "=" && expected.includes("an operator") && failure.block !== "state") {
    const values = { found: "=", does: "assigns a value", ved: "==", wanted: "compares" };
    return explanation("VED1008", span, values, { fix: fix("=="), repair: replaced(masked, span, "==") });
  }
  if (token.text === "'" && failure.at(failure.index - 1).kind === "word" && failure.isTight(failure.index - 1)) {
    const primed = failure.span(failure.index - 1, failure.index);
    const name = failure.at(failure.index - 1).text;
    const unprimed = { message: `Write \`${name}\`.`, span: primed, replacement: name };
    const values = { found: `${name}'`, ved: name };
    return explanation("VED1009", primed, values, { fix: unprimed, repair: replaced(masked, span, "") });
  }
  const isAssigned = failure.block === "body" && (expected.includes("`=`") || token.text === "=>") && isPath(failure);
  if (isAssigned && /^===?$/.test(token.text)) {
    const values = { found: token.text, does: "compares", ved: "=", wanted: "assigns a value" };
    return explanation("VED1008", span, values, { fix: fix("="), repair: replaced(masked, span, "=") });
  }
  if (!isAssigned || !foreignAssignments.has(token.text)) return null;
  return explanation("VED1009", span, { found: token.text, ved: "=" }, { fix: fix("="), repair: replaced(masked, span, "=") });
};

/** Says whether a statement is nothing but a name so far. */
function isPath({ tokens, itemStart, index }: Failure): boolean {
  const before = tokens.slice(itemStart, index);
  const isOther = /^(?:if|else|emit|send|send_high)$/.test(before[0]?.text ?? "");
  return before.length > 0 && !isOther && before.every(({ kind, text }) => kind === "word" || text === ".");
}

/** Explains `n++`, `n--`, `++n` and `--n`. */
export const explainIncrement: Explainer = (failure) => {
  const { index, token } = failure;
  const at = [index, index - 1].find((each) => /^(?:\+\+|--)$/.test(failure.at(each).text));
  if (at === undefined) return null;
  const sign = failure.at(at).text;
  const isBehind = failure.at(at - 1).kind === "word" && failure.layout.beginsLine(at) === false;
  const name = failure.at(isBehind ? at - 1 : at + 1);
  if (name.kind !== "word") return null;
  const first = isBehind ? pathStart(failure, at - 1) : at;
  const last = isBehind ? at : pathEnd(failure, at + 1);
  const path = isBehind ? failure.text(first, at - 1) : failure.text(at + 1, last);
  const span = failure.span(first, last);
  const ved = `${path} ${sign.charAt(0)}= 1`;
  const isStatement = failure.block === "body" && first === failure.itemStart;
  const fix = isStatement ? { message: `Write \`${ved}\`.`, span, replacement: ved } : null;
  const repair = isStatement ? without(failure.masked, span) : null;
  return token.kind === "end" ? null : explanation("VED1029", span, { sign, ved }, { fix, repair });
};

function pathStart(failure: Failure, from: number): number {
  let at = from;
  while (failure.at(at - 1).text === "." && failure.at(at - 2).kind === "word") at -= 2;
  return at;
}

function pathEnd(failure: Failure, from: number): number {
  let at = from;
  while (failure.at(at + 1).text === "." && failure.at(at + 2).kind === "word") at += 2;
  return at;
}
