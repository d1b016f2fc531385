import { unreachable } from "../../language/unreachable.js";
import type { CommandModel, OptionModel, ProgramModel, Value } from "./model.js";

/** Prints the completion of a command line for bash, from 3.2 on. */
export function bashCompletion({ options, commands }: ProgramModel): string {
  const names = { kind: "words", words: commands.map(({ name }) => name) } as const;
  const top: CommandModel = { name: "", description: "", options, arguments: [names], isVariadic: false };
  const all = [top, ...commands];
  const withValues = all.flatMap((command) =>
    command.options.flatMap((option) => (option.value === null ? [] : [{ command, option }])),
  );
  return `# Completion of vedc for bash. In ~/.bashrc: source <(vedc completion bash)
_vedc_add() { local line; while IFS= read -r line; do COMPREPLY+=("$line"); done; }
_vedc_words() { _vedc_add < <(compgen -W "$1" -- "$cur"); }
_vedc_files() { _vedc_add < <(compgen -f -- "$cur"); }
_vedc_folders() { _vedc_add < <(compgen -d -- "$cur"); }
_vedc_sources() { _vedc_folders; _vedc_add < <(compgen -f -X '!*.ved' -- "$cur"); }

_vedc() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command= position=0 option= word index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    # The = of --format=json is a word to bash.
    if [[ $word == "=" ]]; then continue; fi
    if [[ -n $option ]]; then option=; continue; fi
    case "$command $word" in
      ${withValues.map(({ command, option }) => patternOf(command, option)).join("|")}) option=$word ;;
      *" -"*) ;;
      " "*) command=$word ;;
      *) position=$((position + 1)) ;;
    esac
  done
  if [[ $cur == "=" ]]; then cur=; fi
  if [[ -n $option ]]; then
    case "$command $option" in
${linesOf(withValues.map(({ command, option }) => [patternOf(command, option), completed(option.value)]))}
    esac
  elif [[ $cur == -* ]]; then
    case "$command" in
${linesOf(all.map((command) => [`"${command.name}"`, `_vedc_words "${flagsOf(command).join(" ")}"`]))}
    esac
  else
    case "$command $position" in
${linesOf(all.flatMap((command) => command.arguments.map((value, index) => [placeOf(command, index), completed(value)])))}
    esac
  fi
}

complete -o filenames -F _vedc vedc
`;
}

function linesOf(cases: readonly (readonly [pattern: string, act: string | null])[]): string {
  return cases.flatMap(([pattern, act]) => (act === null ? [] : [`      ${pattern}) ${act} ;;`])).join("\n");
}

function patternOf({ name }: CommandModel, { flags }: OptionModel): string {
  return flags.map((flag) => `"${name} ${flag}"`).join("|");
}

function flagsOf({ options }: CommandModel): string[] {
  return options.flatMap(({ flags }) => flags);
}

/** Gives the pattern of an argument: the last one may come again and again. */
function placeOf({ name, arguments: all, isVariadic }: CommandModel, index: number): string {
  return isVariadic && index === all.length - 1 ? `"${name} "*` : `"${name} ${index}"`;
}

function completed(value: Value | null): string | null {
  if (value === null) return null;
  switch (value.kind) {
    case "words":
      return `_vedc_words "${value.words.join(" ")}"`;
    case "sources":
    case "files":
    case "folders":
      return `_vedc_${value.kind}`;
    case "anything":
      return null;
    default:
      return unreachable(value);
  }
}
