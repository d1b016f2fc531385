import { functionRules, signatureText } from "./function.js";
import { arithmeticRules, comparisonRules, logicalRules, unaryRules } from "./operator.js";
import { precedence } from "./precedence.js";
import { allTypes, types } from "./type.js";

// What the reference page says of the tables, in Markdown.

/** Gives the sections of docs/language.md that are made of the tables, by the names that stand in the page. */
export function referenceSections(): Readonly<Record<string, string>> {
  return { types: typeTable(), operators: operatorTable(), functions: functionTable() };
}

/** Gives a page with its sections made anew: each stands between `<!-- name -->` and `<!-- /name -->`. */
export function withReference(page: string): string {
  return Object.entries(referenceSections()).reduce((text, [name, section]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(open), text.indexOf(close)];
    return `${text.slice(0, from)}${open}\n\n${section}\n\n${text.slice(to)}`;
  }, page);
}

function typeTable(): string {
  const named = allTypes.map((type) => {
    const { spellings, values, default: initial } = types[type];
    return [spellings.map(code).join(", "), values, code(JSON.stringify(initial))];
  });
  const union = ['`"a" \\| "b" \\| …`', "one of the listed strings", "the first listed"];
  return table(["type", "values", "default"], [...named, union]);
}

/** An operator at its level, and what it takes. */
interface OperatorUse {
  readonly operator: string;
  readonly level: number;
  readonly takes: string;
}

function operatorTable(): string {
  const uses: readonly OperatorUse[] = [
    ...Object.values(logicalRules).map(({ operator, precedence: level }) => ({ operator, level, takes: "bools" })),
    { operator: "for", level: precedence.timed, takes: "a bool, and a duration: `down for 30s`" },
    ...[...comparisonRules, ...arithmeticRules].map((rule) => {
      return { operator: rule.operator, level: rule.precedence, takes: `two ${rule.operands}s` };
    }),
    ...Object.values(unaryRules).map((rule) => {
      return { operator: rule.operator, level: rule.precedence, takes: types[rule.operands].article };
    }),
  ];
  const levels = [...new Set(uses.map(({ level }) => level))].sort((a, b) => a - b);
  return table(
    ["operators", "take"],
    levels.map((level) => levelRow(uses.filter((use) => use.level === level))),
  );
}

/** Gives the operators of one level, and what they take: all of them, or only those that are named. */
function levelRow(uses: readonly OperatorUse[]): string[] {
  const shown = (some: readonly OperatorUse[]) =>
    [...new Set(some.map(({ operator }) => operator))].map((operator) => code(operator.replaceAll("|", "\\|"))).join(" ");
  const takes = [...new Set(uses.map((use) => use.takes))].map((each) => {
    const own = shown(uses.filter((use) => use.takes === each));
    return own === shown(uses) ? each : `${each} (${own})`;
  });
  return [shown(uses), takes.join(" or ")];
}

function functionTable(): string {
  return table(
    ["function", "gives"],
    functionRules.map((rule) => [code(signatureText(rule)), rule.gives]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Gives a table whose columns are as wide as what stands in them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}
