import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { asModules, takesForCommonJs } from "../common-js.js";

/** Why a configuration in JavaScript cannot be loaded. */
export interface Trouble {
  readonly message: string;
  /** What to do about it; null: nobody knows. */
  readonly fix: string | null;
  /** `line:column` in the file, from 1; null: it is in another file, or nobody says where. */
  readonly location: string | null;
}

/**
 * Loads a module. Gives what it exports by default, undefined where that is nothing; or what keeps it from being loaded.
 * @param text what is in the file
 */
export async function loadDefault(
  file: string,
  text: string,
): Promise<{ readonly value: unknown } | { readonly trouble: Trouble }> {
  const url = pathToFileURL(resolve(file)).href;
  try {
    const module: unknown = await import(url);
    return { value: typeof module === "object" && module !== null && "default" in module ? module.default : undefined };
  } catch (error) {
    return { trouble: (error instanceof SyntaxError ? await syntaxTrouble(text) : null) ?? thrownTrouble(error, url) };
  }
}

/** Gives what is wrong with the text, as Node does not say where; null: nothing is, so that it is another file's. */
async function syntaxTrouble(text: string): Promise<Trouble | null> {
  const { parseAst } = await import("rollup/parseAst");
  try {
    parseAst(text);
    return null;
  } catch (error) {
    if (!(error instanceof Error && "pos" in error && typeof error.pos === "number")) return null;
    const lines = text.slice(0, error.pos).split("\n");
    return { message: error.message, fix: null, location: `${lines.length}:${(lines.at(-1) ?? "").length + 1}` };
  }
}

/** Gives what was thrown, and where in the file. */
function thrownTrouble(error: unknown, url: string): Trouble {
  if (!(error instanceof Error)) return { message: String(error), fix: null, location: null };
  const { message, stack = "" } = error;
  if (takesForCommonJs(error)) {
    return { message: "Node takes it, or what it imports, for CommonJS", fix: `${asModules}, or call it .mjs`, location: null };
  }
  const [, behind = ""] = stack.split(`${url}:`);
  return { message, fix: null, location: /^\d+:\d+/.exec(behind)?.[0] ?? null };
}
