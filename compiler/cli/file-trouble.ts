import { isAbsolute, relative } from "node:path";
import process from "node:process";
import { UsageError } from "./exit.js";

/** Makes a path as short as it can be from where the user is. */
export function shorten(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** What the system says when something cannot be done with a file, in words. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "it does not exist"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of the path is a file"],
  ["EEXIST", "a file is in the way"],
  ["ENOTEMPTY", "a folder with files in it is in the way"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the quota of the disk is used up"],
  ["EFBIG", "it would be too large for the disk"],
  ["EIO", "the disk does not answer as it should"],
  ["EROFS", "the file system is read-only"],
  ["EBUSY", "it is in use"],
  ["ELOOP", "its links go round in circles"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
]);

/** Says what could not be done with a file, in words. @throws UsageError */
export function fail(action: "read" | "write", path: string, error: unknown): never {
  throw new UsageError(`Cannot ${action} ${placeOf(error) ?? path}: ${reasonOf(action, error)}.`);
}

/** Gives the reason why something cannot be read or written. */
export function reasonOf(action: "read" | "write", error: unknown): string {
  const code = codeOf(error);
  // What is to be written need not exist; where it goes has to.
  if (action === "write" && code === "ENOENT") return "there is no such place, and none can be made";
  return reasons.get(code) ?? (error instanceof Error ? error.message : code);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** Gives the path of what is in the way of a file that is brought to its place; null: the error is of another kind. */
function placeOf(error: unknown): string | null {
  return error instanceof Error && "dest" in error && typeof error.dest === "string" ? shorten(error.dest) : null;
}
