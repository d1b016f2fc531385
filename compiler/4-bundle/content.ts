import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** Links are not followed, and nothing is waited for, as where a pipe has taken a file's place. Systems may lack either. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads a file; null where there is none that can be read, or something else in its place. */
export function contentOf(path: string): Buffer | null {
  let file: number | null = null;
  try {
    file = openSync(path, flags);
    return fstatSync(file).isFile() ? readFileSync(file) : null;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}
