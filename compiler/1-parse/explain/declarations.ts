import type { Fix } from "../../diagnostics/diagnostic.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { withoutIndented } from "../indented.js";
import { type Patch, replaced, spanOf, without } from "../token.js";

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
  ["impl", functions],
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
  ...["import", "from"].map((word) => [word, 'write `import { Name } from "./file.ved"`'] as const),
  ...["after", "every", "schedule", "cron"].map(
    (word) => [word, "what should happen after some time stands in a step: `if up for 5s { … }`"] as const,
  ),
  ...["depends_on", "dependsOn", "depends", "needs"].map(
    (word) => [word, "what a step needs is asked in its `if`, and another domain is asked with `send`"] as const,
  ),
  ...["for_each", "foreach", "count", "replicas"].map(
    (word) => [word, 'each thing is an instance of its domain: `system Name { start Domain["eu"] }`'] as const,
  ),
  ...["data", "output", "provider", "observe", "watch"].map(
    (word) => [word, "what comes from outside is observed into fields of `state`"] as const,
  ),
  ...["always", "eventually", "assert", "ensure", "desired", "spec"].map(
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
  const hasBlock = failure.item().some(({ text }) => text === "{");
  const repair = hasBlock ? withoutBlocks(failure) : withoutIndented(failure);
  return explanation(
    "VED1038",
    spanOf(word),
    { word: word.text, way },
    { fix: word.text === "enum" ? enumFix(failure) : null, repair },
  );
};

/** Leaves out a declaration with its block, and what is implemented for it; where a field has it for a type, it stays one. */
function withoutBlocks(failure: Failure): Patch {
  const { itemStart, masked } = failure;
  let end = failure.itemEnd;
  while (failure.at(end).text === "impl") end = blockEnd(failure, end) + 1;
  const whole = failure.span(itemStart, end - 1);
  const name = failure.at(itemStart + 1);
  const isType = name.kind === "word" && new RegExp(`:[ \\t]*${name.text}\\b`).test(masked);
  const stands = isType
    ? (replaced(masked, whole, `type ${name.text}=string`) ?? replaced(masked, whole, `type ${name.text}=""`))
    : null;
  return stands ?? without(masked, whole);
}

/** Gives the last token of the block that begins behind a token. */
function blockEnd({ tokens }: Failure, from: number): number {
  let depth = 0;
  const end = tokens.findIndex(({ text }, at) => {
    if (at >= from && text === "{") depth += 1;
    if (at >= from && text === "}") depth -= 1;
    return at > from && text === "}" && depth <= 0;
  });
  return end < 0 ? tokens.length - 1 : end;
}

/** Writes `enum Mode { A, B }` as the name of a type; null where its members are more than words. */
function enumFix(failure: Failure): Fix | null {
  const { itemStart, itemEnd } = failure;
  const [name, open] = [failure.at(itemStart + 1), failure.at(itemStart + 2)];
  const members = failure.tokens.slice(itemStart + 3, itemEnd - 1).filter(({ text }) => text !== ",");
  if (name.kind !== "word" || open.text !== "{" || members.length === 0) return null;
  if (members.some(({ kind }) => kind !== "word")) return null;
  const ved = `type ${name.text} = ${members.map(({ text }) => `"${text}"`).join(" | ")}`;
  return { message: `Write \`${ved}\`.`, span: failure.span(itemStart, itemEnd - 1), replacement: ved };
}

/** Explains `() => …` where a value is expected. */
export const explainFunction: Explainer = (failure) => {
  const { index, token, expected } = failure;
  const isEmpty = token.text === ")" && failure.at(index - 1).text === "(" && /^[=-]>$/.test(failure.at(index + 1).text);
  const isGiven = token.text === "=>" && failure.at(index - 1).text === ")" && failure.at(failure.itemStart).text === "const";
  if (isGiven || (isEmpty && failure.at(index + 2).text === "{")) return declaredFunction(failure);
  if (!isEmpty || !expected.includes("a value")) return null;
  const span = failure.span(index - 1, index + 1);
  const values = { word: failure.text(index - 1, index + 1), way: "a condition stands as it is" };
  const fix = { message: `Leave out \`${values.word}\`.`, span, replacement: "" };
  return explanation("VED1038", span, values, { fix, repair: without(failure.masked, span) });
};

/** Explains a function with a body, or with parameters: `const restart = () => { … }`. */
function declaredFunction(failure: Failure) {
  const { index, itemStart, itemEnd, masked } = failure;
  const arrow = failure.token.text === "=>" ? index : index + 1;
  const start = failure.tokens.findLastIndex(({ text }, at) => at < arrow && text === "(");
  const span = failure.span(start, arrow);
  const repair = without(masked, failure.span(itemStart, itemEnd - 1));
  return explanation("VED1038", span, { word: failure.text(start, arrow), way: functions }, { repair });
}
