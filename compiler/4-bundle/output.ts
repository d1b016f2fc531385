import { digestOfFile, type OutputFile } from "./files.js";
import { makeFolder } from "./make-folder.js";
import { type Gone, removeObsolete } from "./obsolete.js";
import { inStaging, note, removeLeftovers } from "./staging.js";
import { tracesIn } from "./traces.js";
import { bring, stage } from "./write.js";

/**
 * Writes what was built into a folder, unless it stands there already, and removes what earlier builds wrote there and nothing
 * needs any more. Killed at any time, or where the disk fails, it leaves modules that can be imported, old or new; what else it leaves
 * goes at the next time. Gives what became of the files whose sources are gone.
 * @throws the error of the file system
 */
export async function replaceOutput(folder: string, files: readonly OutputFile[]): Promise<Gone[]> {
  await makeFolder(folder);
  const standing = new Set(files.flatMap(({ path, isStanding }) => (isStanding === true ? [path] : [])));
  // What a manifest says that stays as it is, is what this build wants.
  const { traces, leftovers } = await tracesIn(folder, standing);
  return inStaging(folder, async (staged) => {
    const digests = new Map(files.map((file) => [file.path, digestOfFile(file)]));
    const fresh = files.filter(({ path }) => !standing.has(path));
    await stage(staged, folder, fresh);
    // Manifests are about to be replaced: what they know must not be lost. Until then there is nothing to be noted.
    await note(staged, [digests, ...traces.map((trace) => trace.files)]);
    await bring(staged, folder, fresh);
    const gone = await removeObsolete(folder, traces, files);
    await removeLeftovers(leftovers);
    return gone;
  });
}
