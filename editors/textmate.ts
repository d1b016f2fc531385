import { anyOf, functions, keywords, priorities, types, units } from "./words.js";

// The TextMate grammar of Ved. Only a few words are reserved, so a keyword is one in its place alone: each construct is a region
// whose patterns say what may stand in it, and a field that is called `state` stays a field. A region whose block has not been
// written yet ends at the first thing that cannot belong to it, so that what follows keeps its colours while somebody types.

/** A rule of a TextMate grammar, as far as Ved needs them. */
interface Rule {
  readonly include?: string;
  readonly name?: string;
  readonly match?: string;
  readonly captures?: Captures;
  readonly begin?: string;
  readonly beginCaptures?: Captures;
  readonly end?: string;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
}

type Captures = Readonly<Record<string, { readonly name?: string; readonly patterns?: readonly Rule[] }>>;

const name = "[A-Za-z_][A-Za-z0-9_]*";
const path = `${name}(?:\\s*\\.\\s*${name})*`;
const digits = "[0-9][0-9_]*";

/** No keyword follows an operator or a dot: what does is an operand. Of the white space between them one character is seen. */
const noOperand = "(?<![.=<>&|+*/%(!-])(?<![=<>&|+*/%(!-]\\s)";

const keyword = (...words: readonly string[]) => `${noOperand}\\b(${anyOf(words)})\\b`;
const include = (...names: readonly string[]): Rule[] => names.map((each) => ({ include: `#${each}` }));

/** Names the groups of a pattern, in their order. */
function groups(...scopes: readonly string[]): Captures {
  return Object.fromEntries(scopes.map((scope, index) => [index + 1, { name: `${scope}.ved` }]));
}

/** A pair of brackets with something in it. */
function bracketed(open: string, close: string, patterns: readonly Rule[]): Rule {
  const [begin, end] = [`\\${open}`, `\\${close}`];
  const bracket = { 0: { name: `punctuation.section.${open === "{" ? "block" : open === "(" ? "parens" : "brackets"}.ved` } };
  return { begin, beginCaptures: bracket, end, endCaptures: bracket, patterns };
}

/** What opens with a keyword and ends with its block; between them stands nothing but comments and what `inner` allows. */
function withBlock(
  begin: string,
  beginCaptures: Captures,
  block: readonly string[],
  { inner = [], next = "{/" }: { inner?: readonly Rule[]; next?: string } = {},
): Rule {
  const patterns = [...include("comments"), ...inner, bracketed("{", "}", include(...block))];
  return { begin, beginCaptures, end: `(?<=\\})|(?=[^\\s${next}])`, patterns };
}

const comments: readonly Rule[] = [
  { name: "comment.line.double-slash.ved", begin: "//", end: "$" },
  { name: "comment.block.ved", begin: "/\\*", end: "\\*/" },
];

const strings: readonly Rule[] = [
  {
    name: "string.quoted.double.ved",
    begin: '"',
    end: '"|$',
    patterns: [
      { name: "constant.character.escape.ved", match: '\\\\(?:["\\\\nrt]|u\\{[0-9A-Fa-f]{1,6}\\})' },
      { name: "invalid.illegal.escape.ved", match: "\\\\." },
    ],
  },
];

const literals: readonly Rule[] = [
  ...include("strings"),
  {
    name: "constant.numeric.duration.ved",
    match: `\\b${digits}(${anyOf(units)})\\b`,
    captures: groups("keyword.other.unit"),
  },
  { name: "constant.numeric.integer.ved", match: `\\b${digits}\\b` },
  { name: "constant.language.boolean.ved", match: `\\b(?:${anyOf(keywords.booleans)})\\b` },
];

const operators: readonly Rule[] = [
  { name: "keyword.operator.range.ved", match: "\\.\\." },
  { name: "keyword.operator.comparison.ved", match: "==|!=|<=|>=|<|>" },
  { name: "keyword.operator.logical.ved", match: "&&|\\|\\||!" },
  { name: "keyword.operator.assignment.ved", match: "[-+*/%]?=" },
  { name: "keyword.operator.arithmetic.ved", match: "[-+*/%]" },
  { name: "keyword.operator.union.ved", match: "\\|" },
  { name: "punctuation.separator.ved", match: "[,;]" },
  { name: "punctuation.accessor.ved", match: "\\." },
];

