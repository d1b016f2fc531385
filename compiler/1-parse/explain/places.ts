import { memberWords } from "../declarations.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Block, Failure } from "../failure.js";
import { spanOf, without } from "../token.js";

/** Explains a condition that stands in a goal without its word. */
export const explainCondition: Explainer = (failure) => {
  const { block, index, itemStart, itemEnd, token } = failure;
  if (block !== "goal" || index !== itemStart || !/^[\w(!-]/.test(token.text)) return null;
  // `Predicate up` has a word before its condition.
  if (token.kind === "word" && failure.at(index + 1).kind === "word") return null;
  const hasOperator = failure.item().some(({ text }) => /^(?:[=!<>]=|[<>]|&&|\|\|)$/.test(text));
  // `goal Up { up }`, `goal Up { !down }`
  const isLone = failure.item().every(({ text }) => /^(?:[A-Za-z_]\w*|[.!()])$/.test(text)) && !clauses.has(token.text);
  if (memberWords.has(token.text) || (!hasOperator && !isLone)) return null;
  const span = failure.span(itemStart, itemEnd - 1);
  const start = { start: span.start, end: span.start };
  const fix = { message: "Write `predicate` before it.", span: start, replacement: "predicate " };
  const values = { what: "A condition", where: "by itself in a goal", way: "write `predicate …`" };
  return explanation("VED1040", span, values, { fix });
};

/** What a goal's clauses begin with. */
const clauses: ReadonlySet<string> = new Set(["predicate", "target", "reality", "priority", "strategy"]);

/** Where something stands, in words. */
const places: Readonly<Record<Block, string>> = {
  file: "beside the domains",
  domain: "directly in a domain",
  goal: "in a goal",
  transition: "directly in a transition",
  system: "in a system",
  state: "in `state`",
  body: "in a step",
  other: "here",
};

/** Explains what stands in a block that is not for it: fields in a domain, statements beside steps. */
export const explainPlace: Explainer = (failure) => {
  const { block, itemStart, index, masked } = failure;
  if (index > itemStart + 1) return null;
  const [first, second] = [failure.at(itemStart), failure.at(itemStart + 1)];
  const place = misplaced(block, first.text, second.text);
  if (place === null) return null;
  const repair = place.what === "A field" ? without(masked, failure.span(itemStart, fieldsEnd(failure))) : null;
  return explanation("VED1040", spanOf(first), { where: places[block], ...place }, { repair });
};

/** What cannot stand in its place, and where it can. */
interface Misplaced {
  readonly what: string;
  readonly way: string;
}

/** What stands somewhere, by the two words that it begins with; null: it may stand there, or nobody knows what it is. */
function misplaced(block: Block, first: string, second: string): Misplaced | null {
  switch (block) {
    case "file":
    case "domain":
      return fieldAt(first, second) ?? clauseAt(first) ?? statementAt(first, second);
    case "goal":
    case "transition":
      return memberAt(block, first, second) ?? statementAt(first, second);
    case "body":
      return memberAt(block, first, second);
    case "state":
      return second === ":" || second === "=" ? null : statementAt(first, second);
    default:
      return null;
  }
}

function fieldAt(first: string, second: string): Misplaced | null {
  if (second !== ":" || !/^[a-z_]/i.test(first)) return null;
  return { what: "A field", way: "fields stand in `state { … }`" };
}

function clauseAt(first: string): Misplaced | null {
  if (first === "step") return { what: "A step", way: "steps stand in a transition" };
  if (!/^(?:predicate|target|strategy)$/.test(first)) return null;
  return { what: `\`${first}\``, way: "it stands in a goal: `goal Name { predicate … }`" };
}

function statementAt(first: string, second: string): Misplaced | null {
  const isClause = /^(?:predicate|target|strategy|priority)$/.test(first);
  if (isClause || !(/^(?:if|emit|send|send_high)$/.test(first) || /^[-+*/%]?=$/.test(second))) return null;
  return { what: "A statement", way: "statements stand in a step: `transition Name { step { … } }`" };
}

function memberAt(block: Block, first: string, second: string): Misplaced | null {
  if (/^[-+*/%]?=$|^\./.test(second)) return null;
  if (first === "step" && block !== "transition") {
    return { what: "A step", way: "steps stand one after the other in their transition" };
  }
  if (first !== "domain" && !memberWords.has(first)) return null;
  return { what: `\`${first}\``, way: "declarations stand directly in a domain" };
}

/** Gives the last token of the fields that follow each other from an item on. */
function fieldsEnd(failure: Failure): number {
  const { tokens, itemEnd } = failure;
  const isField = (at: number) => failure.at(at + 1).text === ":" && !memberWords.has(failure.at(at).text);
  let end = itemEnd;
  while (isField(end)) {
    end += 2;
    while (end < tokens.length - 1 && !/^[{}]$/.test(failure.at(end).text) && !memberWords.has(failure.at(end).text)) {
      if (isField(end)) break;
      end += 1;
    }
  }
  return end - 1;
}
