import type { Parsed } from "../1-parse/parse.js";
import { type Diagnostic, Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { correspondent } from "./correspondent.js";
import { checkDomain, type Undescribed } from "./domain.js";
import { Effects } from "./effect.js";
import { importedDomains, importedInto, isSound, reachableFrom } from "./imports.js";
import { reportDuplicates, reportForbidden, reportTaken } from "./names.js";
import { withOwnKey } from "./own-key.js";
import type { Domain, Program } from "./program.js";
import { reportUnheardEvents } from "./report-unheard-events.js";
import { checkSystem } from "./system.js";
import { reportTerms } from "./terms.js";
import { Vocabularies } from "./vocabulary.js";
import { warn } from "./warnings.js";

/** The outcome of checking a file: a typed program when nothing, in this stage or the one before, was an error. */
export interface Checked {
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Resolves names and checks types. All errors are reported; warnings too, where there are none.
 * @param files all files of this compilation: what is imported is looked for among them
 */
export function check(parsed: Parsed, files: readonly Parsed[] = [parsed]): Checked {
  if (parsed.source.isUnreadable === true) return { program: null, diagnostics: [] };
  const findings = new Findings(parsed.source);
  const domains = parsed.file.domains.filter((domain) => !parsed.damaged.has(domain));
  const names = parsed.file.domains.map((domain) => domain.name);
  reportDuplicates("domain", names, findings);
  reportForbidden(names, findings);
  reportTaken(names, findings);
  const vocabularies = new Vocabularies(parsed, files, findings);
  const vocabulary = vocabularies.ofFile(parsed);
  reportTerms(parsed.file, vocabulary.outer, findings);
  vocabulary.checkAll();
  const effects = new Effects(findings);
  declareEffects(parsed, effects, vocabularies, findings);
  const vocabularyOf = vocabularies.ofDomain.bind(vocabularies);
  const known = importedDomains(parsed, files, vocabularyOf, findings);
  for (const node of parsed.file.domains) {
    known.set(node.name.text, correspondent(node, parsed.source, vocabularyOf(node, parsed)));
  }
  const checked = domains.map((domain) => checkDomain(domain, parsed, vocabularyOf(domain, parsed), known, effects, findings));
  const system = checkSystem(parsed.file.systems, { domains: known, vocabulary, comments: parsed.comments, findings });
  const imported = importedInto(parsed, files, findings);
  const soFar = [...parsed.diagnostics, ...findings.all()];
  if (hasErrors(soFar)) return { program: null, diagnostics: findings.all() };
  // What is wrong with them is said where they are checked.
  if (!reachableFrom(parsed, files).every(isSound)) return { program: null, diagnostics: findings.all() };
  const described = checked.map((domain) => withOwnKey(withEffects(domain, effects)));
  const program: Program = { source: parsed.source, domains: described, imported, system };
  effects.reportUnused();
  reportUnheardEvents(parsed, files, findings);
  warn(program, findings);
  const diagnostics = findings.all();
  return { program: hasErrors(diagnostics) ? null : program, diagnostics };
}

/**
 * Notes the signatures of a file. They hold in the whole file, wherever they stand; a contract speaks of the state, and stands in
 * a domain.
 */
function declareEffects(parsed: Parsed, effects: Effects, vocabularies: Vocabularies, findings: Findings): void {
  const { file } = parsed;
  for (const node of file.effects) {
    effects.declare(node, null, vocabularies.ofFile(parsed));
    if (node.expects !== null) findings.report("VED2019", node.expects.span, {});
  }
  for (const domain of file.domains) {
    for (const node of domain.effects) effects.declare(node, domain, vocabularies.ofDomain(domain, parsed));
  }
}

/** Describes the effects of a domain, which is done last, when every use in the file is known. */
function withEffects({ contracts, ...domain }: Undescribed, effects: Effects): Domain {
  const used = new Set(domain.transitions.flatMap((transition) => transition.effects));
  return { ...domain, effects: [...used].map((name) => effects.describe(name, contracts.get(name) ?? null)) };
}
