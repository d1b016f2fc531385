import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { scratchFolder } from "../../compiler/testing/load.js";

/** A bug that is planted into a copy of the library. */
export interface Bug {
  readonly bug: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** Found within so many runs. */
  readonly within: number;
}

/** Makes a copy of the library with a bug in it. */
export function libraryWith({ file, right, wrong }: Bug): string {
  const library = join(scratchFolder(), "runtime-lib");
  cpSync("lib/runtime-lib", library, { recursive: true });
  writeFileSync(join(library, "package.json"), '{ "type": "module" }');
  const path = join(library, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(right);
  writeFileSync(
    path,
    text.replace(right, () => wrong),
  );
  return library;
}
