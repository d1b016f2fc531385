import { KnownParts } from "./1-parse/known-parts.js";
import { type Parsed, parse } from "./1-parse/parse.js";
import { importedPaths } from "./2-check/imports.js";
import { KnownDomains } from "./2-check/known-domains.js";
import type { Program } from "./2-check/program.js";
import { Compilation, type Found } from "./compilation.js";
import type { Diagnostic, Source } from "./diagnostics/diagnostic.js";
import type { Silenced } from "./diagnostics/ignore.js";

/**
 * Sources that may import each other and change, as in an editor. What is said of them is what `compileAll` says of all that are
 * there, in the order of their paths; but only what has changed is read again, and only what that may matter to is checked
 * again. Of a path that is not there it says that nothing was found.
 */
export interface Session {
  /** Adds a source, or puts it in the place of the one with the same path. */
  update(source: Source): void;
  /** Takes a source out. */
  remove(path: string): void;
  /** The paths of all sources, in order. */
  readonly paths: readonly string[];
  /** Gives what was found in a source, in its order. */
  diagnostics(path: string): readonly Diagnostic[];
  /** Gives what a source silences. */
  silenced(path: string): readonly Silenced[];
  /** Gives the program of a source; null: something is an error, in it or in what it imports. */
  program(path: string): Program | null;
  /** Gives the paths of what a source imports, as they are resolved, there or not. */
  imports(path: string): readonly string[];
}

/** Opens a session without sources. */
export function openSession(): Session {
  return new OpenSession();
}

/** A source, and what was read of it and of its earlier versions. */
interface Tracked {
  readonly parsed: Parsed;
  readonly parts: KnownParts;
}

class OpenSession implements Session {
  readonly #tracked = new Map<string, Tracked>();
  readonly #known = new KnownDomains();
  #compilation: Compilation | null = null;

  get paths(): readonly string[] {
    return [...this.#tracked.keys()].sort();
  }

  update(source: Source): void {
    const earlier = this.#tracked.get(source.path);
    const isSame = earlier?.parsed.source.text === source.text && earlier.parsed.source.isUnreadable === source.isUnreadable;
    if (isSame) return;
    const parts = earlier?.parts ?? new KnownParts();
    this.#tracked.set(source.path, { parsed: parse(source, parts), parts });
    this.#compilation = null;
  }

  remove(path: string): void {
    if (this.#tracked.delete(path)) this.#compilation = null;
  }

  diagnostics(path: string): readonly Diagnostic[] {
    return this.#found(path)?.diagnostics ?? [];
  }

  silenced(path: string): readonly Silenced[] {
    return this.#found(path)?.silenced ?? [];
  }

  program(path: string): Program | null {
    const tracked = this.#tracked.get(path);
    return tracked === undefined ? null : this.#compiled().program(tracked.parsed);
  }

  imports(path: string): readonly string[] {
    const tracked = this.#tracked.get(path);
    return tracked === undefined ? [] : importedPaths(tracked.parsed);
  }

  #found(path: string): Found | null {
    const tracked = this.#tracked.get(path);
    return tracked === undefined ? null : this.#compiled().found(tracked.parsed);
  }

  #compiled(): Compilation {
    this.#compilation ??= new Compilation(
      this.paths.flatMap((path) => this.#tracked.get(path)?.parsed ?? []),
      this.#known,
    );
    return this.#compilation;
  }
}
