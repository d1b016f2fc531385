import type { Variable } from "../secrets/find.js";
import type { ConfigPath, ConfigProblem } from "./problem.js";

/** Replaces `${NAME}` in a configuration by what the environment has under that name; `$${` stands for `${`. */
export function interpolate(
  config: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly value: unknown; readonly variables: readonly Variable[]; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const variables: Variable[] = [];
  const visit = (part: unknown, path: ConfigPath): unknown => {
    if (typeof part === "string") {
      return part.replace(/\$?\$\{(\w*)\}/g, (found, name: string) => {
        if (found.startsWith("$$")) return found.slice(1);
        const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
        if (value === undefined) {
          const fix = `set it before \`vedc run\`, or write $\${${name}} where no variable is meant`;
          problems.push({ path, message: `the environment has no variable ${name}`, fix });
        } else variables.push({ name, value });
        return value ?? found;
      });
    }
    if (Array.isArray(part)) return part.map((each, index) => visit(each, [...path, index]));
    if (typeof part === "object" && part !== null && Object.getPrototypeOf(part) === Object.prototype) {
      return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, visit(each, [...path, name])]));
    }
    return part;
  };
  return { value: visit(config, []), variables, problems };
}
