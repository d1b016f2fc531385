import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package: code runs from several places below lib/, and in vedc's own tests from beside its source. */
export function packageRoot(): string {
  let path = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(path, "package.json"))) path = dirname(path);
  return path;
}
