import { type Diagnostic, Findings, type Kept, type Source, type Span } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import { unreachable } from "../language/unreachable.js";
import { withAnonymous } from "./anonymous.js";
import type { DomainNode, FileNode } from "./ast.js";
import { Comments } from "./comments.js";
import { scanDivided } from "./division.js";
import { type Ignores, ignoresIn } from "./ignores.js";
import { KnownParts } from "./known-parts.js";
import { reportDeepNesting } from "./limits.js";
import { matchBrackets } from "./match-brackets.js";
import { maxErrors, type Reading, type ReadPart } from "./read-part.js";
import { toldOnce } from "./recover.js";
import { reportChain } from "./report-chain.js";
import { reportLater } from "./report-later.js";
import type { Token } from "./scan.js";
import { codeIn, joined, partsOf } from "./split.js";
import type { Survey } from "./survey.js";

/** A parsed file. What could be read is in `file`, even when there are errors. */
export interface Parsed {
  readonly source: Source;
  readonly file: FileNode;
  readonly comments: Comments;
  readonly diagnostics: readonly Diagnostic[];
  /** The domains that lost a part to a syntax error: nothing more can be said about them. */
  readonly damaged: ReadonlySet<DomainNode>;
  /** What its comments silence. */
  readonly ignores: Ignores;
  /** What each domain was when it was first read; one that is called after the file is not among them. */
  readonly origins: ReadonlyMap<DomainNode, Origin>;
}

/** A domain as it was first read, in this version of its file or in an earlier one. */
export interface Origin {
  readonly node: DomainNode;
  /** How far it has moved since then. */
  readonly by: number;
}

/** Gives what a domain of a file was when it was first read. */
export function originOf(node: DomainNode, { origins }: Parsed): Origin {
  return origins.get(node) ?? { node, by: 0 };
}

/**
 * Reads one file. After a syntax error it goes on at the next declaration, so that all of them are reported; it never
 * throws, whatever the text.
 * @param known what was read of earlier versions of the file, and of this one from now on
 */
export function parse(source: Source, known: KnownParts = new KnownParts()): Parsed {
  if (source.isUnreadable === true) return { ...parse({ path: source.path, text: "" }), source };
  known.begin();
  const findings = new Findings(source);
  const { tokens, masked } = scanDivided(findings);
  const read = reportDeepNesting(tokens, findings) ? null : readParts(masked, tokens, findings, known);
  const parts = read === null || reportDeepTree(read, findings) ? [] : read;
  const file = withAnonymous(
    joined(
      parts.map((part) => part.file),
      source.text.length,
    ),
    source.path,
  );
  const named = new Set(parts.flatMap(({ file: { domains } }) => domains));
  const damaged = damagedIn(file, named, findings.all());
  for (const { marked } of parts) reportMarked(marked, findings);
  return {
    source,
    file,
    comments: new Comments(source.text, tokens),
    diagnostics: findings.all(),
    damaged,
    ignores: ignoresIn(source, tokens),
    origins: new Map(parts.flatMap(({ origins }) => origins)),
  };
}

/** A part of a file, where it is now. */
interface PlacedPart extends Survey {
  readonly file: FileNode;
  readonly origins: readonly (readonly [DomainNode, Origin])[];
}

/** Reads a file part by part, and reports what does not match; null where there are more errors than are looked for. */
function readParts(masked: string, tokens: readonly Token[], findings: Findings, known: KnownParts): PlacedPart[] | null {
  const { text, code } = matchBrackets(masked, codeIn(tokens), findings);
  const reading: Reading = { source: findings.source, text, reported: findings.all() };
  const placed: PlacedPart[] = [];
  let failures = 0;
  for (const { part, start } of eachPart(reading, partsOf(code, text.length), known)) {
    const by = start - part.start;
    for (const found of part.failures.slice(0, maxErrors - failures)) findings.add(untold(moved(found, by), findings));
    failures += part.failures.length;
    if (part.file === null || failures >= maxErrors) return null;
    placed.push(placedPart(part, part.file, by));
  }
  return placed;
}

/** Reads parts in their order; one of which cannot be told what is wrong by itself goes with the next one. */
function* eachPart(reading: Reading, parts: readonly Span[], known: KnownParts): Generator<{ part: ReadPart; start: number }> {
  let start = 0;
  for (const { end } of parts) {
    const span = { start, end };
    const part = known.matching(reading, span) ?? known.broken(reading, span);
    if (part === null) continue;
    yield { part, start };
    start = end;
  }
}

function placedPart({ tooDeep, marked }: ReadPart, file: FileNode, by: number): PlacedPart {
  const own = moved(file, by);
  const origins = file.domains.flatMap((node, index) => {
    const placed = own.domains[index];
    return placed === undefined ? [] : [[placed, { node, by }] as const];
  });
  return { file: own, origins, tooDeep: moved(tooDeep, by), marked: moved(marked, by) };
}

/** Leaves out what is told once and was told. */
function untold(found: readonly Kept[], findings: Findings): readonly Kept[] {
  const told = new Set(findings.all().map(({ code }) => code));
  return found.filter(({ code }) => !toldOnce.has(code) || !told.has(code));
}

/** Reports a tree that is too deep to be walked. */
function reportDeepTree(parts: readonly Survey[], findings: Findings): boolean {
  const [first] = parts.flatMap(({ tooDeep }) => tooDeep ?? []);
  if (first !== undefined) findings.report("VED1014", first, {});
  return first !== undefined;
}

/** @param named the domains that are called as they say; what stands around these is of one that is called after the file */
function damagedIn({ domains }: FileNode, named: ReadonlySet<DomainNode>, errors: readonly Diagnostic[]): Set<DomainNode> {
  const isIn = ({ span: { start, end } }: DomainNode, { span }: Diagnostic) => span.start >= start && span.start <= end;
  const isAround = (error: Diagnostic) => ![...named].some((domain) => isIn(domain, error));
  return new Set(
    domains.filter((domain) => (named.has(domain) ? errors.some((error) => isIn(domain, error)) : errors.some(isAround))),
  );
}

function reportMarked(marked: Survey["marked"], findings: Findings): void {
  for (const node of marked) {
    switch (node.kind) {
      case "later":
        reportLater(node, findings);
        break;
      case "chain":
        reportChain(node, findings);
        break;
      default:
        unreachable(node);
    }
  }
}
