import process from "node:process";
import type { OutputFile } from "../4-bundle/bundle.js";
import { packageScopeOf } from "../4-bundle/package-scope.js";
import { UsageError } from "./exit.js";
import { fail, shorten } from "./sources.js";
import { styleFor } from "./terminal.js";

/**
 * Gives the package.json by which Node takes what is built into a folder for modules; none where another one does. Warns where
 * none does and none may be written.
 * @throws UsageError where they would be taken for CommonJS
 */
export async function packageFilesFor(folder: string, modules: readonly OutputFile[]): Promise<OutputFile[]> {
  const scope = await packageScopeOf(folder, modules).catch((error: unknown) => fail("read", shorten(folder), error));
  if (scope.kind === "own") return [scope.file];
  if (scope.kind === "module") return [];
  const what = `what is built into ${shorten(folder) || "this folder"}`;
  const also = scope.other === null ? "" : `, as it does ${shorten(scope.other)}`;
  const help = "Build into a folder of its own, such as dist/";
  if (scope.kind === "commonjs") {
    const said = `${shorten(scope.packagePath)} says \`"type": "commonjs"\``;
    throw new UsageError(`Node would take ${what} for CommonJS${also}: ${said}. ${help}, or say \`"type": "module"\` there.`);
  }
  const said = scope.packagePath === null ? "there is no package.json" : `${shorten(scope.packagePath)} says no \`"type"\``;
  const warning = `Node before 20.19 takes ${what} for CommonJS${also}: ${said}.`;
  const label = styleFor(process.stderr).warning("warning");
  process.stderr.write(
    `${label}: ${warning} ${help}, or say \`"type": "module"\` in ${scope.packagePath === null ? "one" : "it"}.\n`,
  );
  return [];
}
