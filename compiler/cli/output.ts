import process from "node:process";
import { exitCode } from "./exit.js";
import { reasonOf } from "./file-trouble.js";

/**
 * Watches what is written to standard output and standard error from now on. Where a reader has seen enough (`vedc explain | head`),
 * what is left is not said, and the command ends as it would have; where it cannot be written, as on a full disk, it ends with an
 * error of the user's.
 */
export function watchOutput(): void {
  let isSaid = false;
  process.stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exitCode = exitCode.usage;
  });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = exitCode.usage;
    if (!isSaid) process.stderr.write(`vedc: Cannot write to standard output: ${reasonOf("write", error)}.\n`);
    isSaid = true;
  });
}
