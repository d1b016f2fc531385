import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { allTypes, types } from "../language/type.js";
import type { ExpressionContext, Vocabulary } from "./context.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";

const builtIn: ReadonlySet<string> = new Set(allTypes.flatMap((type) => types[type].spellings));

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
  reportShadowing(values, { vocabulary: outer }, findings);
  reportMeanings(typeNames, (name) => (builtIn.has(name) ? "a type of the language" : null), findings);
  reportMeanings(typeNames, (name) => (outer.hasType(name) ? "a type that is known here already" : null), findings);
}

/** What may have a meaning already, where a name is declared. */
interface Known extends Pick<ExpressionContext, "vocabulary">, Partial<Pick<ExpressionContext, "types" | "definitions">> {}

/** Reports names that mean something else already in the expressions of the place where they are declared. */
export function reportShadowing(names: readonly ast.Name[], known: Known, findings: Findings): void {
  reportMeanings(names, (name) => meaningOf(name, known), findings);
}

function meaningOf(name: string, { vocabulary, types, definitions }: Known): string | null {
  if (types?.has(name) === true) return "a field of the domain";
  if (definitions?.names.includes(name) === true) return "a definition of the domain";
  return vocabulary.hasConstant(name) ? "a constant" : null;
}

function reportMeanings(names: readonly ast.Name[], meaningFor: (name: string) => string | null, findings: Findings): void {
  for (const { text, span } of names) {
    const other = meaningFor(text);
    if (other !== null) findings.report("VED2013", span, { name: text, other });
  }
}
