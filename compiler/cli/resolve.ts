import process from "node:process";
import { JournalError } from "../../runtime-lib/journal/error.js";
import { pendingIn, settle, visit } from "../../runtime-lib/journal/file/visit.js";
import type { Value } from "../../runtime-lib/kernel/value.js";
import { visible } from "../diagnostics/visible.js";
import { exitCode } from "./exit.js";
import { fail } from "./sources.js";

/** The options of `vedc resolve`. */
export interface ResolveOptions {
  readonly by?: string;
  readonly why: string;
  readonly value?: string;
}

/** Runs `vedc resolve`: settles an intent whose outcome nobody else will ever report. Gives the exit code. */
export async function resolve(folder: string, key: string, outcome: string, options: ResolveOptions): Promise<number> {
  const { isOpen, images, epoch } = await visit(folder).catch((error: unknown) => fail("read", folder, error));
  try {
    const { value, ...said } = options;
    const answer = value === undefined ? {} : { value: valueIn(value) };
    await settle(folder, { key, happened: outcome === "happened", ...said, ...answer });
  } catch (error) {
    if (!(error instanceof JournalError)) fail("write", folder, error);
    const pending = pendingIn(images, epoch).map((one) => `  ${visible(one.key)}\n`);
    process.stderr.write(`vedc: ${visible(error.message)}.\n`);
    process.stderr.write(pending.length === 0 ? "No intent is pending.\n" : `Pending are:\n${pending.slice(0, 20).join("")}`);
    return exitCode.findings;
  }
  const when = isOpen ? "The host that has the journal open has taken it." : "It counts from the next start on.";
  process.stdout.write(`Settled: ${visible(key)} ${outcome === "happened" ? "happened" : "did not happen"}. ${when}\n`);
  return exitCode.ok;
}

/** Reads a value as it is written in Ved; what is none is a string without its quotes. */
function valueIn(text: string): Value {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}
