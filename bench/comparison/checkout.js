// Versions of this repository, each in a folder of its own, and built there.
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "../processes.js";

/**
 * Gives the commit that a revision names.
 * @param {string} root the folder of the repository
 * @param {string} revision
 * @throws {Error} where there is none
 */
export async function commitOf(root, revision) {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    return (await run("git", args, { cwd: root })).trim();
  } catch {
    throw new Error(`There is no revision ${JSON.stringify(revision)} here; \`git log --oneline\` shows what there is.`);
  }
}

/**
 * Puts a commit into a folder that is not there yet, as a git worktree.
 * @param {string} root
 * @param {string} commit
 * @param {string} folder
 * @param {AbortSignal} signal
 */
export async function checkOut(root, commit, folder, signal) {
  // Whoever measures wants none of the hooks of whoever works here.
  await run("git", ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", folder, commit], { cwd: root, signal });
}

/**
 * Removes a worktree that `checkOut` made, or was about to.
 * @param {string} root
 * @param {string} folder
 */
export async function removeCheckout(root, folder) {
  // Where it was interrupted, git may not know the folder yet.
  await run("git", ["worktree", "remove", "--force", "--force", folder], { cwd: root }).catch(() => {});
}

/**
 * Copies the files that are worked on, as they are now: those that git knows and those that it does not ignore.
 * @param {string} root
 * @param {string} folder
 */
export async function copyWorkingTree(root, folder) {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  const paths = new Set(listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path))));
  for (const path of paths) cpSync(join(root, path), join(folder, path), { verbatimSymlinks: true });
}

/**
 * Builds the version in a folder. What it depends on is shared with this repository where both lock the same, and installed where
 * they do not.
 * @param {string} root
 * @param {string} folder
 * @param {AbortSignal} signal
 * @throws {Error} where it cannot be built
 */
export async function build(root, folder, signal) {
  const lock = (/** @type {string} */ tree) => readFileSync(join(tree, "package-lock.json"));
  const installed = join(root, "node_modules");
  const isShared = existsSync(installed) && lock(root).equals(lock(folder));
  if (isShared) symlinkSync(installed, join(folder, "node_modules"));
  // Installing builds as well.
  await run("npm", isShared ? ["run", "build"] : ["ci"], { cwd: folder, signal });
}
