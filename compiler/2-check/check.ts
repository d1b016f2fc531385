import type * as ast from "../1-parse/ast.js";
import { originOf, type Parsed } from "../1-parse/parse.js";
import { type Diagnostic, Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import { type Company, companyOf } from "./company.js";
import { noRemarks, remarksOf, type Surroundings, type Vocabulary } from "./context.js";
import { Correspondents } from "./correspondent.js";
import { type CheckedDomain, checkDomain } from "./domain.js";
import { Effects } from "./effect.js";
import { importedDomains, importedInto, isSound, type Located, reachableFrom } from "./imports.js";
import { KnownDomains, type Placed } from "./known-domains.js";
import { reportDuplicates, reportForbidden, reportTaken } from "./names.js";
import { withOwnKey } from "./own-key.js";
import type { Domain, Program } from "./program.js";
import { reportMissingDomain } from "./report-missing-domain.js";
import { reportUnheardEvents } from "./report-unheard-events.js";
import { checkSignature, signaturesIn } from "./signature.js";
import { checkSystem } from "./system.js";
import { reportTerms } from "./terms.js";
import { messagesOf } from "./usage.js";
import { Vocabularies } from "./vocabulary.js";
import { warningsOf } from "./warnings.js";

/** The outcome of checking a file: a typed program when nothing, in this stage or the one before, was an error. */
export interface Checked {
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was found in a file; its program is made when it is asked for. */
export interface Examined {
  readonly diagnostics: readonly Diagnostic[];
  /** Whether there is a program. */
  readonly isSound: boolean;
  /** Gives the program; null where something is an error. */
  readonly program: () => Program | null;
}

/**
 * Resolves names and checks types. All errors are reported; warnings too, where there are none.
 * @param files the files of this compilation, or at least those that the file imports and what these import
 * @param company what matters of all files of this compilation
 */
export function check(parsed: Parsed, files: readonly Parsed[] = [parsed], company: Company = companyOf(files)): Checked {
  const { program, diagnostics } = examine(parsed, { files, company }, new KnownDomains());
  return { program: program(), diagnostics };
}

/** What a file is checked with. */
export interface Among {
  /** The files of the compilation, or at least those that the file imports and what these import. */
  readonly files: readonly Parsed[];
  /** What matters of all files of the compilation. */
  readonly company: Company;
}

/**
 * Checks a file as `check` does, domain by domain.
 * @param known what was found in domains before, and from now on in these
 */
export function examine(parsed: Parsed, { files, company }: Among, known: KnownDomains): Examined {
  if (parsed.source.isUnreadable === true) return unsound([]);
  const findings = new Findings(parsed.source);
  reportNames(parsed, findings);
  const vocabularies = new Vocabularies(parsed, files, findings);
  const vocabulary = vocabularies.ofFile(parsed);
  reportTerms(parsed.file, vocabulary.outer, findings);
  vocabularies.checkFile();
  const effects = new Effects(findings);
  const domains = new Correspondents(locatedDomains(parsed, files, findings), vocabularies);
  const checking = { parsed, known, effects, around: surroundings(vocabulary, domains, effects), findings };
  declareEffects(checking);
  const checked = checkDomains(checking);
  const system = checkSystem(parsed.file.systems, { domains, vocabulary, comments: parsed.comments, findings });
  const imported = importedInto(parsed, files, findings);
  const soFar = [...parsed.diagnostics, ...findings.all()];
  // What is wrong with others is said where they are checked.
  if (hasErrors(soFar) || !reachableFrom(parsed, files).every(isSound)) return unsound(findings.all());
  const described = checked.map((placed) => ({ ...placed, value: withOwnKey(withEffects(placed.value, checking)) }));
  effects.reportUnused();
  reportUnheardEvents(parsed, company.events, findings);
  reportMissingDomain(parsed, company.imported, findings);
  warn(described, company.messages, checking);
  const diagnostics = findings.all();
  if (hasErrors(diagnostics)) return unsound(diagnostics);
  const domainsOf = () => described.map((each) => asPlaced(each, parsed));
  return { diagnostics, isSound: true, program: () => ({ source: parsed.source, domains: domainsOf(), imported, system }) };
}

function unsound(diagnostics: readonly Diagnostic[]): Examined {
  return { diagnostics, isSound: false, program: () => null };
}

/** Where a file is checked. */
interface Checking {
  readonly parsed: Parsed;
  readonly known: KnownDomains;
  readonly effects: Effects;
  readonly around: Surroundings;
  readonly findings: Findings;
}

/** What is known of a domain of a file. */
interface Known<T> extends Placed<T> {
  readonly node: ast.DomainNode;
}

function reportNames({ file }: Parsed, findings: Findings): void {
  const names = file.domains.map(({ name }) => name);
  reportDuplicates("domain", names, findings);
  reportForbidden(names, findings);
  reportTaken(names, findings);
}

/** Gives the domains that can be named in a file: what is imported, and its own. */
function locatedDomains(parsed: Parsed, files: readonly Parsed[], findings: Findings): Map<string, Located | null> {
  const located = importedDomains(parsed, files, findings);
  for (const node of parsed.file.domains) located.set(node.name.text, { node, file: parsed });
  return located;
}

function surroundings(vocabulary: Vocabulary, domains: Correspondents, effects: Effects): Surroundings {
  return { vocabulary, domains, parametersOf: (effect) => effects.parametersOf(effect) };
}

/**
 * Notes the signatures of a file. They hold in the whole file, wherever they stand; a contract speaks of the state, and stands in
 * a domain.
 */
function declareEffects({ parsed, known, effects, around, findings }: Checking): void {
  for (const node of parsed.file.effects) {
    effects.declare(checkSignature(node, around.vocabulary, findings), null);
    if (node.expects !== null) findings.report("VED2019", node.expects.span, {});
  }
  for (const domain of parsed.file.domains) {
    if (domain.effects.length === 0) continue;
    const find = (inquiry: Surroundings) => signaturesIn(domain, inquiry, parsed.source);
    const { value, by } = known.signatures.of(originOf(domain, parsed), around, find);
    findings.add(moved(value.found, by));
    for (const signature of moved(value.signatures, by)) effects.declare(signature, domain);
  }
}

/** Checks the domains of a file, each by itself, and then whether they agree on effects. */
function checkDomains({ parsed, known, effects, around, findings }: Checking): Known<CheckedDomain>[] {
  const sound = parsed.file.domains.filter((domain) => !parsed.damaged.has(domain));
  return sound.map((node) => {
    const find = (inquiry: Surroundings) => checkDomain(node, inquiry, parsed.comments, parsed.source);
    const placed = known.checks.of(originOf(node, parsed), around, find);
    const { uses, returns, found } = placed.value;
    findings.add(moved(found, placed.by));
    for (const use of moved(uses, placed.by)) effects.add(use);
    for (const returned of moved(returns, placed.by)) effects.addReturn(returned);
    return { node, ...placed };
  });
}

/** Describes the effects of a domain, which is done last, when every use in the file is known. */
function withEffects({ domain }: CheckedDomain, { known, effects }: Checking): Domain {
  const used = new Set(domain.transitions.flatMap((transition) => transition.effects));
  const described = [...used].map((name) => effects.describe(name));
  return known.descriptions.of(domain, JSON.stringify(described), () => {
    const { contracts, ...rest } = domain;
    const whole = described.map((effect) => ({ ...effect, contract: contracts.get(effect.name) ?? null }));
    return { ...rest, remarks: noRemarks, effects: whole };
  });
}

/** Reports what is well typed and still cannot be meant. @param messages those of other files */
function warn(
  domains: readonly Placed<Domain>[],
  messages: ReadonlySet<string>,
  { parsed: { source }, known, findings }: Checking,
): void {
  const sent = new Map<string, Set<string>>();
  for (const { target, message } of domains.flatMap(({ value }) => known.messages.of(value, "", () => messagesOf(value)))) {
    sent.set(target, (sent.get(target) ?? new Set()).add(message));
  }
  for (const { value, by } of domains) {
    const others = value.transitions.map(({ name }) => name).filter((name) => messages.has(`${value.name}.${name}`));
    const asked = new Set([...(sent.get(value.name) ?? []), ...others]);
    const found = known.warnings.of(value, JSON.stringify([...asked]), () => warningsOf(value, asked, source));
    findings.add(moved(found, by));
  }
}

/** Gives a domain with its places in this version of its file, and the comments on it. */
function asPlaced({ node, value, by }: Known<Domain>, { comments }: Parsed): Domain {
  return { ...moved(value, by), remarks: remarksOf(comments, node.span) };
}
