import type { Token } from "../token.js";

/** Gives the type of a literal; null: it is none. */
export function literalType({ kind, text }: Token): string | null {
  if (kind === "string") return "string";
  if (kind === "number" || text === "-") return "int";
  return /^(?:true|false|True|False)$/.test(text) ? "bool" : null;
}
