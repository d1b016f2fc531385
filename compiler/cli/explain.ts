import process from "node:process";
import { catalogue, codeMeant } from "../diagnostics/catalogue.js";
import { exitCode, UsageError } from "./exit.js";
import { styleFor } from "./terminal.js";

/** Runs `vedc explain`: prints the page of a code, or without one the list of them. Gives the exit code. */
export function explain(code: string | undefined): number {
  if (code === undefined) {
    for (const { code: each, severity, title } of Object.values(catalogue))
      process.stdout.write(`${each}  ${severity.padEnd(7)}  ${title}\n`);
    return exitCode.ok;
  }
  const known = codeMeant(code);
  if (known === null) throw new UsageError(`There is no code ${code}. \`vedc explain\` lists them all.`);
  const { severity, title, message, body } = catalogue[known];
  const style = styleFor(process.stdout);
  process.stdout.write(
    `${style[severity](`${severity}[${known}]`)} ${style.strong(title)}\n\n${style.frame(message)}\n\n${shown(body, style.strong)}\n`,
  );
  return exitCode.ok;
}

/** Shows the page's Markdown on a terminal: headings stand out, fences become indentation. */
function shown(body: string, strong: (text: string) => string): string {
  let isCodeBlock = false;
  const lines = body
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("```")) {
        isCodeBlock = !isCodeBlock;
        return [];
      }
      return [isCodeBlock ? `    ${line}`.trimEnd() : line.replace(/^## (.+)$/, (_, heading: string) => strong(`${heading}:`))];
    });
  return lines.join("\n");
}
