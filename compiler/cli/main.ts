import process from "node:process";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { packageVersion } from "../4-bundle/package-root.js";
import { visible } from "../diagnostics/visible.js";
import { readDuration } from "../service/config/duration.js";
import { formats, severities, shells } from "./choices.js";
import { exitCode, UsageError } from "./exit.js";
import { defaultLimits } from "./limits.js";
import { watchOutput } from "./output.js";

/** Runs the command line. Gives the exit code; nothing escapes. */
export async function main(argv: readonly string[]): Promise<number> {
  watchOutput();
  let code: number = exitCode.ok;
  const program = commands((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof UsageError) {
    process.stderr.write(`vedc: ${visible(error.message)}\n`);
    return exitCode.usage;
  }
  const { VEDC_DEBUG } = process.env;
  const detail = error instanceof Error ? (VEDC_DEBUG && error.stack) || error.message : String(error);
  process.stderr.write(`vedc: This is a bug in vedc, and not in your program: ${detail.split("\n").map(visible).join("\n")}\n`);
  process.stderr.write("Please report it with the source that shows it. VEDC_DEBUG=1 prints where it happened.\n");
  return exitCode.bug;
}

function commands(finish: (code: number) => void): Command {
  const program = new Command("vedc")
    .description("Compiles Ved, a small language for failure recovery, into standalone JavaScript.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", examples)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${linesOf(text).map(visible).join("\n")}\n`) })
    .showSuggestionAfterError()
    .showHelpAfterError("(`vedc --help` says what there is)");
  const format = () => new Option("--format <format>", "how to report findings").choices(formats).default("pretty");
  const quiet = () => new Option("-q, --quiet", "say nothing but what was found");
  const watching = () => new Option("-w, --watch", "run again whenever a source changes, until Ctrl-C");
  program
    .command("init")
    .description("start a project: a program with comments that teach, a test, and what runs it as a service")
    .argument("[folder]", "a folder that is new or empty; this one when absent", ".")
    .action(async (folder) => finish(await (await import("./init.js")).init(folder)));
  program
    .command("build")
    .description("compile sources into standalone modules with types and source maps")
    .argument("<src...>", sources)
    .requiredOption("-o, --out <dir>", "the folder to write into; made when it is not there")
    .option("--minify", "make the modules as small as possible")
    .addOption(new Option("--emit <kind>", "also write the generated TypeScript modules").choices(["ts"]))
    .option("--verify", "verify the sources first, as `vedc verify` does, and write nothing where one is not proved")
    .option("--no-cache", "build everything anew, and keep nothing for the next build")
    .addOption(format())
    .addOption(quiet())
    .addOption(watching())
    .action(async (paths, options) => {
      finish(await repeated(paths, options, async () => (await import("./build.js")).build(paths, options)));
    });
  program
    .command("check")
    .description("report what is wrong with sources, and write nothing")
    .argument("<src...>", ".ved files, folders with .ved files below them, or quoted patterns; - is standard input")
    .option("--stdin-filepath <path>", "the file that standard input stands for: what it imports is looked for beside it")
    .addOption(new Option("--severity <severity>", "the least that is shown and counted").choices(severities).default("hint"))
    .option("--strict", "a warning is a failure as well")
    .addOption(format())
    .addOption(quiet())
    .addOption(watching())
    .action(async (paths, options) => {
      const [{ check }, { openSession }] = [await import("./check.js"), await import("../index.js")];
      const session = openSession();
      finish(await repeated(paths, options, () => check(paths, options, session)));
    });
  program
    .command("fmt")
    .description("write sources in the one style that there is")
    .argument("<src...>", ".ved files, or folders with .ved files below them; - for standard input, to standard output")
    .option("--check", "write nothing; list what is not formatted, and end with 1 if there is any")
    .option("--stdin-filepath <path>", "what standard input is called where something is wrong with it")
    .action(async (paths, options) => finish(await (await import("./fmt.js")).fmt(paths, options)));
  program
    .command("verify")
    .description("prove that domains come to rest whatever is observed and whatever fails, or show how they do not")
    .argument("<src...>", sources)
    .option("--strict", "a warning is a failure as well")
    .option("--hostile", "let the outside set every field, and not only those that no transition assigns")
    .option(
      "--int-bound <n>",
      "how far ints are followed from 0, either way; from the program's constants when absent",
      wholeNumber,
    )
    .option("--time-limit <s>", "give up on a domain after so many seconds", wholeNumber, defaultLimits.timeLimit)
    .option("--memory-limit <mb>", "give up when the process uses so many MB", wholeNumber, defaultLimits.memoryLimit)
    .option("--replay", "play each story through the runtime as well, and show what happened")
    .addOption(format())
    .addOption(watching())
    .action(async (paths, options) => {
      finish(await repeated(paths, options, async () => (await import("./verify.js")).verify(paths, options)));
    });
  program
    .command("simulate")
    .description("run domains with clock, world and disk under control and every kind of fault, and check what Ved promises")
    .argument("<src...>", sources)
    .option("--runs <n>", "how many runs for each domain", wholeNumber, 1000)
    .option("--seed <n>", "the seed of the first run; each further run has the next number", wholeNumber, 1)
    .addOption(new Option("--format <format>", "how to report").choices(["pretty", "json"]).default("pretty"))
    .action(async (paths, options) => finish(await (await import("./simulate.js")).simulate(paths, options)));
  program
    .command("graph")
    .description("draw where domains may rest, and which transition leads back")
    .argument("<src...>", sources)
    .addOption(new Option("--format <format>", "what to draw it as").choices(["mermaid", "dot", "svg"]).default("mermaid"))
    .option("--domain <name>", "only this domain")
    .option("-o, --out <file>", "the file to write into; standard output when absent")
    .action(async (paths, options) => finish(await (await import("./graph.js")).graph(paths, options)));
  program
    .command("run")
    .description("host domains as a service: probes observe, adapters act, over HTTP you see it and tell it facts")
    .argument("<src...>", ".ved files, or folders with such; or what `vedc build` made of them")
    .option("-c, --config <file>", "binds effects and probes; vedc.config.{js,mjs,json,yaml,yml} of this folder when absent")
    .option("--host <address>", "where to listen; others than this machine's own need a token (VEDC_TOKEN)")
    .option("--port <n>", "the port to listen on; 0 takes a free one", port)
    .option("--journal <dir>", "the folder of the journal; it is made when it is not there")
    .option("--grace <duration>", "how long calls under way may take once it is to stop, as in 10s", duration)
    .option("--observe-only", "decide and journal, but carry no effect out; say what it would have done")
    .addOption(new Option("--log <format>", "how to log").choices(["pretty", "json", "quiet"]).default("pretty"))
    .action(async (paths, options) => finish(await (await import("./run.js")).run(paths, options)));
  program
    .command("inspect")
    .description("show what a journal holds: instances, what is pending, what happened; changes nothing")
    .argument("<journal>", "the folder of a file journal; a host may have it open")
    .option("--key <key>", "only the instance with this key")
    .option("--history", "what happened, in order, with times")
    .option("--json", "for machines")
    .action(async (folder, options) => finish(await (await import("./inspect.js")).inspect(folder, options)));
  program
    .command("resolve")
    .description("settle an intent whose outcome nobody else will ever tell")
    .argument("<journal>", "the folder of a file journal; a host may have it open")
    .argument("<key>", "the intent's idempotency key, as `vedc inspect` shows it")
    .addArgument(new Argument("<outcome>", "what became of it").choices(["happened", "did-not-happen"]))
    .requiredOption("--why <reason>", "how you know; it is kept in the history")
    .option("--by <name>", "who says so; your user name when absent")
    .option("--value <value>", "what the effect came to, where a handler asks for it: an int, true, false or a string")
    .action(async (folder, key, outcome, options) => {
      finish(await (await import("./resolve.js")).resolve(folder, key, outcome, options));
    });
  program
    .command("explain")
    .description("explain a code of a finding, with a wrong and a right example; without a code, list them")
    .argument("[code]", "such as VED2001, or 2001")
    .action(async (code) => finish((await import("./explain.js")).explain(code)));
  program
    .command("completion")
    .description("print a script by which a shell completes vedc's commands and options")
    .addArgument(new Argument("<shell>", "the shell; the script's first lines say where it goes").choices(shells))
    .action(async (shell) => finish((await import("./completion.js")).completion(program, shell)));
  for (const command of program.commands) command.showHelpAfterError(`(\`vedc ${command.name()} --help\` says what there is)`);
  program
    .command("help")
    .description("print the help of a command")
    .argument("[command]", "the command; what there is when absent")
    .action(async (name = "") => {
      const command = program.commands.find((each) => each.name() === name);
      // A command that there is not is reported as it would be by itself.
      if (name !== "" && command === undefined) await program.parseAsync([name], { from: "user" });
      (command ?? program).help();
    });
  return program;
}

/** Runs a command once, or with `--watch` again and again. */
async function repeated(
  paths: readonly string[],
  { watch }: { readonly watch?: boolean },
  run: () => Promise<number>,
): Promise<number> {
  return watch === true ? (await import("./watch/watch.js")).watch(paths, run, exitCodeOf) : run();
}

/** Gives the lines of a message of the library: what the user wrote is on one of them, and what was meant on the next. */
function linesOf(message: string): string[] {
  return message.trimEnd().split(/\n(?=\(Did you mean )/);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("It is a number from 0 to 65535.");
}

function duration(text: string): number {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError('It is a number with ms, s, m, h or d, as in "10s".');
}

const sources = ".ved files, folders with .ved files below them, or quoted patterns such as 'src/**/*.ved'";

const examples = `
Examples:
  vedc init demo                  a project to begin with, in demo/
  vedc build src/ -o dist/        src/routing.ved becomes dist/routing.js and dist/routing.d.ts
  vedc check src/ --format github findings for a CI job; sarif, json and compact for others
  vedc check src/ --watch         again after each change
  vedc fmt src/                   format them; --check for a CI job
  vedc verify src/                prove that every domain comes to rest
  vedc simulate src/ --runs 10000 every kind of fault, ten thousand times over
  vedc run src/ --config c.js     host them as a service, with a page at http://localhost:7070/
  vedc graph src/ --format svg    where they may rest, and what leads back
  vedc inspect ./data --history   what happened to the instances of a journal
  vedc explain VED2001            what a finding means, and how to mend it

Exit codes:
  0  fine    1  something was found    2  wrong usage, or a file that cannot be read or written    70  a bug in vedc
`;
