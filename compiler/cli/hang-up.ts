import process from "node:process";
import { isatty } from "node:tty";
import type { Log } from "../service/log.js";

/**
 * Keeps SIGHUP from ending the process, from now on. A terminal sends it when it hangs up: then the result resolves. Whoever
 * else sends it, as service managers do, wants a configuration to be read anew, and learns that it takes a restart.
 */
export function untilHungUp(log: Log): Promise<"SIGHUP"> {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  return new Promise((resolve) => {
    process.on("SIGHUP", () => {
      // What has hung up is no terminal any longer.
      if (terminals.some((descriptor) => !isatty(descriptor))) resolve("SIGHUP");
      else log.say("SIGHUP: it goes on; a restart reads its configuration anew");
    });
  });
}
