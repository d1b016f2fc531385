import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Finds the folder of this package: code runs from several places below lib/, and in vedc's own tests from beside its source. */
export function packageRoot(): string {
  let path = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(path, "package.json"))) path = dirname(path);
  return path;
}

/** Gives the version of this package. */
export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), "package.json"), "utf8");
  // Our own package.json: it has a version.
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Gives what tells this build of the package from every other, its version being the same: the digest of what runs. Null where it
 * was not built.
 */
export function packageFingerprint(): string | null {
  const path = join(packageRoot(), "lib", "fingerprint");
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}
