import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";

/** The runtime library as it lies in this package, compiled. */
const folder = join(packageRoot(), "lib", "runtime-lib");

/** The module that generated code imports from. */
export const runtimeEntry = join(folder, "index.js");

/** The module that says which features the runtime has. */
export const featuresEntry = join(folder, "kernel", "features.js");

/** Gives the types of the whole runtime as one self-contained declaration file. */
export function runtimeTypes(): string {
  return readFileSync(join(folder, "ved-runtime.d.ts"), "utf8");
}

/** Gives the file journal as one script. It was bundled when this package was built: no program changes it. */
export function journalScript(minify: boolean): string {
  return readFileSync(join(folder, minify ? "ved-journal.min.js" : "ved-journal.js"), "utf8");
}

/** Gives the types of the file journal as one self-contained declaration file. */
export function journalTypes(): string {
  return readFileSync(join(folder, "ved-journal.d.ts"), "utf8");
}
