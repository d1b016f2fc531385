import { unreachable } from "../language/unreachable.js";
import type { Token } from "./token.js";

/** Puts a token into words, behind "Unexpected": `` `foo` ``, `end of the file`. */
export function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "end of the file";
    case "string":
      return "string";
    case "number":
      return `number \`${token.text}\``;
    case "word":
    case "symbol":
    case "comment":
      return `\`${token.text}\``;
    default:
      return unreachable(token.kind);
  }
}
