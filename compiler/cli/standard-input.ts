import { fstatSync } from "node:fs";
import process from "node:process";
import { buffer } from "node:stream/consumers";
import { fail } from "./file-trouble.js";

/** Reads standard input to its end. @throws UsageError where it is a folder, or cannot be read */
export async function readStandardInput(): Promise<Uint8Array> {
  // Node.js takes a folder for an empty file.
  if (fstatSync(0).isDirectory()) fail("read", "<stdin>", Object.assign(new Error("it is a folder"), { code: "EISDIR" }));
  return buffer(process.stdin).catch((error: unknown) => fail("read", "<stdin>", error));
}
