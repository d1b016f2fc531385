import type { Name } from "../1-parse/ast.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { defaultKey } from "../language/default.js";
import { ownKey } from "../language/name.js";
import type { Domain, Field, FieldRead } from "./program.js";
import { allExpressions, fieldsIn } from "./traverse.js";

// `self` is a field that no program declares or assigns and that nobody observes: an instance comes to life with its key in it. So
// whatever reads fields reads it, and a domain that does not ask for it is without.

/** Gives what `self` reads where it stands. */
export function readOfKey(span: Span): FieldRead {
  return { kind: "field", field: ownKey, type: "string", span };
}

/** Gives a domain with the field for the keys of its instances, if something in it asks for that. */
export function withOwnKey(domain: Domain): Domain {
  if (!allExpressions(domain).flatMap(fieldsIn).includes(ownKey)) return domain;
  const { span } = domain;
  const remarks = { above: [], behind: null };
  const key = { name: ownKey, type: "string", initial: defaultKey, observed: false, typeSpan: span, span, remarks } as const;
  return { ...domain, fields: [...domain.fields, key] };
}

/** Says whether a field is the one for the instance's key. */
export function isOwnKey({ name }: Pick<Field, "name">): boolean {
  return name === ownKey;
}

/** Says whether a domain asks for the keys of its instances. */
export function asksForKey({ fields }: Pick<Domain, "fields">): boolean {
  return fields.some(isOwnKey);
}

/** Gives the fields that a domain declares. */
export function declaredFields({ fields }: Pick<Domain, "fields">): readonly Field[] {
  return fields.filter((field) => !isOwnKey(field));
}

/** Reports what is called like the instance's own key. */
export function reportOwnKey(names: readonly Name[], findings: Findings): void {
  for (const { text, span } of names) if (text === ownKey) findings.report("VED2033", span, {});
}
