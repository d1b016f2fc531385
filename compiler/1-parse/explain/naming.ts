import { allTypes, types } from "../../language/type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, without } from "../token.js";
import { literalType, typeWords } from "./literal.js";

/** Explains `const`, `define` and `type` where something else than `=` stands behind the name. */
export const explainNaming: Explainer = (failure) => {
  const { token, index, itemStart } = failure;
  switch (failure.at(itemStart).text) {
    case "const":
      return typeAside(failure) ?? (isLoneColon(failure) ? equals(failure, index - 1) : foreignEquals(failure));
    case "define":
      if (index !== itemStart + 2) return null;
      return token.text === "(" ? withParameters(failure) : (typedDefinition(failure) ?? foreignEquals(failure));
    case "type":
      return index === itemStart + 2 && token.text === ":" ? equals(failure, index) : foreignEquals(failure);
    default:
      return null;
  }
};

/** Says whether a value stands where the type does: `const MAX: 3`. */
function isLoneColon(failure: Failure): boolean {
  return literalType(failure.token) !== null && failure.at(failure.index - 1).text === ":";
}

/** Explains `const MAX := 3` and `const MAX == 3`. */
function foreignEquals(failure: Failure) {
  const { token, index, itemStart } = failure;
  return index === itemStart + 2 && /^(?::=|==|<-|=>)$/.test(token.text) ? equals(failure, index) : null;
}

function equals(failure: Failure, index: number) {
  const span = spanOf(failure.at(index));
  const fix = { message: "Write `=`.", span, replacement: "=" };
  const values = { found: failure.at(index).text, ved: "=" };
  return explanation("VED1009", span, values, { fix, repair: replaced(failure.masked, span, "=") });
}

/** Explains `const int MAX = 3` and `const MAX int = 3`. */
function typeAside(failure: Failure) {
  const { index, itemStart, masked } = failure;
  const [first, second] = [failure.at(itemStart + 1), failure.at(itemStart + 2)];
  if (index !== itemStart + 2 || second.kind !== "word") return null;
  const [type, name] = typeWords.has(first.text) ? [first.text, second.text] : [second.text, first.text];
  if (!typeWords.has(type)) return null;
  const span = failure.span(itemStart + 1, itemStart + 2);
  const ved = `${name}: ${allTypes.find((each) => types[each].foreign.includes(type)) ?? type}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation(
    "VED1009",
    span,
    { found: failure.text(itemStart + 1, index), ved },
    { fix, repair: replaced(masked, span, name) },
  );
}

/** Explains `define f(x) = x > 1`. */
function withParameters(failure: Failure) {
  const { index, itemStart, tokens } = failure;
  const name = failure.at(itemStart + 1).text;
  const end = Math.max(
    index,
    tokens.findIndex(({ text }, at) => at > index && text === ")"),
  );
  const span = failure.span(itemStart, end);
  const way = `a definition has no parameters, and speaks of the fields themselves: \`define ${name} = …\``;
  return explanation(
    "VED1038",
    span,
    { word: failure.text(itemStart, end), way },
    { repair: without(failure.masked, failure.span(index, end)) },
  );
}

/** Explains `define Ok: bool = up`. */
function typedDefinition(failure: Failure) {
  const { index, token, masked } = failure;
  if (token.text !== ":" || failure.at(index + 1).kind !== "word" || failure.at(index + 2).text !== "=") return null;
  const span = failure.span(index, index + 1);
  const found = failure.text(index, index + 1);
  const fix = { message: `Leave out \`${found}\`.`, span, replacement: "" };
  const notes = ["A definition has the type of its expression."];
  return explanation("VED1001", span, { found: `\`${found}\``, expected: "`=`" }, { fix, notes, repair: without(masked, span) });
}
