import { unreachable } from "../../language/unreachable.js";
import type { CommandModel, OptionModel, ProgramModel, Value } from "./model.js";

/** Prints the completion of a command line for zsh. */
export function zshCompletion({ options, commands }: ProgramModel): string {
  const names = commands.map(({ name, description }) => `        ${quoted(`${name}:${description}`)}`);
  return `#compdef vedc
# Completion of vedc for zsh. In ~/.zshrc, behind compinit: source <(vedc completion zsh)
_vedc() {
  local context state state_descr line
  local -A opt_args
  _arguments -C \\
${options.map((option) => `    ${optionSpec(option)} \\`).join("\n")}
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
${names.join("\n")}
      )
      _describe command commands ;;
    argument)
      case $line[1] in
${commands.map(commandCase).join("\n")}
      esac ;;
  esac
}

if [[ $funcstack[1] == _vedc ]]; then _vedc "$@"; else compdef _vedc vedc; fi
`;
}

function commandCase({ name, options, arguments: all, isVariadic }: CommandModel): string {
  const places = all.map((value, index) => {
    return quoted(`${isVariadic && index === all.length - 1 ? "*" : index + 1}:argument:${completed(value)}`);
  });
  const specs = [...options.map(optionSpec), ...places].map((spec) => ` \\\n          ${spec}`);
  return `        ${name}) _arguments${specs.join("")} ;;`;
}

/** Writes an option as `_arguments` wants it: its flags exclude each other, and the value of a long one may stand behind `=`. */
function optionSpec({ flags, description, value }: OptionModel): string {
  const said = `[${description.replace(/[[\]\\]/g, "\\$&")}]${value === null ? "" : `:value:${completed(value)}`}`;
  const written = flags.map((flag) => (value === null ? flag : flag.startsWith("--") ? `${flag}=` : `${flag}+`));
  if (written.length === 1) return quoted(`${written[0]}${said}`);
  return `${quoted(`(${flags.join(" ")})`)}{${written.join(",")}}${quoted(said)}`;
}

function completed(value: Value): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "sources":
      return '_files -g "*.ved"';
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "anything":
      return " ";
    default:
      return unreachable(value);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
