import type { z } from "zod";
import { suggest, thereAre } from "../../diagnostics/suggest.js";
import type { ConfigPath, ConfigProblem } from "./problem.js";
import { type Config, configSchema, optionNames } from "./schema.js";

type Issue = z.core.$ZodIssue;

/**
 * Validates a configuration. Gives what it comes to, or else everything that is wrong with its shape. Whether it fits a program
 * is asked later.
 */
export function validate(value: unknown): { readonly config: Config | null; readonly problems: readonly ConfigProblem[] } {
  const { success, data, error } = configSchema.safeParse(value);
  return success
    ? { config: data, problems: [] }
    : { config: null, problems: error.issues.flatMap((issue) => problemsOf(issue, value)) };
}

function problemsOf(issue: Issue, value: unknown, outer: ConfigPath = []): ConfigProblem[] {
  const path = [...outer, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `there is no option ${key}`,
        fix: nearest(key, path),
        isKey: true,
      }));
    case "invalid_union": {
      // Where it is an object, what is wrong with that says more than that it is no function.
      const own = issue.errors.find((issues) =>
        issues.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
      );
      const inner = own ?? issue.errors.at(-1) ?? [];
      if (issue.message !== "Invalid input" || inner.length === 0) return [{ path, message: issue.message, fix: null }];
      return inner.flatMap((each) => problemsOf(each, value, path));
    }
    case "invalid_key":
      return issue.issues.map(({ message }) => ({ path, message, fix: null, isKey: true }));
    case "invalid_type": {
      if (valueAt(value, path) === undefined) return [{ path, message: "it is missing", fix: fixForMissing(issue.expected) }];
      return [
        {
          path,
          message: worded(issue.message) ?? `it has to be ${inWords(issue.expected)}, not ${kindOf(valueAt(value, path))}`,
          fix: null,
        },
      ];
    }
    case "too_small":
      return [{ path, message: worded(issue.message) ?? `it has to be ${issue.minimum} or more`, fix: null }];
    case "too_big":
      return [{ path, message: worded(issue.message) ?? `it has to be ${issue.maximum} or less`, fix: null }];
    // Anything else is said in the words that came with it.
    default:
      return [{ path, message: issue.message, fix: null }];
  }
}

/** Words a problem ourselves; null: the library's own message says it. */
function worded(message: string): string | null {
  return /^(Invalid|Too (small|big))/.test(message) ? null : message;
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>((at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined), value);
}

function fixForMissing(expected: string): string {
  return `give it as ${inWords(expected)}`;
}

function inWords(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    tuple: "a list",
    object: "an object",
    record: "an object",
  };
  return words[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : (JSON.stringify(value) ?? typeof value);
}

/** Gives the options at each place, for naming the one that was meant. */
function nearest(key: string, path: ConfigPath): string | null {
  const names = optionsAt(path);
  const meant = suggest(key, names, { start: 0, end: 0 });
  return meant === null ? thereAre(names) : meant.message;
}

function optionsAt(path: ConfigPath): string[] {
  const [first, , kind] = path;
  const top = first === "legacyEffects" ? "effects" : String(first ?? "");
  const known = new Map(Object.entries(optionNames));
  return [...(known.get(kind === undefined ? top : `${top}.${kind}`) ?? [])];
}
