import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { allTypes, types } from "../language/type.js";
import type { ExpressionContext, Vocabulary } from "./context.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";

/** Reports constants and types of a file or a domain that are called like each other, or like what holds around them. */
export function reportTerms(
  { constants, aliases }: Pick<ast.FileNode, "constants" | "aliases">,
  outer: Vocabulary,
  findings: Findings,
): void {
  const values = constants.map(({ name }) => name);
  const typeNames = aliases.map(({ name }) => name);
  reportDuplicates("constant", values, findings);
  reportDuplicates("type", typeNames, findings);
  reportForbidden([...values, ...typeNames], findings);
  reportOwnKey([...values, ...typeNames], findings);
  reportShadowing(values, meaningsOf({ vocabulary: outer }), findings);
  const builtIn = allTypes.flatMap((type) => types[type].spellings);
  reportShadowing(typeNames, meanings(builtIn, "a type of the language"), findings);
  reportShadowing(typeNames, meanings(outer.types, "a type that is known here already"), findings);
}

/** Reports names that mean something else already where they are declared. */
export function reportShadowing(names: readonly ast.Name[], known: ReadonlyMap<string, string>, findings: Findings): void {
  for (const { text, span } of names) {
    const other = known.get(text);
    if (other !== undefined) findings.report("VED2013", span, { name: text, other });
  }
}

/** What may have a meaning already, where a name is declared. */
interface Known extends Pick<ExpressionContext, "vocabulary">, Partial<Pick<ExpressionContext, "types" | "definitions">> {}

/** Gives what in an expression means something already, and what that is. */
export function meaningsOf({ vocabulary, types, definitions }: Known): Map<string, string> {
  return new Map([
    ...meanings(vocabulary.constants, "a constant"),
    ...meanings(definitions?.names ?? [], "a definition of the domain"),
    ...meanings(types?.keys() ?? [], "a field of the domain"),
  ]);
}

function meanings(names: Iterable<string>, what: string): Map<string, string> {
  return new Map([...names].map((name) => [name, what]));
}
