import process from "node:process";
import { inOrder } from "../compilation.js";
import { hasErrors, type Severity } from "../diagnostics/diagnostic.js";
import { heededHints, openSession, type Session } from "../index.js";
import { exitCode, UsageError } from "./exit.js";
import { atLeast, count, type Format, report, summary } from "./report.js";
import { type GivenSource, type ReadSource, readSources } from "./sources.js";
import { readStandardInput } from "./standard-input.js";

/** The options of `vedc check`. */
export interface CheckOptions {
  readonly format: Format;
  /** The least that is shown and counted; hints when absent. */
  readonly severity?: Severity;
  /** A warning is a failure as well. */
  readonly strict?: boolean;
  /** Nothing is said but the findings. */
  readonly quiet?: boolean;
  /** The file that standard input stands for. */
  readonly stdinFilepath?: string;
}

/**
 * Runs `vedc check`: reports what is wrong with sources, and writes nothing. Gives the exit code.
 * @param session what an earlier run has left, so that this one only looks at what has changed
 */
export async function check(paths: readonly string[], options: CheckOptions, session: Session = openSession()): Promise<number> {
  const { format, severity = "hint", strict = false, quiet = false } = options;
  const files = paths.filter((path) => path !== "-");
  const sources = await readSources(files, await standardInput(files.length < paths.length, options), (source) => {
    session.update(source);
    return session.imports(source.path);
  });
  const { diagnostics, silenced } = findingsIn(sources, session);
  const found = atLeast(severity, diagnostics);
  report(found, format, { quiet, silenced });
  if (hasErrors(found)) return exitCode.findings;
  const isFailure = strict && atLeast("warning", found).length > 0;
  const failure = isFailure ? " With --strict that is a failure." : "";
  if (format === "pretty" && !quiet)
    process.stdout.write(`${count(sources.length, "file")} checked: ${summary(found)}.${failure}\n`);
  return isFailure ? exitCode.findings : exitCode.ok;
}

/** Reads standard input where it is asked for. @throws UsageError where it is only said what it stands for */
async function standardInput(isAsked: boolean, { stdinFilepath: path }: CheckOptions): Promise<GivenSource | null> {
  if (isAsked) return { path: path ?? null, bytes: await readStandardInput() };
  if (path === undefined) return null;
  throw new UsageError(
    "--stdin-filepath says what standard input stands for, which `-` reads: `vedc check - --stdin-filepath …`.",
  );
}

/** Checks sources, which a session has. Gives what was found, and what they silence. */
function findingsIn(sources: readonly ReadSource[], session: Session) {
  const paths = new Set(sources.map(({ source }) => source.path));
  for (const path of session.paths) if (!paths.has(path)) session.remove(path);
  const found = sources.map(({ source: { path }, diagnostics }) => {
    const program = session.program(path);
    const hints = program === null ? { diagnostics: [], silenced: [] } : heededHints(program);
    return {
      diagnostics: inOrder(diagnostics, session.diagnostics(path), hints.diagnostics),
      silenced: [...session.silenced(path), ...hints.silenced],
    };
  });
  return {
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
    silenced: found.flatMap(({ silenced }) => silenced),
  };
}
