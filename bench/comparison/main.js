import process from "node:process";
import { CommanderError } from "commander";
import { interruptedExitCode, interruptible } from "../interrupt.js";
import { compare } from "./compare.js";
import { readOptions } from "./options.js";
import { renderTable } from "./table.js";

const exitCode = { fine: 0, worse: 1, failure: 2 };

/**
 * Runs the command line of `bench/compare`. Gives the exit code; nothing escapes.
 * @param {readonly string[]} argv the arguments alone
 * @returns {Promise<number>}
 */
export async function main(argv) {
  try {
    const options = readOptions(argv);
    const comparison = await interruptible((signal) => compare(options, signal));
    process.stdout.write(options.json ? `${JSON.stringify({ version: 1, ...comparison }, null, 2)}\n` : renderTable(comparison));
    return comparison.results.some(({ verdict }) => verdict === "worse") ? exitCode.worse : exitCode.fine;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** @param {unknown} error */
function exitCodeOf(error) {
  // It has said what there is to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.failure;
  if (error instanceof Error && error.name === "AbortError") return interruptedExitCode;
  process.stderr.write(`bench/compare: ${error instanceof Error ? error.message : String(error)}\n`);
  return exitCode.failure;
}
