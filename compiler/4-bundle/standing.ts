import { join } from "node:path";
import type { Cache } from "./cache.js";
import { contentOf } from "./content.js";
import { digestOf } from "./digest.js";
import { digestOfFile, type OutputFile } from "./files.js";

/** Files that came of one step of a build, and the script among them that others import; null: there is none. */
export interface Built {
  readonly files: readonly OutputFile[];
  readonly script: string | null;
}

/** What a cache keeps of it: the content stands in the output folder, and nowhere else. */
interface Kept {
  readonly digests: Readonly<Record<string, string>>;
  readonly script: string | null;
}

/** Gives what was built under a key, where all of it stands in the folder as it was written; else null. */
export function standing(cache: Cache, key: string, folder: string): Built | null {
  // `keep` wrote it, and nobody else uses such a key.
  const kept = cache.get(key) as Kept | undefined;
  if (kept === undefined) return null;
  const files: OutputFile[] = [];
  for (const [path, digest] of Object.entries(kept.digests)) {
    const content = contentOf(join(folder, path));
    if (content === null || digestOf(content) !== digest) return null;
    files.push({ path, text: content.toString("utf8"), digest, isStanding: true });
  }
  return { files, script: kept.script };
}

/** Notes what was built under a key. Gives it, with the digests. */
export function keep(cache: Cache, key: string, { files, script }: Built): Built {
  const digested = files.map((file) => ({ ...file, digest: digestOfFile(file) }));
  const kept: Kept = { digests: Object.fromEntries(digested.map(({ path, digest }) => [path, digest])), script };
  cache.set(key, kept);
  return { files: digested, script };
}
