import { allTypes, types } from "../../language/type.js";
import type { Token } from "../token.js";

/** What the types are called, in Ved and elsewhere. */
export const typeWords: ReadonlySet<string> = new Set(
  allTypes.flatMap((type) => [...types[type].spellings, ...types[type].foreign]),
);

/** Gives the type of a literal; null: it is none. */
export function literalType({ kind, text }: Token): string | null {
  if (kind === "string") return "string";
  if (kind === "number" || text === "-") return "int";
  return /^(?:true|false|True|False)$/.test(text) ? "bool" : null;
}
