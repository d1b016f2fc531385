import { unreachable } from "../language/unreachable.js";
import type { Token } from "./token.js";

/** Puts a token into words: `` `foo` ``, `the end of the file`. */
export function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end of the file";
    case "string":
      return "a string";
    case "number":
      return `the number \`${token.text}\``;
    case "word":
    case "symbol":
    case "comment":
      return `\`${token.text}\``;
    default:
      return unreachable(token.kind);
  }
}
