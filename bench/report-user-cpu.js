// Loaded before a command (`node --import`): once it has done its work it writes the user CPU that its process took, all of its
// threads from the start on, to file descriptor 3, in milliseconds. Nobody else could say: Node does not tell what a child took.
import { writeSync } from "node:fs";
import process from "node:process";

process.once("exit", () => writeSync(3, String(process.resourceUsage().userCPUTime / 1000)));
