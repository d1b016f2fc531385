import type * as ast from "../1-parse/ast.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { isNothing } from "../language/foreign-name.js";
import { joinedText, placeholdersIn } from "../language/placeholder.js";
import type { ExpressionContext } from "./context.js";

/** How other languages write the values of a bool. */
const booleans: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["TRUE", "true"],
  ["FALSE", "false"],
  ["yes", "true"],
  ["no", "false"],
]);

/** Reports a name that is a value in other languages: `null`, `True`. Says whether it is one. */
export function reportForeignValue({ text, span }: ast.Name, { findings }: Pick<ExpressionContext, "findings">): boolean {
  const ved = booleans.get(text);
  if (isNothing(text)) findings.report("VED1028", span, { found: text });
  else if (ved !== undefined) {
    findings.report("VED1009", span, { found: text, ved }, { fix: { message: `Write \`${ved}\`.`, span, replacement: ved } });
  } else return false;
  return true;
}

/** Reports what other languages would fill in, in a string literal: `"${name} is down"`. */
export function reportPlaceholders(span: Span, { findings, types, parameters }: ExpressionContext): void {
  const literal = findings.source.text.slice(span.start, span.end);
  const [first] = placeholdersIn(literal).filter(({ inner }) => /^[A-Za-z_]/.test(inner));
  if (first === undefined || !literal.startsWith('"')) return;
  const inWords = (inner: string) => {
    const name = inner.replace(/^state\./, "");
    const type = (types.get(name) ?? parameters.get(name))?.type;
    return type === "int" || type === "bool" ? `text(${inner})` : inner;
  };
  const replacement = joinedText(literal, inWords);
  const place = { start: span.start + first.start, end: span.start + first.end };
  const found = literal.slice(first.start, first.end);
  findings.report("VED1035", place, { found }, { fix: { message: `Write \`${replacement}\`.`, span, replacement } });
}
