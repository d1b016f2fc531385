import { readdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import process from "node:process";
import { packageRoot, packageVersion } from "../4-bundle/package-root.js";
import { visible } from "../diagnostics/visible.js";
import { dependencyFrom } from "./dependency.js";
import { exitCode, UsageError } from "./exit.js";
import { packageNameFor } from "./package-name.js";
import { fail, shorten } from "./sources.js";
import { projectFiles } from "./template.js";
import { styleFor } from "./terminal.js";
import { writeNew } from "./write-new.js";

/**
 * Runs `vedc init`: writes a project into a folder that is new or empty. Gives the exit code.
 * @throws UsageError where something is in the way, or cannot be written
 */
export async function init(argument: string): Promise<number> {
  const folder = resolve(argument);
  const shown = shorten(folder) || ".";
  await refuseWhatIsThere(folder, shown);
  const name = packageNameFor(basename(folder));
  const files = await projectFiles({ name, vedc: dependencyFrom(folder, packageRoot(), packageVersion()) });
  await writeNew(folder, files).catch((error: unknown) => fail("write", shown, error));
  const style = styleFor(process.stdout);
  for (const { path } of files) process.stdout.write(`${style.frame(visible(`${shown}/${path}`))}\n`);
  process.stdout.write(
    `\nThe project ${name} is there: src/website.ved is its program, and README.md says what to do with it.\n`,
  );
  const enter = shown === "." ? "" : `cd ${quoted(shown)} && `;
  process.stdout.write(`Begin with \`${visible(enter)}npm install && npm test\`, then \`npm start\`.\n`);
  return exitCode.ok;
}

/** So many of what is in the way are named. */
const named = 5;

async function refuseWhatIsThere(folder: string, shown: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    return error.code === "ENOENT" ? [] : fail("write", shown, error);
  });
  // A repository that has nothing in it yet is as good as empty.
  const inTheWay = entries.filter((entry) => entry !== ".git").sort();
  if (inTheWay.length === 0) return;
  const others = inTheWay.length > named ? [`${inTheWay.length - named} more`] : [];
  const list = [...inTheWay.slice(0, named), ...others];
  const last = list.pop();
  const things = list.length === 0 ? `${last} is` : `${list.join(", ")} and ${last} are`;
  throw new UsageError(
    `${shown === "." ? "This folder" : shown} is not empty: ${things} in the way. \`vedc init\` overwrites nothing; name a folder that is new or empty.`,
  );
}

/** Writes a path for a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) && !path.startsWith("-") ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
