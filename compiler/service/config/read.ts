import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { type Document, isMap, isPair, isSeq, LineCounter, parseDocument } from "yaml";
import { type Secret, secretsIn } from "../secrets/find.js";
import { interpolate } from "./interpolate.js";
import { loadDefault } from "./module.js";
import { type ConfigPath, type ConfigProblem, pathText } from "./problem.js";
import { type Salvaged, salvage } from "./salvage.js";
import type { Config } from "./schema.js";
import { validate } from "./validate.js";

/** A configuration's file, as far as it could be read. */
export interface ReadConfig {
  /** As the user names it. */
  readonly file: string;
  /** The folder from which relative paths go. */
  readonly folder: string;
  /** Null: something is wrong with it. */
  readonly config: Config | null;
  /** What is right of it where something is wrong with it; null: nothing is, or all is. */
  readonly salvaged: Salvaged | null;
  readonly problems: readonly ConfigProblem[];
  /** What it knows, and what nobody gets to see. */
  readonly secrets: readonly Secret[];
  /** `file:line:column`, or the file where it has no lines that could be named. */
  locationOf(problem: ConfigProblem): string;
  /** Where in the file, for their order. */
  offsetOf(problem: ConfigProblem): number;
}

/** The names under which a configuration is looked for, in this order. */
export const defaultNames = ["vedc.config.js", "vedc.config.mjs", "vedc.config.json", "vedc.config.yaml", "vedc.config.yml"];

/** Finds the configuration of a folder; null: there is none. */
export function findConfig(folder: string): string | null {
  return defaultNames.find((name) => existsSync(join(folder, name))) ?? null;
}

/**
 * Reads a configuration: `.json`, `.yaml` and `.yml` are data, everything else is a module with a default export.
 * @throws (as a rejection) the error of the file system where it cannot be read
 */
export async function readConfig(file: string, environment: Readonly<Record<string, string | undefined>>): Promise<ReadConfig> {
  const text = await readFile(file, "utf8");
  const isData = [".json", ".yaml", ".yml"].includes(extname(file));
  const { value, problems, locationOf, offsetOf } = isData ? readData(file, text) : await readModule(file, text);
  const about = { file, folder: dirname(resolve(file)), locationOf, offsetOf };
  if (problems.length > 0) return { ...about, config: null, salvaged: null, problems, secrets: secretsIn(null, [], environment) };
  const interpolated = interpolate(value, environment);
  const secrets = secretsIn(interpolated.value, interpolated.variables, environment);
  const validated = validate(interpolated.value);
  // What stands for a variable that is not set is wrong in no other way.
  const unset = new Set(interpolated.problems.map(({ path }) => pathText(path)));
  const all = [...interpolated.problems, ...validated.problems.filter(({ path }) => !unset.has(pathText(path)))];
  const config = all.length === 0 ? validated.config : null;
  return { ...about, config, salvaged: config === null ? salvage(interpolated.value, all) : null, problems: all, secrets };
}

/** Makes what stands for a file where there is none: nothing is configured. */
export function noConfig(folder: string, environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  const secrets = secretsIn(null, [], environment);
  const about = { file: "", folder, secrets, locationOf: () => "", offsetOf: () => 0 };
  return { ...about, config: validate({}).config, salvaged: null, problems: [] };
}

interface Raw extends Pick<ReadConfig, "problems" | "locationOf" | "offsetOf"> {
  readonly value: unknown;
}

async function readModule(file: string, text: string): Promise<Raw> {
  const loaded = await loadDefault(file, text);
  const failed = (message: string, fix: string | null, location: string | null): Raw => {
    const problem = { path: [], message, fix };
    return {
      value: null,
      problems: [problem],
      locationOf: () => (location === null ? file : `${file}:${location}`),
      offsetOf: () => 0,
    };
  };
  if ("trouble" in loaded)
    return failed(
      `it cannot be loaded: ${loaded.trouble.message.replace(/\.$/, "")}`,
      loaded.trouble.fix,
      loaded.trouble.location,
    );
  if (loaded.value === undefined) return failed("it has no default export", "write `export default defineConfig({ … })`", null);
  return { value: loaded.value, problems: [], locationOf: () => file, offsetOf: () => 0 };
}

function readData(file: string, text: string): Raw {
  const lines = new LineCounter();
  // What is JSON is YAML as well, and so has places too.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const message = error.message.replace(/\.$/, "").replace(/^[A-Z]/, (first) => first.toLowerCase());
    return { value: null, problems: [{ path: [], message, fix: null }], locationOf: () => at(error.pos[0]), offsetOf: () => 0 };
  }
  const offset = (problem: ConfigProblem) => offsetOf(document, problem);
  return { value: document.toJS() ?? {}, problems: [], locationOf: (problem) => at(offset(problem)), offsetOf: offset };
}

/** Says where a place is in a file; one that is not there is where it would be. */
function offsetOf(document: Document, { path, isKey = false }: ConfigProblem): number {
  const node = nodeAt(document, path, isKey);
  return node ?? (path.length === 0 ? 0 : offsetOf(document, { path: path.slice(0, -1), message: "", fix: null }));
}

function nodeAt(document: Document, path: ConfigPath, isKey: boolean): number | null {
  let node: unknown = document.contents;
  let start: number | null = null;
  for (const part of path) {
    if (isSeq(node)) node = node.items[Number(part)];
    else if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(part));
      start = rangeOf(pair?.key) ?? start;
      node = pair?.value;
    } else return null;
    if (node === undefined || (node === null && start === null)) return null;
  }
  return isKey ? start : (rangeOf(node) ?? start);
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return null;
  return Number(node.range[0]);
}
