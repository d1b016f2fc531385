import type { ConfigPath, ConfigProblem } from "./problem.js";
import type { Config } from "./schema.js";
import { validate } from "./validate.js";

/** What is right of a configuration in which something is wrong, so that all that is wrong can be reported at once. */
export interface Salvaged {
  readonly config: Config;
  /** The effects that are bound, though not as they should be. */
  readonly leftOut: readonly string[];
  /** The place in the whole configuration of a place in what is right of it. */
  locationOf(path: ConfigPath): ConfigPath;
}

const lists = ["probes", "instances"] as const;

/** Leaves out each effect, probe, instance and option with a problem; null: nothing is right. */
export function salvage(value: unknown, problems: readonly ConfigProblem[]): Salvaged | null {
  if (typeof value !== "object" || value === null) return null;
  const rest: Record<string, unknown> = Object.fromEntries(Object.entries(value));
  const isWrong = (...path: ConfigPath) => problems.some((problem) => path.every((part, index) => problem.path[index] === part));
  const leftOut: string[] = [];
  const kept = new Map<string, readonly number[]>();
  for (const name of Object.keys(rest)) {
    const part = rest[name];
    const isList = lists.some((list) => list === name) && Array.isArray(part);
    if (isWrong(name) && name === "effects" && typeof part === "object" && part !== null) {
      const entries = Object.entries(part);
      leftOut.push(...entries.flatMap(([effect]) => (isWrong(name, effect) ? [effect] : [])));
      rest[name] = Object.fromEntries(entries.filter(([effect]) => !isWrong(name, effect)));
    } else if (isList) {
      const indexes = part.flatMap((_, index) => (isWrong(name, index) ? [] : [index]));
      kept.set(name, indexes);
      rest[name] = indexes.map((index) => part[index]);
    } else if (isWrong(name)) delete rest[name];
  }
  const { config } = validate(rest);
  if (config === null) return null;
  const locationOf = ([name = "", index, ...inner]: ConfigPath): ConfigPath => {
    const original = typeof index === "number" ? (kept.get(String(name))?.[index] ?? index) : index;
    return original === undefined ? [name] : [name, original, ...inner];
  };
  return { config, leftOut, locationOf };
}
