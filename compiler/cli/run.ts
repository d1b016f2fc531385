import { existsSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { isOpenToOthers } from "../../runtime-lib/journal/file/folder.js";
import { fileJournal } from "../../runtime-lib/journal/file/journal.js";
import { visit } from "../../runtime-lib/journal/file/visit.js";
import { historyOf } from "../../runtime-lib/journal/history.js";
import { packageVersion } from "../4-bundle/package-root.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/visible.js";
import { problemsWith } from "../service/config/fit.js";
import { type ConfigProblem, pathText, problemLines } from "../service/config/problem.js";
import { findConfig, noConfig, type ReadConfig, readConfig } from "../service/config/read.js";
import type { Config } from "../service/config/schema.js";
import { isBuilt, LoadError, programOfModules, programOfSources } from "../service/load.js";
import type { Log } from "../service/log.js";
import { readPage } from "../service/page-files.js";
import type { RunProgram } from "../service/program.js";
import { type Service, startService } from "../service/service.js";
import { cannotStart } from "./cannot-start.js";
import { exitCode, UsageError } from "./exit.js";
import { untilHungUp } from "./hang-up.js";
import { readPrograms } from "./programs.js";
import { count, report } from "./report.js";
import { type LogFormat, runLog } from "./run-log.js";
import { fail } from "./sources.js";
import { styleFor } from "./terminal.js";

/** The options of `vedc run`. */
export interface RunOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly journal?: string;
  /** In ms. */
  readonly grace?: number;
  readonly observeOnly?: boolean;
  readonly log: LogFormat;
}

/**
 * What a configuration in JavaScript holds open may keep the process for so long, in ms; programs that were cut off end sooner.
 */
const lastWait = 3000;

/** Runs `vedc run`: hosts the domains as a service, until it is asked to stop. Gives the exit code. */
export async function run(paths: readonly string[], options: RunOptions): Promise<number> {
  const program = await readProgram(paths);
  if (program === null) return exitCode.findings;
  const found = await findAndRead(options);
  const config = found.config === null ? null : withFlags(found.config, options);
  const problems = problemsWith(found, config, program, options.observeOnly === true);
  const warnings = problems.filter(({ isWarning }) => isWarning === true);
  if (problems.length > warnings.length || config === null) {
    printProblems(found, problems);
    return exitCode.findings;
  }
  const log = runLog(options.log);
  const hungUp = untilHungUp(log);
  for (const warning of warnings)
    log.warn(`${found.locationOf(warning)}: ${pathText(warning.path)}: ${warning.message}; ${warning.fix}`);
  const journal = journalFolder(config, found, options);
  if (journal === null) log.warn("no journal is configured: a restart forgets everything (`journal`, or --journal <dir>)");
  const serviceOptions = {
    ...{ program, config, log, folder: found.folder, secrets: found.secrets, observeOnly: options.observeOnly === true },
    journal: journal === null ? null : fileJournal(journal),
    past: journal === null ? [] : await pastOf(journal),
    page: await readPage(),
    version: packageVersion(),
    measuresProcess: true,
  };
  const service = await startService(serviceOptions).catch((error: unknown) => cannotStart(error, config, journal));
  if (journal !== null && (await isOpenToOthers(journal))) log.warn(openFolder(journal));
  const stopped = untilStopped(service, log, hungUp);
  log.say(
    `${program.name}: ${urlOf(service)}${options.observeOnly === true ? ", observing only: no effect is carried out" : ""}`,
  );
  const code = await stopped;
  setTimeout(() => process.exit(), lastWait).unref();
  return code;
}

async function readProgram(paths: readonly string[]): Promise<RunProgram | null> {
  try {
    if (paths.every(isBuilt)) return await programOfModules(paths);
    const { programs, diagnostics } = await readPrograms(paths);
    report(diagnostics, "pretty");
    return hasErrors(diagnostics) ? null : await programOfSources(programs);
  } catch (error) {
    throw error instanceof LoadError ? new UsageError(error.message) : error;
  }
}

async function findAndRead({ config }: RunOptions): Promise<ReadConfig> {
  const file = config ?? findConfig(process.cwd());
  if (file === null) return noConfig(process.cwd(), process.env);
  return readConfig(file, process.env).catch((error: unknown) => fail("read", file, error));
}

/** Puts flags before what the file says; the token also comes from the environment, where nobody else sees it. */
function withFlags(config: Config, { host, port, grace }: RunOptions): Config {
  const { VEDC_TOKEN } = process.env;
  const listen = {
    ...config.listen,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(VEDC_TOKEN === undefined || VEDC_TOKEN === "" ? {} : { token: VEDC_TOKEN }),
  };
  return { ...config, listen, ...(grace === undefined ? {} : { grace }) };
}

function journalFolder(config: Config, { folder }: ReadConfig, options: RunOptions): string | null {
  if (options.journal !== undefined) return resolve(options.journal);
  return config.journal === undefined ? null : resolve(folder, config.journal);
}

/** Gives what a journal says of the time before; nothing where there is none yet, or it is damaged: opening it will say that. */
async function pastOf(folder: string) {
  const found = existsSync(folder) ? await visit(folder).catch(() => null) : null;
  return historyOf(found?.records ?? []).map(({ at, instance, text }) => ({ at, name: instance, type: "journal", text }));
}

/** Prints every problem with its place and the way out, in the order of the file. */
function printProblems({ file, locationOf }: ReadConfig, problems: readonly ConfigProblem[]): void {
  const style = styleFor(process.stderr);
  for (const problem of problems) {
    const location = file === "" ? "" : `${style.frame(visible(locationOf(problem)))}: `;
    process.stderr.write(`${location}${problemLines(problem).map(visible).join("\n")}\n`);
  }
  const warnings = problems.filter(({ isWarning }) => isWarning === true).length;
  const counted = `${count(problems.length - warnings, "problem")}${warnings > 0 ? ` and ${count(warnings, "warning")}` : ""}`;
  const where = file === "" ? "There is no configuration: give one with --config <file>, or write vedc.config.js. " : "";
  process.stderr.write(`${where}${counted}; nothing was started.\n`);
}

/**
 * Gives the warning that a folder is open to others. Its files are closed to others anyway; where the folder is not, they may see what is
 * there, and perhaps take it away.
 */
function openFolder(journal: string): string {
  return `others can get into ${journal}: give the journal a folder of its own, or take their rights to this one (chmod go= …)`;
}

function urlOf({ host, port }: Service): string {
  const name = host === "127.0.0.1" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

/** Waits for signals: the first one lets what is under way come to its end; a second one does not wait for that. */
async function untilStopped(service: Service, log: Log, hungUp: Promise<string>): Promise<number> {
  const signal = await Promise.race([
    hungUp,
    service.failed.then((reason) => ({ reason })),
    new Promise<string>((resolve) => {
      for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve(name));
    }),
  ]);
  if (typeof signal !== "string") {
    log.warn(`it cannot go on: ${signal.reason}`);
    await service.stop();
    return exitCode.findings;
  }
  log.say(`${signal}: it stops; what is under way may end first (once more: at once)`);
  const again = new Promise<"again">((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve("again"));
  });
  const ended = await Promise.race([service.stop().then(() => "stopped" as const), again]);
  if (ended === "again") process.exit(exitCode.interrupted);
  log.say("stopped");
  return exitCode.ok;
}