const expression: readonly Rule[] = [
  ...include("comments", "literals"),
  {
    match: `\\b(Event)\\s*(::)\\s*(${name})`,
    captures: groups("support.class.event", "punctuation.accessor", "entity.name.type.event"),
  },
  { name: "support.function.ved", match: `\\b(?:${anyOf(functions)})\\b(?=\\s*\\()` },
  { name: "entity.name.function.ved", match: `\\b${path}(?=\\s*\\()` },
  {
    match: `\\b(state)\\s*(\\.)\\s*(${name})`,
    captures: groups("variable.language", "punctuation.accessor", "variable.other.field"),
  },
  { name: "variable.language.self.ved", match: `(?<!\\.)\\b${anyOf(keywords.itself)}\\b` },
  {
    match: `${keyword(...keywords.operators)}(?=\\s*[0-9]|\\s+[A-Za-z_])`,
    captures: groups("keyword.operator.word"),
  },
  bracketed("(", ")", [
    { match: `\\b(${name})\\s*(:)(?!:)`, captures: groups("variable.parameter", "punctuation.separator") },
    ...include("expression"),
  ]),
  bracketed("[", "]", include("expression")),
  ...include("operators"),
  { name: "variable.other.field.ved", match: `\\b${name}\\b` },
];

/** A type, and what stands around it where fields and parameters are declared. */
const typeNames: readonly Rule[] = [
  { name: "support.type.ved", match: `\\b(?:${anyOf(types)})\\b` },
  { name: "entity.name.type.ved", match: `\\b${name}\\b` },
];

const fields: readonly Rule[] = [
  ...include("comments", "literals"),
  {
    match: `\\b(${name})\\s*(:)\\s*(${name})?`,
    captures: { ...groups("variable.other.field", "punctuation.separator"), 3: { patterns: include("types") } },
  },
  ...include("operators"),
  { name: "variable.other.constant.ved", match: `\\b${name}\\b` },
];

const parameters: readonly Rule[] = [
  bracketed("(", ")", [
    ...include("comments", "literals"),
    {
      match: `\\b(${name})\\s*(:)\\s*(${name})?`,
      captures: { ...groups("variable.parameter", "punctuation.separator"), 3: { patterns: include("types") } },
    },
    ...include("operators"),
  ]),
];

const statements: readonly Rule[] = [
  ...include("comments"),
  { name: "keyword.control.conditional.ved", match: `\\b(?:${anyOf(keywords.branches)})\\b` },
  {
    match: `\\b(emit)\\s+(Broadcast)(?=\\s*\\()`,
    captures: groups("keyword.control.emit", "support.function.broadcast"),
  },
  { match: `\\b(emit)\\b(?:\\s+(${path}))?`, captures: groups("keyword.control.emit", "entity.name.function.effect") },
  { match: `\\b(send_high|send)\\b(?=\\s*\\()`, captures: groups("keyword.control.send") },
  {
    begin: `\\b(send_high|send)\\s+(${name})`,
    beginCaptures: groups("keyword.control.send", "entity.name.type.domain"),
    end: `\\b(${name})\\b|(?=[^\\s\\[/])`,
    endCaptures: groups("entity.name.function.message"),
    patterns: [...include("comments"), bracketed("[", "]", include("expression"))],
  },
  {
    match: `\\b(${path})\\s*([-+*/%]?=)(?!=)`,
    captures: groups("variable.other.field", "keyword.operator.assignment"),
  },
  bracketed("{", "}", include("statements")),
  ...include("expression"),
];

const domain = withBlock(`\\b(domain)\\s+(${name})`, groups("storage.type.domain", "entity.name.type.domain"), ["members"]);

const system = withBlock(`\\b(system)\\s+(${name})`, groups("storage.type.system", "entity.name.type.system"), ["starts"]);

