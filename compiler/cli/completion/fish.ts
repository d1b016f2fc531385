import { unreachable } from "../../language/unreachable.js";
import type { CommandModel, OptionModel, ProgramModel, Value } from "./model.js";

/** Prints the completion of a command line for fish. */
export function fishCompletion({ options, commands }: ProgramModel): string {
  const lines = [
    "# Completion of vedc for fish. vedc completion fish > ~/.config/fish/completions/vedc.fish",
    "function __vedc_sources",
    "    __fish_complete_path (commandline -ct) | string match -r '^[^\\t]*(?:/|\\.ved)(?:\\t.*)?$'",
    "end",
    "complete -c vedc -f",
    ...options.map((option) => `complete -c vedc -n __fish_use_subcommand ${optionWords(option)}`),
    ...commands.map(({ name, description }) => {
      return `complete -c vedc -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`;
    }),
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines({ name, options, arguments: all }: CommandModel): string[] {
  const within = `complete -c vedc -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    ...options.map((option) => `${within} ${optionWords(option)}`),
    ...all.map(completed).flatMap((words) => (words === "" ? [] : [`${within} ${words}`])),
  ];
}

function optionWords({ flags, description, value }: OptionModel): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  // What wants a value and no file is exclusive (-x).
  const wanted = value === null ? [] : [value.kind === "files" ? "-r" : "-x", completed(value)];
  return [...names, "-d", quoted(description), ...wanted].filter((word) => word !== "").join(" ");
}

function completed(value: Value): string {
  switch (value.kind) {
    case "words":
      return `-a ${quoted(value.words.join(" "))}`;
    case "sources":
      return "-a '(__vedc_sources)'";
    case "files":
      return "-F";
    case "folders":
      return "-a '(__fish_complete_directories)'";
    case "anything":
      return "";
    default:
      return unreachable(value);
  }
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
