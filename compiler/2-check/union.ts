import type { Fix, Span } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
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

/** Suggests the member that a string may have been meant to be, to be written in its place. */
export function suggestMember(text: string, members: readonly string[], span: Span): Fix | null {
  return suggest(
    JSON.stringify(text),
    members.map((member) => JSON.stringify(member)),
    span,
  );
}