const starts: readonly Rule[] = [
  {
    match: `\\b(start)\\s+(?:(domain)\\s+)?(${name})`,
    captures: groups("keyword.other.clause", "storage.type.domain", "entity.name.type.domain"),
  },
  ...include("statements"),
];

const imports: Rule = {
  begin: `${keyword("import")}(?=\\s*(?:\\{|$))`,
  beginCaptures: groups("keyword.control.import"),
  end: '(?<=")|(?=[^\\s{}/"f])',
  patterns: [
    ...include("comments", "strings"),
    { match: `\\b(from)\\b`, captures: groups("keyword.control.import") },
    bracketed("{", "}", [...include("comments", "operators"), { name: "entity.name.type.domain.ved", match: `\\b${name}\\b` }]),
  ],
};

const state = withBlock(`${keyword("state")}(?=\\s*(?:\\{|/[/*]|$))`, groups("storage.type.state"), ["fields"]);

const goal = withBlock(`${keyword("goal")}\\s+(${name})(?=\\s*\\{)`, groups("storage.type.goal", "entity.name.function.goal"), [
  "goal-clauses",
]);

/** What follows a word that may be a field as well, where it is one. */
const asOperand = "(?!\\s*(?:[=<>&|+*%)}]|!=|/(?![/*])|\\b(?:for)\\b))";

const goalClauses: readonly Rule[] = [
  {
    match: `${keyword("predicate", "target")}${asOperand}\\s*(:)?`,
    captures: groups("keyword.other.clause", "punctuation.separator"),
  },
  {
    match: `${keyword("reality")}\\s+(${name})\\s*(:)`,
    captures: groups("keyword.other.clause", "entity.name.type.reality", "punctuation.separator"),
  },
  {
    match: `${keyword("priority")}\\s*(:)?\\s*(?:(${anyOf(priorities)})|(${digits})|(${name}))\\b`,
    captures: groups(
      "keyword.other.clause",
      "punctuation.separator",
      "constant.language.priority",
      "constant.numeric.integer",
      "variable.other.constant",
    ),
  },
  withBlock(`${keyword("strategy")}(?=\\s*(?:\\{|$))`, groups("keyword.other.clause"), ["strategy"]),
  ...include("later", "expression"),
];

const strategy: readonly Rule[] = [
  ...include("comments", "operators"),
  { name: "entity.name.function.transition.ved", match: `\\b${name}\\b` },
];

const invariant = withBlock(
  `${keyword("invariant")}\\s+(${name})`,
  groups("storage.type.invariant", "entity.name.function.invariant"),
  ["expression"],
);

const effect: Rule = {
  begin: `${keyword("effect")}\\s+(${path})`,
  beginCaptures: groups("storage.type.effect", "entity.name.function.effect"),
  end: "(?<=[)}])|(?=[^\\s({/])",
  patterns: [
    ...include("comments", "parameters"),
    bracketed("{", "}", [...include("comments"), withBlock(`\\b(payload)\\b`, groups("keyword.other.clause"), ["fields"])]),
  ],
};

const handlers: readonly Rule[] = [
  withBlock(
    `${keyword("on")}\\s+(Event)\\s*(::)\\s*(${name})`,
    groups("storage.type.handler", "support.class.event", "punctuation.accessor", "entity.name.type.event"),
    ["statements"],
  ),
  withBlock(
    `${keyword("on")}\\s+(${path})\\s+(${anyOf(keywords.outcomes)})\\b(?=\\s*(?:[({]|/[/*]|$))`,
    outcomeGroups(),
    ["statements"],
    {
      inner: include("parameters"),
      next: "({/",
    },
  ),
  withBlock(`${keyword("on")}\\s+(${name})`, groups("storage.type.handler", "entity.name.function.message"), ["statements"], {
    inner: include("parameters"),
    next: "({/",
  }),
];

function outcomeGroups(): Captures {
  return groups("storage.type.handler", "entity.name.function.effect", "constant.language.outcome");
}

const transition = withBlock(
  `${keyword("transition")}\\s+(${name})`,
  groups("storage.type.transition", "entity.name.function.transition"),
  ["transition-clauses"],
  { inner: include("parameters"), next: "({/" },
);

