import type { Argument, Command, Option } from "commander";
import { catalogue } from "../../diagnostics/catalogue.js";

/** What may stand in a place of the command line. */
export type Value =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "sources" | "files" | "folders" | "anything" };

/** An option, as a shell completes it. */
export interface OptionModel {
  /** `-o` and `--out`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What follows it; null: nothing. */
  readonly value: Value | null;
}

/** A command, as a shell completes it. */
export interface CommandModel {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionModel[];
  readonly arguments: readonly Value[];
  /** Whether the last argument may be repeated. */
  readonly isVariadic: boolean;
}

/** A command line with its commands. */
export interface ProgramModel {
  /** Those before a command. */
  readonly options: readonly OptionModel[];
  readonly commands: readonly CommandModel[];
}

/** Describes a program and its commands, as they are defined for the command line itself. */
export function modelOf(program: Command): ProgramModel {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).map((command): CommandModel => {
    return {
      name: command.name(),
      description: command.description(),
      options: help.visibleOptions(command).map(optionModel),
      arguments: command.registeredArguments.map(argumentValue),
      isVariadic: command.registeredArguments.at(-1)?.variadic === true,
    };
  });
  return { options: help.visibleOptions(program).map(optionModel), commands };

  function argumentValue(argument: Argument): Value {
    const isCommand = argument.name() === "command";
    return isCommand ? words(help.visibleCommands(program).map((each) => each.name())) : valueFor(argument.name(), argument);
  }
}

function optionModel(option: Option): OptionModel {
  const flags = [option.short, option.long].filter((flag) => typeof flag === "string");
  const takesValue = option.required || option.optional;
  return { flags, description: option.description, value: takesValue ? valueFor(placeholderOf(option), option) : null };
}

/** Gives the word in `--out <dir>` that says what is meant. */
function placeholderOf({ flags }: Option): string {
  return /[<[]([\w-]+)/.exec(flags)?.[1] ?? "";
}

/** Says by a placeholder what is meant, where no choices are given. */
function valueFor(placeholder: string, { argChoices }: { readonly argChoices?: string[] | undefined }): Value {
  if (argChoices !== undefined) return words(argChoices);
  switch (placeholder) {
    case "src":
      return { kind: "sources" };
    case "file":
    case "path":
      return { kind: "files" };
    case "dir":
    case "journal":
      return { kind: "folders" };
    case "code":
      return words(Object.keys(catalogue));
    default:
      return { kind: "anything" };
  }
}

function words(list: readonly string[]): Value {
  return { kind: "words", words: list };
}
