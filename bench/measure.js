import process from "node:process";
import { fileURLToPath } from "node:url";
import { run } from "./processes.js";

/**
 * Runs one of the measurements in a fresh process, and gives what it printed: its figures by their names.
 * @param {string} script the name of a file in `measurements/`
 * @param {readonly string[]} args
 * @param {{ temporary: string, signal: AbortSignal }} options `temporary` is the folder for what it writes
 * @returns {Promise<Readonly<Record<string, number>>>}
 * @throws {Error} where the measurement fails
 */
export async function measure(script, args, { temporary, signal }) {
  const path = fileURLToPath(new URL(`measurements/${script}`, import.meta.url));
  const flags = ["--expose-gc", "--max-old-space-size=2000"];
  const env = { ...process.env, TMPDIR: temporary };
  return JSON.parse(await run(process.execPath, [...flags, path, ...args], { env, signal }));
}
