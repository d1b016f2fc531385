import { anyOf, functions, keywords, priorities, types, units } from "./words.js";

// The syntax file for Vim. There a keyword is told by what stands around it: reserved words always are, the others where neither
// an operator nor a dot stands before them and what they introduce comes after.

const words = (list: readonly string[]) => `\\<\\%(${anyOf(list, "\\|")}\\)\\>`;

/** No keyword stands behind an operator, a dot or `if`. */
const noOperand = "\\%([.=<>!&|+*/%(-]\\s*\\|\\<if\\s\\+\\)\\@<!";

/** A keyword of these, where a pattern follows. */
const before = (list: readonly string[], next: string) => `/${noOperand}${words(list)}\\ze${next}/`;

const match = (group: string, pattern: string, rest = "") => `syntax match ${group} ${pattern}${rest}`;

const { declarations, nameless, clauses, steps, operators, branches, sends, outcomes, annotations, booleans, itself, later } =
  keywords;

/** What a declaration is called stands behind the word for it. */
const isNext = " nextgroup=vedName skipwhite skipempty";

/** Fields and parameters are declared by a name and a colon: whatever the name is, it is no keyword. */
const regions = [
  "syntax region vedFields contained matchgroup=NONE start=/{/ end=/}/ contains=@vedLiteral,vedType",
  'syntax region vedString start=/"/ skip=/\\\\./ end=/"/ oneline contains=vedEscape,@Spell',
  "syntax region vedComment start=+//+ end=+$+ oneline contains=vedTodo,@Spell",
  "syntax region vedComment start=+/\\*+ end=+\\*/+ contains=vedTodo,@Spell fold",
  "syntax region vedBlock start=/{/ end=/}/ transparent fold",
];

const matches = [
  match("vedEscape", '/\\\\\\%(["\\\\nrt]\\|u{\\x\\{1,6}}\\)/', " contained"),
  match("vedNumber", "/\\<\\d[0-9_]*\\>/"),
  match("vedDuration", `/\\<\\d[0-9_]*\\%(${anyOf(units, "\\|")}\\)\\>/`),
  match("vedOperator", "/[-+*%<>=!|&]\\|\\.\\.\\|\\/\\%([/*]\\)\\@!/"),
  match("vedEvent", "/\\<Event\\ze\\s*::/"),
  match("vedEffect", "/\\h\\w*\\%(\\s*\\.\\s*\\h\\w*\\)*/", " contained"),
  match("vedDomain", "/\\h\\w*/", " contained"),
  match("vedName", "/\\h\\w*\\%(\\s*\\.\\s*\\h\\w*\\)*/", " contained"),
  match("vedType", `/:\\s*\\zs${words(types)}/`),
  match("vedFunction", `/${words(functions)}\\ze\\s*(/`),
  match("vedPriority", `/\\%(priority\\s*:\\=\\s*\\|@priority\\s*(\\s*\\)\\@<=${words(priorities)}/`),
  match("vedItself", `/${words(itself)}/`),
  match("vedTimed", before(operators, "\\s\\+\\w")),
  match("vedOutcome", `/\\%(on\\_s\\+\\h[A-Za-z0-9_.]*\\_s\\+\\)\\@<=${words(outcomes)}/`),
  match("vedAnnotation", `/\\%(${anyOf(annotations, "\\|")}\\)\\>\\ze\\s*(/`),
  match("vedClause", before(clauses, '\\%(\\_s*[{(:]\\|\\_s*\\/[/*]\\|\\_s\\+[A-Za-z0-9_"!-]\\)')),
  match("vedDeclaration", before(steps, "\\%(\\s\\+\\h\\w*\\)\\{,2}\\_s*{")),
  match(
    "vedLater",
    before(
      later.filter((word) => !word.startsWith("@")),
      '\\%(\\s\\+[A-Za-z0-9_"]\\|\\s*{\\)',
    ),
  ),
  match("vedLater", `/${later.filter((word) => word.startsWith("@")).join("\\|")}\\>/`),
  match("vedDeclaration", before(declarations, "\\_s\\+\\h"), isNext),
  match("vedDeclaration", before(["goal"], "\\%(\\s*:\\|\\s*(\\|\\s\\+\\h\\w*\\_s*[^{ \\t]\\)")),
  match("vedDeclaration", before(nameless, "\\_s*{"), " nextgroup=vedFields skipwhite skipempty"),
  match("vedClause", before(["payload"], "\\_s*{"), " nextgroup=vedFields skipwhite skipempty"),
  match("vedStatement", before(sends, "\\_s\\+\\h"), " nextgroup=vedEffect skipwhite skipempty"),
  match("vedStatement", before(sends, "\\_s*(")),
];

const links: readonly (readonly [string, string])[] = [
  ["Annotation", "PreProc"],
  ["Boolean", "Boolean"],
  ["Clause", "Keyword"],
  ["Comment", "Comment"],
  ["Conditional", "Conditional"],
  ["Declaration", "Structure"],
  ["Duration", "Number"],
  ["Effect", "Function"],
  ["Escape", "SpecialChar"],
  ["Event", "Type"],
  ["Function", "Function"],
  ["Itself", "Special"],
  ["Later", "PreProc"],
  ["Name", "Identifier"],
  ["Number", "Number"],
  ["Operator", "Operator"],
  ["Outcome", "Constant"],
  ["Priority", "Constant"],
  ["Statement", "Statement"],
  ["String", "String"],
  ["Timed", "Keyword"],
  ["Todo", "Todo"],
  ["Type", "Type"],
];

/** Gives the text of `syntax/ved.vim`. */
export function vimText(): string {
  const lines = [
    '" Vim syntax file',
    '" Language: Ved, a small language for failure recovery',
    '" Written by the tests in editors/, from the words of the compiler.',
    "",
    'if exists("b:current_syntax")',
    "  finish",
    "endif",
    "",
    "syntax case match",
    "syntax sync fromstart",
    `syntax keyword vedBoolean ${booleans.join(" ")}`,
    `syntax keyword vedConditional ${branches.join(" ")}`,
    "syntax keyword vedTodo contained TODO FIXME XXX NOTE",
    "syntax cluster vedLiteral contains=vedBoolean,vedComment,vedDuration,vedNumber,vedOperator,vedString",
    "",
    ...matches,
    ...regions,
    "",
    ...links.map(([group, link]) => `highlight default link ved${group} ${link}`),
    "",
    'let b:current_syntax = "ved"',
  ];
  return `${lines.join("\n")}\n`;
}
