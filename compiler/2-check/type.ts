import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { allTypes, type TypeRef, types } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import type { Vocabulary } from "./context.js";
import { checkRange } from "./range.js";
import { conjoined } from "./words.js";

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

/** What stands for types that Ved has not. */
const wayOut: readonly { readonly types: RegExp; readonly note: readonly string[] }[] = [
  {
    types: /^(?:float\d*|double|decimal|real|f\d+)$/i,
    note: ["Count in smaller parts, such as per mille: an int of 250 for 0.25."],
  },
  {
    types: /^(?:duration|time|date|timestamp|datetime|instant)$/i,
    note: ["How long a condition has held is asked with `for`: `!up for 30s`."],
  },
  {
    types: /^(?:list|array|vec|set|map|dict|object|record|any|json)$/i,
    note: ["Give each part a field of its own, or each thing an instance of a domain."],
  },
  { types: /^(?:enum)$/i, note: ["A field with a few values is a union."] },
];

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
  const names = conjoined([...allTypes.map((each) => `\`${each}\``), 'unions of strings such as `"up" | "down"`']);
  const note = wayOut.find(({ types: foreignTypes }) => foreignTypes.test(type.text))?.note;
  findings.report("VED2004", type.span, { type: type.text }, { fix, notes: [`The types are ${names}.`, ...(note ?? [])] });
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
