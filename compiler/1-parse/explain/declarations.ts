import { memberWords } from "../declarations.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Block, Failure } from "../failure.js";
import { withoutIndented } from "../indented.js";
import { spanOf, without } from "../token.js";

const functions = "a transition changes the state, an effect acts on the world, and a predicate says what should hold";
const kinds = "`domain Name { … }` describes a kind of thing to be kept in order";

/** Declarations of other languages, and what Ved has instead. */
const foreignDeclarations: ReadonlyMap<string, string> = new Map([
  ...["function", "fn", "func", "def", "fun", "proc", "procedure", "method", "sub", "lambda", "async"].map(
    (word) => [word, functions] as const,
  ),
  ...["class", "resource", "module", "struct", "interface", "object", "service", "job", "component", "actor", "record"].map(
    (word) => [word, kinds] as const,
  ),
  ["enum", 'a field with a few values is a union: `status: "up" | "down"`'],
  ...["let", "var", "val", "variable", "locals", "local", "static", "global", "default"].map(
    (word) => [word, "what is kept is a field: `state { name: int = 0 }`"] as const,
  ),
  ...["rule", "policy", "action", "task", "when", "workflow", "process", "event"].map(
    (word) => [word, "a valid move is `transition Name { step { if … { … } } }`"] as const,
  ),
  ...["require", "include", "use", "using", "package", "namespace", "export"].map(
    (word) => [word, '`import { Name } from "./file.ved"` brings in domains of other files'] as const,
  ),
  ["import", 'write `import { Name } from "./file.ved"`'],
  ...["data", "output", "provider", "observe", "watch"].map(
    (word) => [word, "what comes from outside is observed into fields of `state`"] as const,
  ),
  ...["always", "assert", "ensure", "desired", "spec"].map(
    (word) =>
      [word, "what should hold is `goal Name { predicate … }`, and what no commit may break `invariant Name { … }`"] as const,
  ),
]);

/** Explains declarations of other languages by the word that they begin with. */
export const explainDeclaration: Explainer = (failure) => {
  if (failure.block !== "file" && failure.block !== "domain") return null;
  const word = failure.at(failure.itemStart);
  const way = foreignDeclarations.get(word.text);
  if (way === undefined || failure.index > failure.itemStart + 1) return null;
  const { start, end } = failure.span(failure.itemStart, failure.itemEnd - 1);
  const hasBlock = failure.item().some(({ text }) => text === "{");
  const repair = hasBlock ? without(failure.masked, { start, end }) : withoutIndented(failure);
  return explanation("VED1038", spanOf(word), { word: word.text, way }, { repair });
};

/** Explains `() => …` where a value is expected. */
export const explainFunction: Explainer = (failure) => {
  const { index, token, expected } = failure;
  const isEmpty = token.text === ")" && failure.at(index - 1).text === "(" && /^[=-]>$/.test(failure.at(index + 1).text);
  if (!isEmpty || !expected.includes("a value")) return null;
  const span = failure.span(index - 1, index + 1);
  const values = { word: failure.text(index - 1, index + 1), way: "a condition stands as it is" };
  const fix = { message: `Leave out \`${values.word}\`.`, span, replacement: "" };
  return explanation("VED1038", span, values, { fix, repair: without(failure.masked, span) });
};

/** Explains a condition that stands in a goal without its word. */
export const explainCondition: Explainer = (failure) => {
  const { block, index, itemStart, itemEnd, token } = failure;
  if (block !== "goal" || index !== itemStart || !/^[\w(!-]/.test(token.text)) return null;
  if (memberWords.has(token.text) || !failure.item().some(({ text }) => /^(?:[=!<>]=|[<>]|&&|\|\|)$/.test(text))) return null;
  const span = failure.span(itemStart, itemEnd - 1);
  const start = { start: span.start, end: span.start };
  const fix = { message: "Write `predicate` before it.", span: start, replacement: "predicate " };
  const values = { what: "A condition", where: "by itself in a goal", way: "write `predicate …`" };
  return explanation("VED1040", span, values, { fix });
};

/** Explains what stands in a block that is not for it: fields in a domain, statements beside steps. */
export const explainPlace: Explainer = (failure) => {
  const { block, itemStart, index } = failure;
  if (index > itemStart + 1) return null;
  const [first, second] = [failure.at(itemStart), failure.at(itemStart + 1)];
  const place = misplaced(failure, first.text, second.text);
  if (place === null) return null;
  const repair = place.what === "A field" ? without(failure.masked, failure.span(itemStart, fieldsEnd(failure))) : null;
  return explanation("VED1040", spanOf(first), { what: place.what, where: where[block] ?? "here", way: place.way }, { repair });
};

/** Gives the last token of the fields that follow each other from an item on. */
function fieldsEnd({ tokens, itemStart, itemEnd }: Failure): number {
  let end = itemEnd;
  while (tokens[end]?.kind === "word" && tokens[end + 1]?.text === ":" && !memberWords.has(tokens[end]?.text ?? "")) {
    end += 2;
    while (end < tokens.length - 1 && !/^[{}]$/.test(tokens[end]?.text ?? "") && tokens[end + 1]?.text !== ":") {
      if (memberWords.has(tokens[end]?.text ?? "")) break;
      end += 1;
    }
  }
  return Math.max(end, itemStart + 1) - 1;
}

const where: { readonly [block: string]: string } = {
  file: "beside the domains",
  domain: "directly in a domain",
  goal: "in a goal",
  transition: "directly in a transition",
  system: "in a system",
  state: "in `state`",
  body: "in a step",
  other: "here",
};

function misplaced({ block, at, itemStart }: Failure, first: string, second: string) {
  const isStatement = /^(?:if|emit|send|send_high)$/.test(first) || /^[-+*/%]?=$/.test(second);
  if (block === "body" || block === "goal" || block === "transition") {
    const member = memberIn(first, second, block);
    if (member !== null) return member;
  }
  if (block === "body") return null;
  if (block === "state" && /^(?:if|emit|send)/.test(first) && !/^[:=]$/.test(second)) {
    return { what: "A statement", way: "statements stand in a step of a transition" };
  }
  if (block !== "domain" && block !== "file" && block !== "transition" && block !== "goal") return null;
  if (second === ":" && (block === "domain" || block === "file") && /^[a-z_]/i.test(first)) {
    return { what: "A field", way: "fields stand in `state { … }`" };
  }
  if (first === "step" && block !== "transition") return { what: "A step", way: "steps stand in a transition" };
  if (block === "goal" && /^(?:predicate|target|strategy|priority)$/.test(first)) return null;
  if (/^(?:predicate|target|strategy)$/.test(first)) {
    return { what: `\`${first}\``, way: "it stands in a goal: `goal Name { predicate … }`" };
  }
  if (!isStatement || at === undefined || itemStart < 0) return null;
  return { what: "A statement", way: "statements stand in a step: `transition Name { step { … } }`" };
}

function memberIn(first: string, second: string, block: Block) {
  if (block === "transition" && first === "step") return null;
  if (!/^(?:goal|transition|state|domain|step|invariant|effect|on)$/.test(first) || /^[-+*/%]?=$|^\./.test(second)) return null;
  return first === "step"
    ? { what: "A step", way: "steps stand one after the other in their transition" }
    : { what: `\`${first}\``, way: "declarations stand directly in a domain" };
}
