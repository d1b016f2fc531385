import { readFile } from "node:fs/promises";
import process from "node:process";
import { decode } from "../1-parse/decode.js";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/visible.js";
import { format } from "../index.js";
import { exitCode, UsageError } from "./exit.js";
import { replaceFile } from "./replace-file.js";
import { count, report } from "./report.js";
import { fail, pathsOfSources, shorten } from "./sources.js";
import { readStandardInput } from "./standard-input.js";

interface FmtOptions {
  /** Nothing is written. */
  readonly check?: boolean;
  /** What standard input is called. */
  readonly stdinFilepath?: string;
}

/** What came of a source: its text in the one style; null: it cannot be read. */
interface Outcome {
  readonly text: string | null;
  /** Its bytes are others than those of the text. */
  readonly differs: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs `vedc fmt`: writes sources in the one style that there is, or says which are not. Gives the exit code. */
export async function fmt(paths: readonly string[], options: FmtOptions): Promise<number> {
  const { check = false, stdinFilepath } = options;
  if (paths.includes("-")) {
    if (paths.length > 1) throw new UsageError("`-` is standard input, which is formatted alone.");
    return await formatInput(stdinFilepath ?? "<stdin>", check);
  }
  if (stdinFilepath === undefined) return await formatFiles(paths, check);
  throw new UsageError("`--stdin-filepath` says what standard input is called: `vedc fmt - --stdin-filepath src/a.ved`.");
}

async function formatFiles(paths: readonly string[], check: boolean): Promise<number> {
  const files = await pathsOfSources(paths);
  const found: Diagnostic[] = [];
  let differing = 0;
  for (const path of files) {
    const shown = shorten(path);
    const bytes = await readFile(path).catch((error: unknown) => fail("read", shown, error));
    const { text, differs, diagnostics } = await formatBytes(shown, bytes);
    found.push(...diagnostics);
    if (text === null || !differs) continue;
    differing += 1;
    if (!check) await replaceFile(path, text).catch((error: unknown) => fail("write", shown, error));
    process.stdout.write(`${visible(shown)}\n`);
  }
  report(found, "pretty");
  // The names alone go to standard output, for other commands.
  if (check && differing > 0) process.stderr.write(`Not formatted: ${differing} of ${count(files.length, "file")}.\n`);
  if (!check) process.stderr.write(`Formatted: ${differing} of ${count(files.length, "file")}.\n`);
  return hasErrors(found) || (check && differing > 0) ? exitCode.findings : exitCode.ok;
}

async function formatInput(name: string, check: boolean): Promise<number> {
  const { text, differs, diagnostics } = await formatBytes(name, await readStandardInput());
  report(diagnostics, "pretty");
  if (text === null) return exitCode.findings;
  if (!check) {
    process.stdout.write(text);
    return exitCode.ok;
  }
  if (differs) process.stdout.write(`${visible(name)}\n`);
  return differs ? exitCode.findings : exitCode.ok;
}

async function formatBytes(name: string, bytes: Uint8Array): Promise<Outcome> {
  const { source, diagnostics: encoding } = decode(name, bytes);
  const { text, diagnostics } = await format(source);
  if (text === null || hasErrors(encoding)) return { text: null, differs: false, diagnostics: [...encoding, ...diagnostics] };
  return { text, differs: Buffer.compare(Buffer.from(text), bytes) !== 0, diagnostics: encoding };
}
