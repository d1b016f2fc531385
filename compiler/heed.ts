// What a source says of its findings is heeded here, once for each stage that gives some.
import { ignoresIn } from "./1-parse/ignores.js";
import type { Diagnostic, Source } from "./diagnostics/diagnostic.js";
import { type Silenced, type Stage, silence, stageOf, unusedIgnores } from "./diagnostics/ignore.js";

/** What becomes of the findings of a stage. */
export interface Heeded {
  readonly shown: readonly Diagnostic[];
  /** Those that the source silences. */
  readonly silenced: readonly Silenced[];
  /** What is wrong with comments that want to silence something. */
  readonly malformed: readonly Diagnostic[];
  /** That comments silence nothing of this stage: it counts once the stage has found all that there is. */
  readonly unused: readonly Diagnostic[];
}

/**
 * Tells the findings of one source that it silences from the others.
 * @param ignoring what its comments say
 */
export function heed(source: Source, found: readonly Diagnostic[], stage: Stage, ignoring = ignoresIn(source)): Heeded {
  const { ignores, diagnostics } = ignoring;
  const own = ignores.filter(({ code }) => stageOf(code) === stage);
  const { shown, silenced, used } = silence(source, found, own);
  const unused = unusedIgnores(
    source,
    own.filter((ignore) => !used.has(ignore)),
  );
  return { shown, silenced, malformed: diagnostics, unused };
}
