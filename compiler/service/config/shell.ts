import type { EffectDescription } from "../../2-check/description.js";
import { namesIn } from "../adapters/template.js";
import type { ConfigPath, ConfigProblem } from "./problem.js";

// A program of an `exec` adapter gets its arguments as they are. Where that program reads one of them as a program itself, as a
// shell does with what stands behind `-c`, a value in the middle of that is read as well.

/** Who reads texts of a command as programs. */
interface Reader {
  /** What it is called, without its folder. */
  readonly names: RegExp;
  /** Where what it reads is, in what stands behind it. */
  scripts(rest: readonly string[], name: string): readonly number[];
  /** How arguments get to it otherwise. */
  wayOut(name: string, argument: string): string;
}

const behind = (name: string, argument: string) =>
  `pass it behind the script, and not in it: ["${name}", "-c", "… \\"$1\\" …", "${name}", "${argument}"]`;
const behindScript = () => "pass it behind the script, and not in it";
const onStandardInput = () => "read it from standard input, where all arguments are as JSON";

const readers: readonly Reader[] = [
  { names: /^(?:ba|da|z|m?k|a|t?c|rba|fi)?sh$/, scripts: shellScripts, wayOut: behind },
  { names: /^(?:python|pypy)[\d.]*$/, scripts: (rest) => optionScripts(rest, /^-[A-Za-z]*c$/), wayOut: behindScript },
  {
    names: /^(?:perl|ruby|lua|node|nodejs|bun|php)[\d.]*$/,
    scripts: (rest) => optionScripts(rest, /^(?:-[A-Za-z]*[eEpr]|--eval|--print)(?:=|$)/),
    wayOut: behindScript,
  },
  {
    names: /^(?:su|runuser)$/,
    scripts: (rest) => indexesAfter(rest, /^(?:-[A-Za-z]*c|--command)(?:=|$)/, 1),
    wayOut: onStandardInput,
  },
  { names: /^env$/, scripts: (rest) => indexesAfter(rest, /^(?:-[A-Za-z]*S|--split-string)/, 1), wayOut: onStandardInput },
  { names: /^cmd$/, scripts: (rest) => indexesAfter(rest, /^\/[ckr]/i, Infinity), wayOut: onStandardInput },
  { names: /^(?:powershell|pwsh)$/, scripts: powerShellScripts, wayOut: onStandardInput },
  { names: /^ssh$/, scripts: sshScripts, wayOut: onStandardInput },
];

/** Gives a warning for each text of a command that is read as a program, and of which values are a part. */
export function shellWarnings(effect: EffectDescription | null, command: readonly string[], path: ConfigPath): ConfigProblem[] {
  const [chosen] = namesIn(command[0] ?? "").filter((each) => mayBeCode(each, effect));
  if (chosen !== undefined) {
    const message = `{${chosen}} says which program is run`;
    return [{ path: [...path, 0], message, fix: "write the program, and give it the argument", isWarning: true }];
  }
  for (const [at, text] of command.entries()) {
    const name = nameOf(text);
    const reader = readers.find(({ names }) => names.test(name));
    const scripts = reader?.scripts(command.slice(at + 1), name) ?? [];
    if (reader === undefined || scripts.length === 0) continue;
    return scripts.flatMap((script): ConfigProblem[] => {
      const index = at + 1 + script;
      const names = namesIn(command[index] ?? "").filter((each) => mayBeCode(each, effect));
      const [first] = names.map((each) => `{${each}}`);
      if (first === undefined) return [];
      const message = `${first} becomes a part of what ${name} runs: a value with a quote or a \`;\` in it runs what it likes`;
      return [{ path: [...path, index], message, fix: reader.wayOut(name, first), isWarning: true }];
    });
  }
  return [];
}

function nameOf(program: string): string {
  return (program.split(/[/\\]/).at(-1) ?? "").toLowerCase().replace(/\.exe$/, "");
}

/** Says whether a value may be code. Numbers, and what the program itself says, are harmless; keys come from outside. */
function mayBeCode(name: string, effect: EffectDescription | null): boolean {
  if (["call.attempt", "call.activation", "call.domain", "call.effect"].includes(name)) return false;
  const { parameters = [] } = effect ?? {};
  const parameter = parameters.find((each, index) => each.name === name || String(index) === name);
  return parameter === undefined || (parameter.type === "string" && parameter.members === undefined);
}

/** Gives what stands behind `-c`, once the options are over: all else is a file, and what that is given. */
function shellScripts(rest: readonly string[]): readonly number[] {
  let isScript = false;
  let index = 0;
  for (; index < rest.length; index += 1) {
    const text = rest[index] ?? "";
    if (/^--command=/.test(text)) return [index];
    if (!/^[-+]./.test(text)) break;
    if (text === "--" || text === "--command") {
      index += 1;
      isScript ||= text === "--command";
      break;
    }
    if (/^-[A-Za-z]*c/.test(text)) isScript = true;
    if (/^[-+][A-Za-z]*[oO]$|^--(?:rcfile|init-file)$/.test(text)) index += 1;
  }
  return isScript && index < rest.length ? [index] : [];
}

/** Gives what stands behind an option among those at the beginning, or in it. */
function optionScripts(rest: readonly string[], option: RegExp): readonly number[] {
  const end = rest.findIndex((text) => !text.startsWith("-"));
  const index = (end < 0 ? rest : rest.slice(0, end)).findIndex((text) => option.test(text));
  if (index < 0) return [];
  return rest[index]?.includes("=") ? [index] : [index + 1];
}

/** Gives the indexes of an option, wherever it is, and of so many texts behind it. */
function indexesAfter(rest: readonly string[], option: RegExp, count: number): readonly number[] {
  const index = rest.findIndex((text) => option.test(text));
  return index < 0 ? [] : [...rest.keys()].slice(index, index + 1 + count);
}

function powerShellScripts(rest: readonly string[], name: string): readonly number[] {
  if (rest.some((text) => /^[-/]f(?:i(?:le?)?)?$/i.test(text))) return [];
  const command = indexesAfter(rest, /^[-/]c(?:o(?:m(?:m(?:a(?:nd?)?)?)?)?)?$/i, Infinity);
  if (command.length > 0 || name === "pwsh") return command;
  return indexesAfter(rest, /^[^-/]/, Infinity);
}

/** Gives the words behind the host: another shell reads them there. */
function sshScripts(rest: readonly string[]): readonly number[] {
  let host = 0;
  while (rest[host]?.startsWith("-")) host += /[BbcDEeFIiJLlmOopQRSWw]$/.test(rest[host] ?? "") ? 2 : 1;
  return [...rest.keys()].slice(host + 1);
}
