import process from "node:process";
import type { Command } from "commander";
import { unreachable } from "../language/unreachable.js";
import type { Shell } from "./choices.js";
import { bashCompletion } from "./completion/bash.js";
import { fishCompletion } from "./completion/fish.js";
import { modelOf } from "./completion/model.js";
import { zshCompletion } from "./completion/zsh.js";
import { exitCode } from "./exit.js";

/** Runs `vedc completion`: prints what a shell completes the command line with. Gives the exit code. */
export function completion(program: Command, shell: Shell): number {
  process.stdout.write(scriptFor(program, shell));
  return exitCode.ok;
}

function scriptFor(program: Command, shell: Shell): string {
  const model = modelOf(program);
  switch (shell) {
    case "bash":
      return bashCompletion(model);
    case "zsh":
      return zshCompletion(model);
    case "fish":
      return fishCompletion(model);
    default:
      return unreachable(shell);
  }
}
