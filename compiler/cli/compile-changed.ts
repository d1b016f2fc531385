// Sources are compiled again only where they, or what they import, have changed since the build before: what came of the others is
// in the cache. So is what ties them together, by which is known who depends on whom.
import type { Company } from "../2-check/company.js";
import { allEvents } from "../2-check/events.js";
import { resolvePath } from "../2-check/imports.js";
import type { Program } from "../2-check/program.js";
import { type Cache, keyOf } from "../4-bundle/cache.js";
import { digestOf } from "../4-bundle/digest.js";
import { type Outline, outlineOf } from "../4-bundle/outline.js";
import type { Diagnostic, Source } from "../diagnostics/diagnostic.js";
import type { Silenced } from "../diagnostics/ignore.js";
import { type Compiled, compileAll, importedPaths, type Ties, tiesOf } from "../index.js";
import { at } from "../language/at.js";
import type { ReadSource } from "./sources.js";

/** What came of a source. */
export interface CompiledFile extends ReadSource {
  readonly found: readonly Diagnostic[];
  readonly silenced: readonly Silenced[];
  /** What its module is to others; null: there is no program. */
  readonly outline: Outline | null;
  /** Says all that this came from. */
  readonly key: string;
}

/** What came of sources. */
export interface Compilation {
  readonly files: readonly CompiledFile[];
  /** Gives programs by the absolute paths of their sources. Those that this build has not compiled yet are compiled now. */
  programs(paths: readonly string[]): ReadonlyMap<string, Program>;
}

/** Gives what ties a source to others, as it was found out once for its text. */
export function tiesIn(cache: Cache, source: Source): Ties {
  const key = keyOf("ties", [digestOf(source.text), source.isUnreadable === true]);
  // Only this is noted under such a key.
  const known = cache.get(key) as Ties | undefined;
  const ties = known ?? tiesOf(source);
  if (known === undefined) cache.set(key, ties);
  return ties;
}

/** Compiles sources, but for those that a cache knows all about. */
export function compileChanged(sources: readonly ReadSource[], cache: Cache): Compilation {
  const graph = graphOf(sources, cache);
  const programs = new Map<string, Program>();
  const compile = (indexes: readonly number[]) => {
    const all = [...new Set(indexes.flatMap((index) => [index, ...graph.reached(index)]))];
    const compiled = compileAll(
      all.map((index) => at(sources, index).source),
      graph.company,
    );
    for (const [place, { program }] of compiled.entries()) {
      if (program !== null) programs.set(at(sources, at(all, place)).path, program);
    }
    return new Map(compiled.map((each, place) => [at(all, place), each]));
  };
  const keys = sources.map((_, index) => graph.keyOf(index));
  const known = keys.map((key) => recalled(cache, key));
  const fresh = compile(sources.flatMap((_, index) => (known[index] === null ? [index] : [])));
  const files = sources.map((source, index) => {
    const own = known[index] ?? noted(cache, at(keys, index), fresh.get(index));
    return { ...source, ...withSource(own, source.source), key: at(keys, index) };
  });
  const places = new Map(sources.map(({ path }, index) => [path, index]));
  return {
    files,
    programs: (paths) => {
      const missing = paths.filter((path) => !programs.has(path));
      if (missing.length > 0) compile(missing.flatMap((path) => places.get(path) ?? []));
      return programs;
    },
  };
}

/** What is kept of a source: findings know their source by standing here. */
interface Kept {
  readonly found: readonly Finding[];
  readonly silenced: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly outline: Outline | null;
}

type Finding = Omit<Diagnostic, "source">;

function recalled(cache: Cache, key: string): Kept | null {
  // Only `noted` notes something under such a key.
  return (cache.get(key) as Kept | undefined) ?? null;
}

function noted(cache: Cache, key: string, compiled: Compiled | undefined): Kept {
  if (compiled === undefined) throw new Error("a source was not compiled");
  const kept: Kept = {
    found: compiled.diagnostics.map(withoutSource),
    silenced: compiled.silenced.map(({ diagnostic, reason }) => ({ finding: withoutSource(diagnostic), reason })),
    outline: compiled.program === null ? null : outlineOf(compiled.program),
  };
  cache.set(key, kept);
  return kept;
}

function withoutSource({ source: _, ...finding }: Diagnostic): Finding {
  return finding;
}

function withSource({ found, silenced, outline }: Kept, source: Source): Pick<CompiledFile, "found" | "silenced" | "outline"> {
  return {
    found: found.map((finding) => ({ ...finding, source })),
    silenced: silenced.map(({ finding, reason }) => ({ diagnostic: { ...finding, source }, reason })),
    outline,
  };
}

/** Who depends on whom among sources, which are numbered. */
interface Graph {
  /** What matters of all. */
  readonly company: Company;
  /** Gives what a source imports, and what that imports in turn. */
  reached(index: number): readonly number[];
  /** Gives a key of all that what comes of a source depends on. */
  keyOf(index: number): string;
}

function graphOf(sources: readonly ReadSource[], cache: Cache): Graph {
  const ties = sources.map(({ source }) => tiesIn(cache, source));
  const events = allEvents(ties);
  const imported = new Set(sources.flatMap(({ source }, index) => importedPaths(source, at(ties, index))));
  const messages = new Set(ties.flatMap((each) => each.messages));
  const texts = sources.map(({ source }) => [source.path, digestOf(source.text), source.isUnreadable === true] as const);
  const places = new Map(sources.map(({ source }, index) => [resolvePath("", source.path), index]));
  const importsOf = (index: number) => {
    const { path } = at(sources, index).source;
    return at(ties, index).imports.flatMap((specifier) => places.get(resolvePath(path, specifier)) ?? []);
  };
  const reached = (index: number) => {
    const all = new Set([index]);
    for (const each of all) for (const next of importsOf(each)) all.add(next);
    return [...all].slice(1).sort((a, b) => a - b);
  };
  const eventsKey = keyOf("events", events);
  const messagesKey = keyOf("messages", [...messages]);
  return {
    company: { events, imported, messages },
    reached,
    keyOf: (index) => {
      const { heard, sent } = at(ties, index);
      const heeded = heard.length + sent.length > 0 ? eventsKey : null;
      // Whoever sends to a domain of another file imports it.
      const asked = imported.has(resolvePath("", at(sources, index).source.path)) ? messagesKey : null;
      return keyOf("source", [at(texts, index), reached(index).map((other) => at(texts, other)), heeded, asked]);
    },
  };
}
