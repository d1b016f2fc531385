import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { notesOnType } from "../language/foreign-type.js";
import { allTypes, type TypeRef, types } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import type { Vocabulary } from "./context.js";
import { checkRange } from "./range.js";

/** Checks a type; null when it is unknown, which is reported. */
export function checkType(type: ast.TypeNode, vocabulary: Vocabulary, findings: Findings): TypeRef | null {
  switch (type.kind) {
    case "union":
      return checkUnion(type, findings);
    case "typeName":
      return checkTypeName(type, vocabulary, findings);
    default:
      return unreachable(type);
  }
}

function checkTypeName(type: ast.TypeNameNode, vocabulary: Vocabulary, findings: Findings): TypeRef | null {
  const known = allTypes.find((each) => types[each].spellings.includes(type.text));
  const named = known === undefined ? vocabulary.type(type.text) : { type: known };
  if (named !== undefined) {
    return named === null || type.range === null ? named : checkRange(named, type.range, vocabulary, findings);
  }
  const foreign = allTypes.find((each) => types[each].foreign.includes(type.text));
  const fix = foreign
    ? { message: `Did you mean \`${foreign}\`?`, span: type.span, replacement: foreign }
    : suggest(type.text, [...allTypes.flatMap((each) => types[each].spellings), ...vocabulary.types], type.span);
  findings.report("VED2004", type.span, { type: type.text }, { fix, notes: notesOnType(type.text) });
  return null;
}

function checkUnion({ members }: ast.UnionNode, findings: Findings): TypeRef {
  const values = members.map(({ value }) => String(value));
  values.forEach((value, index) => {
    const span = members[index]?.span;
    if (span !== undefined && values.indexOf(value) < index)
      findings.report("VED2003", span, { what: `\`${JSON.stringify(value)}\` in this type` });
  });
  return { type: "string", members: [...new Set(values)] };
}
