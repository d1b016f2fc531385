import { createHash } from "node:crypto";

/** Gives the digest of a file's content, as `sha256-…` in base64: whoever has it can tell whether the file was changed since. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}
