/** The path to something in a configuration: names and indexes, from the outside in. */
export type ConfigPath = readonly (string | number)[];

/** Something wrong with a configuration. */
export interface ConfigProblem {
  readonly path: ConfigPath;
  /** What is wrong, in words; without a full stop. */
  readonly message: string;
  /** What to do about it; null: the message says it. */
  readonly fix: string | null;
  /** The name at the end of the path is what is wrong, and not what stands behind it. */
  readonly isKey?: boolean;
  /** It may be meant: nothing is refused because of it. */
  readonly isWarning?: boolean;
}

/** Writes a path as JavaScript does: `effects["Network.UpdateDNS"].http.url`. */
export function pathText(path: ConfigPath): string {
  const parts = path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${JSON.stringify(part)}]`;
    return index === 0 ? part : `.${part}`;
  });
  return parts.join("");
}

/** Puts a problem into words, with the way out on a line of its own. */
export function problemLines({ path, message, fix, isWarning }: ConfigProblem): readonly string[] {
  const location = pathText(path);
  const kind = isWarning === true ? "warning: " : "";
  return [`${kind}${location === "" ? "" : `${location}: `}${message}.`, ...(fix === null ? [] : [`  help: ${fix}`])];
}