const transitionClauses: readonly Rule[] = [
  withBlock(
    `${keyword("slice")}\\s+(step)\\b(?:\\s+(${name}))?(?=\\s*(?:\\{|/[/*]|$))`,
    groups("storage.type.step", "storage.type.step", "entity.name.function.step"),
    ["statements"],
  ),
  withBlock(
    `${keyword(...keywords.steps)}(?:\\s+(${name}))?(?=\\s*(?:\\{|/[/*]|$))`,
    groups("storage.type.step", "entity.name.function.step"),
    ["statements"],
  ),
  { match: `${keyword("cooldown")}(?=\\s+[A-Za-z0-9_])`, captures: groups("keyword.other.clause") },
  ...include("later", "statements"),
];

const annotation: Rule = {
  begin: `(${keywords.annotations.join("|")})\\b\\s*(?=\\()`,
  beginCaptures: groups("storage.modifier.annotation"),
  end: "(?<=\\))",
  patterns: [
    bracketed("(", ")", [
      ...include("comments", "literals"),
      { name: "constant.language.priority.ved", match: `\\b(?:${anyOf(priorities)})\\b` },
    ]),
  ],
};

/** What is called by a name: values, types, conditions. The compiler's own rules for what is behind the name are an expression's. */
const names: readonly Rule[] = [
  {
    match: `${keyword("const")}\\s+(${name})(?:\\s*(:)\\s*(${name}))?`,
    captures: {
      ...groups("storage.type.const", "variable.other.constant", "punctuation.separator"),
      4: { patterns: include("types") },
    },
  },
  { match: `${keyword("type")}\\s+(${name})`, captures: groups("storage.type.type", "entity.name.type") },
  { match: `${keyword("define")}\\s+(${name})`, captures: groups("storage.type.define", "variable.other.definition") },
];

const later: Rule = {
  begin: `${noOperand}(?<![A-Za-z0-9_])(${anyOf(keywords.later)})\\b(?=\\s+[A-Za-z0-9_"]|\\s*\\{)`,
  beginCaptures: groups("keyword.other.later"),
  end: "$|(?<=\\})|(?=\\})",
  patterns: include("statements"),
};

const members: readonly Rule[] = [
  ...include("comments", "annotation", "names", "state", "goal", "invariant", "effect", "handlers", "transition", "later"),
  // A goal without a name: its condition follows, whatever that is.
  { match: `${keyword("goal")}${asOperand}\\s*(:)?`, captures: groups("storage.type.goal", "punctuation.separator") },
  // They end in an expression, which has no end that a line could tell.
  { match: `${keyword("expects", "within")}(?=\\s+[^\\s=])`, captures: groups("keyword.other.clause") },
  // The block of a goal whose `{` stands on a line of its own.
  bracketed("{", "}", include("goal-clauses")),
  ...include("expression"),
];

/** The grammar, as `syntaxes/ved.tmLanguage.json` has it. */
export const grammar = {
  $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
  name: "Ved",
  scopeName: "source.ved",
  fileTypes: ["ved"],
  patterns: include("comments", "import", "domain", "system", "members"),
  repository: {
    comments: { patterns: comments },
    strings: { patterns: strings },
    literals: { patterns: literals },
    operators: { patterns: operators },
    expression: { patterns: expression },
    types: { patterns: typeNames },
    fields: { patterns: fields },
    parameters: { patterns: parameters },
    statements: { patterns: statements },
    import: imports,
    domain,
    system,
    starts: { patterns: starts },
    members: { patterns: members },
    names: { patterns: names },
    state,
    goal,
    "goal-clauses": { patterns: goalClauses },
    strategy: { patterns: strategy },
    invariant,
    effect,
    handlers: { patterns: handlers },
    transition,
    "transition-clauses": { patterns: transitionClauses },
    annotation,
    later,
  },
} as const;

/** Gives the text of `syntaxes/ved.tmLanguage.json`. */
export function grammarText(): string {
  return `${JSON.stringify(grammar, null, 2)}\n`;
}
