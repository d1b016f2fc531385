// The public API of the compiler, in the order of the pipeline: parse → check → emit → bundle, verify.
import { parse } from "./1-parse/parse.js";
import type { Company } from "./2-check/company.js";
import { type Events, eventsOf } from "./2-check/events.js";
import { hintsFor } from "./2-check/hints.js";
import { resolvePath } from "./2-check/imports.js";
import { KnownDomains } from "./2-check/known-domains.js";
import { sentBy } from "./2-check/messages.js";
import type { Program } from "./2-check/program.js";
import type { EmitOptions, Emitted } from "./3-emit/emit.js";
import type { BundleInput, BundleOptions, OutputFile } from "./4-bundle/bundle.js";
import type { Report, VerifyFinding } from "./5-verify/report/report.js";
import { atOnce } from "./5-verify/search/steps.js";
import { searchesOf, verifiedBy } from "./5-verify/searches.js";
import type { VerifyOptions } from "./5-verify/verify.js";
import { Compilation, type Compiled, inOrder } from "./compilation.js";
import type { Diagnostic, Source } from "./diagnostics/diagnostic.js";
import type { Silenced } from "./diagnostics/ignore.js";
import type { Formatted } from "./editor/format/format.js";
import { heed } from "./heed.js";
import { at } from "./language/at.js";

export type { FileNode } from "./1-parse/ast.js";
export { decode } from "./1-parse/decode.js";
export { type Parsed, parse } from "./1-parse/parse.js";
export { type Checked, check } from "./2-check/check.js";
export { type Environment, environmentOf } from "./2-check/environment.js";
export type { Domain, Program, Transition } from "./2-check/program.js";
export type { EmitOptions, Emitted } from "./3-emit/emit.js";
export type { BundleInput, BundleInput as Input, BundleOptions, OutputFile } from "./4-bundle/bundle.js";
export { renderReport } from "./5-verify/report/render.js";
export type { Report, Story, Verdict, VerifyFinding } from "./5-verify/report/report.js";
export type { VerifyOptions } from "./5-verify/verify.js";
export type { Compiled } from "./compilation.js";
export { type Code, catalogue, isCode } from "./diagnostics/catalogue.js";
export { type Diagnostic, hasErrors, type Source, type Span } from "./diagnostics/diagnostic.js";
export type { Silenced } from "./diagnostics/ignore.js";
export { renderJson } from "./diagnostics/json.js";
export { renderPretty, type Style } from "./diagnostics/pretty.js";
export type { Formatted } from "./editor/format/format.js";
export { openSession, type Session } from "./session.js";

/** Parses and checks one source: its program, when there is no error, and everything found in both stages. */
export function compile(source: Source): Compiled {
  return at(compileAll([source]), 0);
}

/**
 * Parses and checks sources that may import each other, each once. What imports a file with errors has no program either.
 * @param company what matters of all sources that belong together, where these are only some of them
 */
export function compileAll(sources: readonly Source[], company?: Company): Compiled[] {
  const files = sources.map((source) => parse(source));
  const compilation = new Compilation(files, new KnownDomains(), company);
  return files.map((parsed) => ({ program: compilation.program(parsed), ...compilation.found(parsed) }));
}

/** Formats a source, unless it has syntax errors: then they are given. Loads the printer for it. */
export async function format(source: Source): Promise<Formatted> {
  return (await import("./editor/format/format.js")).format(source);
}

/** What ties a source to others, as plain data. */
export interface Ties extends Events {
  /** What it imports, as it is written there. */
  readonly imports: readonly string[];
  /** The messages that it may send to domains of others, as `Worker.Work`. */
  readonly messages: readonly string[];
}

/** Gives what ties a source to others. It depends on the text alone. */
export function tiesOf(source: Source): Ties {
  // Both would stand in the text, and most sources need not be parsed to know that they have neither.
  if (!/\bimport\b|::/.test(source.text)) return { imports: [], messages: [], heard: [], sent: [] };
  const parsed = parse(source);
  const imports = parsed.file.imports.map(({ from }) => String(from.value));
  return { imports, messages: sentBy(parsed), ...eventsOf(parsed) };
}

/** Gives the paths of what a source imports, as they are resolved. */
export function importsOf(source: Source): string[] {
  return importedPaths(source, tiesOf(source));
}

/** Gives the paths of what a source with these ties imports, as they are resolved. */
export function importedPaths({ path }: Source, { imports }: Ties): string[] {
  return imports.map((specifier) => resolvePath(path, specifier));
}

/** Gives what could be said better in a program with nothing wrong in it: suggestions, with fixes. */
export function hints(program: Program): Diagnostic[] {
  return heededHints(program).diagnostics;
}

/** Gives the hints for a program, and those that its source silences. */
export function heededHints(program: Program): { readonly diagnostics: Diagnostic[]; readonly silenced: readonly Silenced[] } {
  const { shown, silenced, unused } = heed(program.source, hintsFor(program), "hints");
  return { diagnostics: inOrder(shown, unused), silenced };
}

/**
 * Explores every state that the domains of a program can get into, and gives a report on each that has a goal: a proof that it
 * comes to rest, or how it does not. Domains that talk are explored together. ts-morph is loaded for it, as what is verified is
 * what is emitted.
 */
export async function verify(program: Program, options: VerifyOptions = {}, others: readonly Program[] = []): Promise<Report[]> {
  const { loadMembers } = await import("./4-bundle/load.js");
  const members = await loadMembers(program, [program, ...others]);
  return searchesOf(members, verifiedBy(program), options).flatMap(({ steps }) => atOnce(steps).map(withoutSilenced));
}

/** Leaves out of a report what the sources silence. */
export function withoutSilenced<R extends Report>(report: R): R {
  const isShown = ({ diagnostic }: VerifyFinding) => heed(diagnostic.source, [diagnostic], "verify").silenced.length === 0;
  return { ...report, findings: report.findings.filter(isShown) };
}

/** Emits the TypeScript module of a program. Loads ts-morph for it. */
export async function emit(program: Program, options: EmitOptions): Promise<Emitted> {
  return (await import("./3-emit/emit.js")).emit(program, options);
}

/** Builds the standalone files of programs, in memory. Loads ts-morph and Rollup for it. */
export async function bundle(inputs: readonly BundleInput[], options: BundleOptions): Promise<OutputFile[]> {
  return (await import("./4-bundle/bundle.js")).bundle(inputs, options);
}
