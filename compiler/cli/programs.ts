import type { Program } from "../2-check/program.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Silenced } from "../diagnostics/ignore.js";
import { compileAll } from "../index.js";
import { readSources } from "./sources.js";

/** The programs of sources, what was found in them, and what they silence; a source with errors has no program. */
export interface ReadPrograms {
  readonly programs: readonly Program[];
  readonly diagnostics: readonly Diagnostic[];
  readonly silenced: readonly Silenced[];
}

/** Reads and checks the sources that arguments name. @throws UsageError for what cannot be read */
export async function readPrograms(paths: readonly string[]): Promise<ReadPrograms> {
  const sources = await readSources(paths);
  const all = compileAll(sources.map(({ source }) => source));
  const checked = all.map((each, index) => ({ ...each, encoding: sources[index]?.diagnostics ?? [] }));
  return {
    programs: checked.flatMap(({ program }) => (program === null ? [] : [program])),
    diagnostics: checked.flatMap(({ encoding, diagnostics }) => [...encoding, ...diagnostics]),
    silenced: checked.flatMap(({ silenced }) => silenced),
  };
}
