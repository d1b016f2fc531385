import { hasPlaceholder, joinedText } from "../../language/placeholder.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { blank, type Patch, spanOf } from "../token.js";

/** What a value stands behind. */
const operandSign = /^(?:[=(,[:+*/-]|[=!<>]=|&&|\|\||[-+*/%]=)$/;

/** Explains lists, maps and objects, as values, as types, and where one of their elements is asked for. */
export const explainCollection: Explainer = (failure) => {
  const { token, index, expected } = failure;
  const isValue = expected.includes("a value");
  const isType = failure.block === "state" && failure.at(failure.itemStart + 1).text === ":";
  const isInside = expected.includes("an operator") || (failure.block === "body" && expected.includes("`=`"));
  const isObject =
    operandSign.test(failure.at(index - 1).text) && !/^(?:predicate|target|goal)$/.test(failure.at(index - 2).text);
  if (token.text === "{" && isObject && (isValue || (isType && expected.includes("a name"))))
    return collection(failure, "objects", index);
  if (token.text === "[" && (isValue || isType || isInside)) return collection(failure, "lists", index);
  if (token.text === "in" && isInside) return membership(failure);
  if (isType && token.text === "-" && failure.layout.beginsLine(index)) return collection(failure, "lists", index);
  if (isType && /^[(<]$/.test(token.text) && failure.at(index - 1).kind === "word") {
    const name = failure.at(index - 1).text;
    if (/^(?:list|array|vec|set|tuple|seq)/i.test(name)) return collection(failure, "lists", index);
    if (/^(?:map|dict|object|record|hash|struct)/i.test(name)) return collection(failure, "objects", index);
  }
  return null;
};

const wayOut = {
  lists: 'Give each element a field of its own, or each thing an instance of a domain: `Node["3"]`.',
  objects: "Give each part a field of its own, such as `config_port: int`.",
} as const;

function collection(failure: Failure, what: "lists" | "objects", index: number) {
  const end = groupEnd(failure, index);
  const span = failure.span(index, end);
  const isArgument = what === "objects" && failure.at(index - 1).text === "(" && failure.at(failure.itemStart).text === "emit";
  const notes = [isArgument ? "Arguments may have names without braces: `emit X(name: value)`." : wayOut[what]];
  const repair = failure.token.text === "-" ? null : groupRepair(failure, span);
  return explanation("VED1037", span, { what }, { notes, repair });
}

/** Explains `status in ["up", "idle"]`. */
function membership(failure: Failure) {
  const { index } = failure;
  const open = failure.at(index + 1);
  const end = groupEnd(failure, index + 1);
  const members = failure.tokens.slice(index + 2, end).filter(({ text }) => text !== ",");
  const name = failure.at(index - 1);
  const isPlain =
    name.kind === "word" && members.length > 0 && members.every(({ kind }) => /^(?:string|number|word)$/.test(kind));
  if (!/^[[({]$/.test(open.text) || !isPlain) return explanation("VED1037", spanOf(failure.token), { what: "lists" });
  const terms = members.map(({ start, end: stop }) => `${name.text} == ${failure.source.slice(start, stop)}`);
  const replacement = terms.length > 1 ? `(${terms.join(" || ")})` : (terms[0] ?? "");
  const fix = { message: `Write \`${replacement}\`.`, span: failure.span(index - 1, end), replacement };
  const span = failure.span(index, end);
  return explanation(
    "VED1037",
    span,
    { what: "lists" },
    { fix, repair: { span, text: blank(failure.masked.slice(span.start, span.end)) } },
  );
}

/** Puts a value where a group stands in the place of one, and nothing where it stands behind something. */
function groupRepair({ expected, masked, source, block }: Failure, { start, end }: { start: number; end: number }): Patch | null {
  const [value, type] = ["0", '""'];
  const isType = block === "state" && source.slice(0, start).trimEnd().endsWith(":");
  const stands = expected.includes("a value") ? value : isType ? type : "";
  return { span: { start, end }, text: stands + blank(masked.slice(start + stands.length, end)) };
}

function groupEnd(failure: Failure, index: number): number {
  let depth = 0;
  for (let at = index; at < failure.tokens.length; at += 1) {
    if (/^[([{<]$/.test(failure.at(at).text)) depth += 1;
    if (/^[)\]}>]$/.test(failure.at(at).text)) depth -= 1;
    if (depth === 0) return at;
  }
  return index;
}

/** Explains `50%`. */
export const explainPercent: Explainer = (failure) => {
  const { index, expected } = failure;
  const [number, sign] = [failure.at(index - 2), failure.at(index - 1)];
  if (sign.text !== "%" || number.kind !== "number" || !failure.isTight(index - 2) || !expected.includes("a value")) return null;
  const span = failure.span(index - 2, index - 1);
  const fix = { message: `Count in percent: \`${number.text}\`.`, span, replacement: number.text };
  const repair = { span: spanOf(sign), text: " " };
  return explanation("VED1013", span, { number: `${number.text}%` }, { fix, repair });
};

/** Explains values that may be absent: `int | null`, `int?`, `name?: int`, `a ?? b`, `a?.b`. */
export const explainNull: Explainer = (failure) => {
  const { token, index, block } = failure;
  const isOptional = block === "state" && token.text === "?";
  const isUnion = block === "state" && token.text === "|" && /^(?:null|None|nil|undefined)$/.test(failure.at(index + 1).text);
  if (isOptional) return explanation("VED1028", spanOf(token), { found: "?" }, { repair: spaceFor(failure, index, index) });
  if (isUnion) {
    const span = failure.span(index, index + 1);
    return explanation("VED1028", span, { found: failure.at(index + 1).text }, { repair: spaceFor(failure, index, index + 1) });
  }
  return /^\?[?.]$/.test(token.text) ? explanation("VED1028", spanOf(token), { found: token.text }) : null;
};

function spaceFor(failure: Failure, from: number, to: number): Patch {
  const span = failure.span(from, to);
  return { span, text: blank(failure.masked.slice(span.start, span.end)) };
}

/** Explains `a ? b : c`, and `b if a else c`. */
export const explainTernary: Explainer = (failure) => {
  const { token, index, expected } = failure;
  if (token.text === "if" && expected.includes("a value")) return explanation("VED1030", spanOf(token), {});
  if (token.text === "else" && expected.includes("an operator")) return pythonTernary(failure);
  if (token.text !== "?" || !expected.includes("an operator")) return null;
  const colon = colonOf(failure, index);
  const assigned = failure.at(failure.itemStart + 1).text === "=" && failure.block === "body";
  if (!assigned || colon === null) return explanation("VED1030", spanOf(token), {}, { notes: [inPredicate] });
  const [name, start, end] = [failure.at(failure.itemStart).text, failure.itemStart, failure.itemEnd - 1];
  const condition = unwrapped(failure.text(start + 2, index - 1));
  const [first, second] = [failure.text(index + 1, colon - 1), failure.text(colon + 1, end)];
  return explanation("VED1030", spanOf(token), {}, { fix: choice(failure, { name, condition, first, second, start, end }) });
};

const inPredicate = "In a predicate the same is `(a && b) || (!a && c)`.";

function pythonTernary(failure: Failure) {
  const { index } = failure;
  const condition = failure.at(failure.itemStart).text === "if" ? failure.itemStart : -1;
  if (condition < 0 || failure.item().some(({ text }) => text === "{")) return null;
  return explanation(
    "VED1030",
    spanOf(failure.at(condition)),
    {},
    { notes: [`Write \`if ${failure.text(condition + 1, index - 1)} { … } else { … }\`.`] },
  );
}

interface Choice {
  readonly name: string;
  readonly condition: string;
  readonly first: string;
  readonly second: string;
  readonly start: number;
  readonly end: number;
}

function choice(failure: Failure, { name, condition, first, second, start, end }: Choice) {
  const replacement = `if ${condition} { ${name} = ${first} } else { ${name} = ${second} }`;
  return { message: `Write \`${replacement}\`.`, span: failure.span(start, end), replacement };
}

function unwrapped(text: string): string {
  return /^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text;
}

/** Gives where the second half of a ternary begins; null where there are several in one. */
function colonOf(failure: Failure, question: number): number | null {
  const rest = failure.tokens.slice(question + 1, failure.itemEnd);
  if (rest.some(({ text }) => text === "?")) return null;
  const at = rest.findIndex(({ text }) => text === ":");
  return at < 1 || at === rest.length - 1 ? null : question + 1 + at;
}

/** Explains strings that are marked to be filled in: `f"…"`, `$"…"`. */
export const explainMarkedString: Explainer = (failure) => {
  const { token, index } = failure;
  const mark = failure.at(index - 1);
  if (token.kind !== "string" || mark.kind !== "word" || mark.end !== token.start || !/^[fFrRbusS$_]$/.test(mark.text))
    return null;
  const span = failure.span(index - 1, index);
  const literal = failure.source.slice(token.start, token.end).replaceAll(/\$?\{/g, "${");
  const ved = hasPlaceholder(literal) ? joinedText(literal) : literal;
  const fix = { message: `Write ${ved}.`, span, replacement: ved };
  return explanation(
    "VED1035",
    span,
    { found: failure.text(index - 1, index) },
    {
      fix,
      repair: { span: spanOf(mark), text: " ".repeat(mark.text.length) },
    },
  );
};
