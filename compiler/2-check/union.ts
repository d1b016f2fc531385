import type * as ast from "../1-parse/ast.js";
import type { Fix, Span } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import type { TypeRef } from "../language/type.js";
import { writtenText } from "./canonical.js";
import type { ExpressionContext } from "./context.js";
import { type Expression, membersOf } from "./program.js";
import { conjoined } from "./words.js";

type Reporting = Pick<ExpressionContext, "findings">;

/**
 * Checks a string where only the members of a union may stand, and reports what it could be beside them. Gives whether it is
 * sound.
 */
export function checkMembers(name: string, members: readonly string[], value: Expression, context: Reporting): boolean {
  const possible = membersOf(value);
  const foreign = possible?.find((member) => !members.includes(member));
  if (possible !== null && foreign === undefined) return true;
  const values = {
    name,
    found: foreign === undefined ? "just any string" : `\`${JSON.stringify(foreign)}\``,
    members: listed(members),
  };
  const fix = value.kind === "literal" ? suggestMember(String(value.value), members, value.span) : null;
  context.findings.report("VED3013", value.span, values, { fix });
  return false;
}

/** Puts strings into a sentence: `"a"`, `"b"` and `"c"`. */
export function listed(members: readonly string[], conjunction: "and" | "or" = "and"): string {
  return conjoined(
    members.map((member) => `\`${JSON.stringify(member)}\``),
    conjunction,
  );
}

/** Says whether two strings that are compared can be the same, as far as their unions say. */
export function canBeAlike(left: Expression, right: Expression): boolean {
  const [some, others] = [membersOf(left), membersOf(right)];
  if (some === null || others === null || (left.members === undefined && right.members === undefined)) return true;
  return some.some((member) => others.includes(member));
}

/** Reports two strings that are compared and never alike. */
export function reportDisjoint(left: Expression, right: Expression, { findings }: Reporting): void {
  const [union, other] = left.members === undefined ? [right, left] : [left, right];
  const members = union.members ?? [];
  const found = listed(membersOf(other) ?? [], "or");
  const fix = other.kind === "literal" ? suggestMember(String(other.value), members, other.span) : null;
  findings.report("VED3012", other.span, { name: writtenText(union), found, members: listed(members) }, { fix });
}

/** The quotes of a word that is no longer than this would count for more than its letters. */
const shortest = 3;

function meant(replacement: string, span: Span): Fix {
  return { message: `Did you mean \`${replacement}\`?`, span, replacement };
}

/** Suggests the member that a string may have been meant to be, to be written in its place. */
export function suggestMember(text: string, members: readonly string[], span: Span): Fix | null {
  const quoted = members.map((member) => JSON.stringify(member));
  if (text.length > shortest) return suggest(JSON.stringify(text), quoted, span);
  const near = suggest(text, members, span);
  return near === null ? null : meant(JSON.stringify(near.replacement), span);
}

/** Gives the context of a mere name that stands where a member of a union may: it may be one without its quotes. */
export function wanting<C extends ExpressionContext>(context: C, node: ast.ExpressionNode, value: TypeRef | null): C {
  const wanted = node.kind === "path" || node.kind === "event" ? value?.members : undefined;
  return wanted === undefined && context.wanted === undefined ? context : { ...context, wanted };
}

/** Writes the member of the wanted union that a name is, but for its quotes and its capitals; null: it is none. */
export function memberFix(name: string, span: Span, wanted: readonly string[] | undefined): Fix | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_ ]/g, "");
  const member = wanted?.find((each) => plain(each) === plain(name));
  return member === undefined ? null : meant(JSON.stringify(member), span);
}

/** Says what the values of a union are, to whom writes them as those of an enum. */
export function unionNote({ wanted }: ExpressionContext): string {
  return `The values of a union are strings: ${wanted === undefined ? 'such as `"up"`' : listed(wanted)}.`;
}
