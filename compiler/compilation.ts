import type { Parsed } from "./1-parse/parse.js";
import { type Checked, type Examined, examine } from "./2-check/check.js";
import { type Company, companyOf } from "./2-check/company.js";
import { reachableFrom } from "./2-check/imports.js";
import type { KnownDomains } from "./2-check/known-domains.js";
import type { Program } from "./2-check/program.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Silenced } from "./diagnostics/ignore.js";
import { heed } from "./heed.js";

/** The outcome of compiling a source: a typed program when there is no error, what was found, and what the source silences of it. */
export interface Compiled extends Checked {
  readonly silenced: readonly Silenced[];
}

/** What is found in a file. */
export type Found = Omit<Compiled, "program">;

/** Files that may import each other, as they are at one time. Each is checked once somebody asks for it. */
export class Compilation {
  readonly #examined = new Map<Parsed, Examined>();
  readonly #found = new Map<Parsed, Found>();

  /**
   * @param known what was found in domains of earlier versions of the files, and of these from now on
   * @param company what matters of all files that belong together, where these are only some of them
   */
  constructor(
    readonly files: readonly Parsed[],
    private readonly known: KnownDomains,
    readonly company: Company = companyOf(files),
  ) {}

  /** Gives what was found in a file in both stages, but for what it silences. */
  found(parsed: Parsed): Found {
    const found = this.#found.get(parsed) ?? this.#find(parsed);
    this.#found.set(parsed, found);
    return found;
  }

  /** Gives the program of a file; null: something is an error, in it or in what it imports. */
  program(parsed: Parsed): Program | null {
    return this.#isWhole(parsed) ? this.#examine(parsed).program() : null;
  }

  #find(parsed: Parsed): Found {
    const all = inOrder(parsed.diagnostics, this.#examine(parsed).diagnostics);
    const { shown, silenced, malformed, unused } = heed(parsed.source, all, "check", parsed.ignores);
    const isDone = unused.length > 0 && this.#isWhole(parsed);
    return { diagnostics: inOrder(shown, malformed, isDone ? unused : []), silenced };
  }

  #examine(parsed: Parsed): Examined {
    const examined = this.#examined.get(parsed) ?? examine(parsed, this, this.known);
    this.#examined.set(parsed, examined);
    return examined;
  }

  #isWhole(parsed: Parsed): boolean {
    return [parsed, ...reachableFrom(parsed, this.files)].every((file) => this.#examine(file).isSound);
  }
}

/** Puts findings of several stages into the order of their source. */
export function inOrder(...found: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  return found.flat().sort((a, b) => a.span.start - b.span.start);
}
