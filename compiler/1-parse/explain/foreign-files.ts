import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { type Patch, replaced, spanOf, without } from "../token.js";

/** Explains a file of JSON: `{ "domain": "Web", … }`. */
export const explainJson: Explainer = (failure) => {
  const { block, token, index, tokens } = failure;
  if (block !== "file" || token.text !== "{" || index > 0 || failure.at(1).kind !== "string" || failure.at(2).text !== ":")
    return null;
  const key = tokens.findIndex(({ text }, at) => text === '"domain"' && failure.at(at + 1).text === ":");
  const name = key < 0 ? "" : failure.at(key + 2).text.replaceAll('"', "");
  const values = { found: "JSON", expected: `a program: \`domain ${nameFor(name)} { … }\`` };
  return explanation("VED1001", spanOf(token), values, { repair: withoutGroup(failure, index) });
};

/** Explains `CREATE DOMAIN Web (…)` and `CREATE TABLE web (…)`, as SQL has them. */
export const explainSql: Explainer = (failure) => {
  const { block, itemStart, index } = failure;
  const [create, kind, name] = [0, 1, 2].map((at) => failure.at(itemStart + at).text);
  if (
    block !== "file" ||
    index > itemStart + 1 ||
    !/^create$/i.test(create ?? "") ||
    !/^(?:domain|table|type)$/i.test(kind ?? "")
  )
    return null;
  const open = failure.tokens.findIndex(({ text }, at) => at > itemStart && /^[({;]$/.test(text));
  const values = { word: failure.text(itemStart, itemStart + 1), way: `write \`domain ${nameFor(name ?? "")} { … }\`` };
  const repair = open < 0 ? null : withoutGroup(failure, open);
  return explanation("VED1038", failure.span(itemStart, itemStart + 1), values, { repair });
};

/** Explains `import Worker from "./worker.ved"`. */
export const explainDefaultImport: Explainer = (failure) => {
  const { itemStart, index, masked } = failure;
  const [name, from, path] = [1, 2, 3].map((at) => failure.at(itemStart + at));
  if (failure.at(itemStart).text !== "import" || index !== itemStart + 1) return null;
  if (name?.kind !== "word" || from?.text !== "from" || path?.kind !== "string") return null;
  const ved = `{ ${name.text} }`;
  const values = { found: `\`${name.text}\``, expected: `names in braces: \`import ${ved} from ${path.text}\`` };
  const fix = { message: `Write \`${ved}\`.`, span: spanOf(name), replacement: ved };
  const repair = replaced(masked, failure.span(itemStart, itemStart + 2), `import{${name.text}}from`);
  return explanation("VED1001", spanOf(name), values, { fix, repair });
};

function nameFor(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : "Name";
}

/** Leaves out what begins with an item's first token, up to the end of a group. */
function withoutGroup(failure: Failure, open: number): Patch {
  let depth = 0;
  const close = failure.tokens.findIndex(({ text }, at) => {
    if (at >= open && /^[([{]$/.test(text)) depth += 1;
    if (at >= open && /^[)\]}]$/.test(text)) depth -= 1;
    return at >= open && depth === 0;
  });
  return without(failure.masked, failure.span(failure.itemStart, close < 0 ? failure.tokens.length - 2 : close));
}
