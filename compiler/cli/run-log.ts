import process from "node:process";
import type { KernelEvent } from "../../runtime-lib/kernel/event.js";
import { wordsAbout } from "../../runtime-lib/words.js";
import { visible, visibleJson } from "../diagnostics/visible.js";
import type { Log } from "../service/log.js";
import { styleFor } from "./terminal.js";

/** How a service logs: in lines for people, as JSON for machines, or only what has to be known. */
export type LogFormat = "pretty" | "json" | "quiet";

/** Makes the log of `vedc run`, on standard output; warnings go to standard error where people read. */
export function runLog(format: LogFormat): Log {
  outliveReaders();
  if (format === "json") return jsonLog();
  const style = styleFor(process.stdout);
  const line = (text: string) => process.stdout.write(`${style.frame(time(Date.now()))}  ${visible(text)}\n`);
  return {
    event(event) {
      if (format === "quiet" || isNoise(event)) return;
      const { at, domain, instance } = event;
      process.stdout.write(
        `${style.frame(time(at))}  ${style.strong(visible(`${domain}/${instance}`))}  ${coloured(event, style)}\n`,
      );
    },
    say: line,
    warn: (text) =>
      process.stderr.write(
        `${style.frame(time(Date.now()))}  ${styleFor(process.stderr).warning("warning")}: ${visible(text)}\n`,
      ),
  };
}

/** Keeps the process alive when nobody reads its log any longer: what guards a database does not end for that. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error").on("error", () => {});
}

/** Says whether an event is an observation that changes nothing, as happens with every look at the world. */
function isNoise(event: KernelEvent): boolean {
  return event.type === "observed" && event.changed.length === 0;
}

function coloured(event: KernelEvent, style: ReturnType<typeof styleFor>): string {
  const text = visible(wordsAbout(event));
  switch (event.type) {
    case "rested":
      return style.fix(text);
    case "failed":
    case "unknown":
    case "stuck":
    case "oscillating":
    case "faulted":
    case "invariantBroken":
    case "notShown":
      return style.warning(text);
    // What is neither good news nor bad stays plain.
    default:
      return text;
  }
}

function jsonLog(): Log {
  const write = (entry: object) => process.stdout.write(`${visibleJson(entry)}\n`);
  return {
    event: (event) => write({ level: "info", text: wordsAbout(event), ...event }),
    say: (text) => write({ level: "info", at: Date.now(), type: "service", text }),
    warn: (text) => write({ level: "warning", at: Date.now(), type: "service", text }),
  };
}

function time(at: number): string {
  return new Date(at).toISOString().replace("T", " ").replace("Z", "");
}
