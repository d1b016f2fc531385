import { type FSWatcher, watch as watchFolders } from "chokidar";
import { UsageError } from "../exit.js";
import type { Change } from "./schedule.js";
import { foldersOf, isBelow, isSubject, mayBeSubject, type Subjects } from "./subjects.js";

/** Files that are watched. */
export interface WatchedFiles {
  /** Watches these instead; once it resolves, no change of them goes unseen. */
  watch(subjects: Subjects): Promise<void>;
  /** Never resolves; rejects with a UsageError where the system lets nothing more be watched. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** What the file system says, in our words. */
const changes: Readonly<Record<string, Change>> = { add: "new", change: "changed", unlink: "gone" };

/**
 * Watches the folders of files and tells of what becomes of these: a file itself is another one once an editor has saved it by a
 * rename.
 */
export function watchedFiles(tell: (path: string, change: Change) => void): WatchedFiles {
  let subjects: Subjects = { folders: [], files: new Set() };
  let fail: (reason: UsageError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it hears of it; before that nobody has to.
  failed.catch(() => undefined);
  const watchers: FSWatcher[] = [];
  const known = new Set<string>();
  // What is added to a watcher does not say when it is watched: each has its folders from the beginning, and looks at no others, so
  // that nothing is told twice.
  function watch(folders: readonly string[]): Promise<void> {
    const all = subjects.folders;
    const isLookedAt = (path: string) => folders.includes(path) || all.some((folder) => isBelow(folder, path));
    const watcher = watchFolders([...folders], {
      ignoreInitial: true,
      ignored: (path, stats) => !mayBeSubject(path) && (stats?.isFile() === true || !isLookedAt(path)),
    });
    watchers.push(watcher);
    watcher.on("error", (error) =>
      fail(new UsageError(`Cannot watch files: ${error instanceof Error ? error.message : error}.`)),
    );
    watcher.on("all", (event, path) => {
      const change = changes[event];
      if (change !== undefined && isSubject(subjects, path)) tell(path, change);
    });
    return new Promise((resolve) => watcher.once("ready", resolve));
  }
  return {
    failed,
    watch: async (next) => {
      subjects = next;
      const folders = foldersOf(next).filter((folder) => !known.has(folder));
      for (const folder of folders) known.add(folder);
      if (folders.length > 0) await Promise.race([watch(folders), failed]);
    },
    close: async () => {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
