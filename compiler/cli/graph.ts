import { resolve } from "node:path";
import process from "node:process";
import { describeProgram } from "../2-check/description.js";
import type { Program } from "../2-check/program.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { thereAre } from "../diagnostics/suggest.js";
import { chartOf } from "../diagrams/chart.js";
import { toDot } from "../diagrams/dot.js";
import type { Drawing } from "../diagrams/drawing.js";
import { toMermaid } from "../diagrams/mermaid.js";
import { unreachable } from "../language/unreachable.js";
import { exitCode, UsageError } from "./exit.js";
import { readPrograms } from "./programs.js";
import { report } from "./report.js";
import { fail, shorten } from "./sources.js";

/** The options of `vedc graph`. */
export interface GraphOptions {
  readonly format: "mermaid" | "dot" | "svg";
  /** A file; standard output when absent. */
  readonly out?: string;
  /** Only this domain. */
  readonly domain?: string;
}

/** Runs `vedc graph`: draws where the domains may be and what leads from node to node. Gives the exit code. */
export async function graph(paths: readonly string[], { format, out, domain }: GraphOptions): Promise<number> {
  if (out === "") throw new UsageError("--out is empty: perhaps a variable of the shell is not set.");
  const { programs, diagnostics } = await readPrograms(paths);
  if (hasErrors(diagnostics)) {
    report(diagnostics, "pretty");
    return exitCode.findings;
  }
  const all = (await Promise.all(programs.map(drawingsOf))).flat();
  const drawings = all.filter(({ chart }) => domain === undefined || chart.domain === domain);
  if (drawings.length === 0) throw new UsageError(nothingToDraw(all, domain));
  const text = await rendered(drawings, format);
  if (out === undefined) {
    process.stdout.write(text);
    return exitCode.ok;
  }
  const { writeFiles } = await import("../4-bundle/write.js");
  const path = resolve(out);
  const [folder, name] = [resolve(path, ".."), path.slice(resolve(path, "..").length + 1)];
  await writeFiles(folder, [{ path: name, text }]).catch((error: unknown) => fail("write", shorten(path), error));
  return exitCode.ok;
}

function nothingToDraw(all: readonly Drawing[], domain: string | undefined): string {
  if (domain === undefined) return "There is no domain to draw.";
  return `There is no domain ${domain}; ${thereAre(all.map(({ chart }) => chart.domain))}.`;
}

async function drawingsOf(program: Program): Promise<Drawing[]> {
  const { loadDefinitions } = await import("../4-bundle/load.js");
  const definitions = await loadDefinitions(program);
  return describeProgram(program).domains.flatMap((description) => {
    const definition = definitions[description.name];
    return definition === undefined ? [] : [{ description, chart: chartOf(description, definition) }];
  });
}

async function rendered(drawings: readonly Drawing[], format: GraphOptions["format"]): Promise<string> {
  switch (format) {
    case "mermaid":
      return toMermaid(drawings);
    case "dot":
      return toDot(drawings);
    case "svg":
      return (await import("../diagrams/svg.js")).toSvg(drawings);
    default:
      return unreachable(format);
  }
}
