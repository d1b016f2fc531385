import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as together from "../5-verify/together.js";
import type * as alone from "../5-verify/verify.js";
import { scratchFolder } from "./load.js";

/** A small change of the verifier that makes it wrong. */
export interface Mutation {
  /** What it does wrong then. */
  readonly what: string;
  /** The file, as it is built, from `5-verify/` on. */
  readonly file: string;
  /** A piece of its text that stands there once. */
  readonly from: string;
  /** What stands there instead. */
  readonly to: string;
}

/** The verifier as far as it comes to a verdict. */
export type Verifier = Pick<typeof alone, "verifying"> & Pick<typeof together, "verifyingTogether">;

const built = resolve("lib");

/** Loads a copy of the verifier as it was built, with a mutation in it. Whatever else it imports is the same for all copies. */
export async function verifierWith({ file, from, to }: Mutation): Promise<Verifier> {
  const copy = scratchFolder();
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  mkdirSync(join(copy, "compiler"));
  const entries = readdirSync(join(built, "compiler"), { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== "5-verify");
  for (const room of [...others.map(({ name }) => join("compiler", name)), "runtime-lib"]) {
    symlinkSync(join(built, room), join(copy, room), "junction");
  }
  const verifier = join(copy, "compiler", "5-verify");
  cpSync(join(built, "compiler", "5-verify"), verifier, { recursive: true, filter: (path) => !path.endsWith(".d.ts") });
  const path = join(verifier, file);
  const parts = readFileSync(path, "utf8").split(from);
  if (parts.length !== 2) throw new Error(`\`${from}\` stands ${parts.length - 1} times in ${file}`);
  writeFileSync(path, parts.join(to));
  return { ...(await loaded<typeof alone>(verifier, "verify.js")), ...(await loaded<typeof together>(verifier, "together.js")) };
}

/** Loads a module as Node.js does, and not as the test runner would. */
function loaded<M>(folder: string, file: string): Promise<M> {
  const module = JSON.stringify(pathToFileURL(join(folder, file)).href);
  // It is the module of this name, but for a mutation.
  return import(`data:text/javascript,${encodeURIComponent(`export * from ${module};`)}`) as Promise<M>;
}
