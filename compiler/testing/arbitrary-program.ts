import fc from "fast-check";
import type { StatementNode } from "../1-parse/ast.js";
import { scan } from "../1-parse/scan.js";
import { Findings } from "../diagnostics/diagnostic.js";
import { unreachable } from "../language/unreachable.js";

// Random programs as source text. Names and literals come from small pools, so that programs do something.

type FieldType = "int" | "bool" | "string";

/** A field, or what is read like one. */
interface FieldShape {
  readonly name: string;
  readonly type: FieldType;
  /** It is a parameter or a definition: called by its bare name, and never assigned. */
  readonly isParameter?: boolean;
  /** It is an int within -1 and 7. */
  readonly isRanged?: boolean;
}

/** What a domain says to others, and hears from them. */
export interface Talk {
  /** The domains that messages may go to: each takes `Ping(amount: int, loud: bool)`. */
  readonly targets: readonly string[];
}

const names = ["alpha", "beta", "class", "state", "constructor", "x", "intents", "valueOf"];
const strings = ['"a"', '"b"', '"\\"quoted\\""', '""', '"\\u{1F600}\\n"'];
const ints = ["0", "1", "2", "-1", "7", "9007199254740991"];

/** What each domain declares, so that its names may stand wherever a literal or a type may. */
const terms = [
  "const MOST = LEAST + 6",
  "const LEAST: Whole = 1",
  "const YES = LEAST < MOST",
  'const WORD: string = "a"',
  "type Whole = int",
  "type Text = string",
];

const literalOf: Record<FieldType, fc.Arbitrary<string>> = {
  int: fc.constantFrom(...ints, "LEAST", "MOST"),
  bool: fc.constantFrom("true", "false", "YES"),
  string: fc.constantFrom(...strings, "WORD"),
};

const spellingsOf: Record<FieldType, fc.Arbitrary<string>> = {
  int: fc.constantFrom("int", "Whole"),
  bool: fc.constant("bool"),
  string: fc.constantFrom("string", "Text"),
};

function expressionOf(type: FieldType, fields: readonly FieldShape[], depth: number): fc.Arbitrary<string> {
  const own = fields
    .filter((field) => field.type === type)
    .map(({ name, isParameter }) => fc.constantFrom(name, isParameter === true ? name : `state.${name}`));
  const leaf = fc.oneof(literalOf[type], ...own);
  if (depth === 0) return leaf;
  const deeper = (of: FieldType) => expressionOf(of, fields, depth - 1);
  const binary = (of: FieldType, ...operators: string[]) =>
    fc.tuple(deeper(of), fc.constantFrom(...operators), deeper(of)).map(([a, operator, b]) => `(${a} ${operator} ${b})`);
  switch (type) {
    case "int": {
      if (own.length === 0) return leaf;
      // Arithmetic on constants alone that can only fault is refused, so each operation has a field in it.
      const field = fc.oneof(...own);
      const sum = fc
        .tuple(field, fc.constantFrom("+", "-", "*"), deeper("int"))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`);
      const divisor = fc.oneof(field, fc.constantFrom("2", "7", "-1"), sum);
      const quotient = fc
        .tuple(deeper("int"), fc.constantFrom("/", "%"), divisor)
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`);
      return fc.oneof(
        leaf,
        sum,
        quotient,
        deeper("int").map((a) => `-(${a})`),
        fc.tuple(fc.constantFrom("min", "max"), deeper("int"), field).map(([name, a, b]) => `${name}(${a}, ${b})`),
        fc.tuple(field, fc.array(fc.tuple(fc.constantFrom("+", "-"), deeper("int")), { minLength: 2, maxLength: 5 })).map(chain),
      );
    }
    case "string":
      return fc.oneof(
        leaf,
        fc.constant("self"),
        binary("string", "+"),
        fc.oneof(deeper("int"), deeper("bool")).map((a) => `text(${a})`),
      );
    case "bool":
      return fc.oneof(
        leaf,
        binary("bool", "&&", "||", "==", "!="),
        binary("int", "<", "<=", ">", ">=", "==", "!="),
        binary("string", "==", "!="),
        fc.tuple(deeper("bool"), deeper("bool"), deeper("bool")).map((all) => all.join(" && ")),
        deeper("bool").map((a) => `!(${a})`),
      );
    default:
      return unreachable(type);
  }
}

function chain([first, rest]: readonly [string, readonly (readonly [string, string])[]]): string {
  return `(${first}${rest.map(([operator, operand]) => ` ${operator} ${operand}`).join("")})`;
}

function statementOf(fields: readonly FieldShape[], depth: number, talk: Talk | null, emits = true): fc.Arbitrary<string> {
  const assign = fc.constantFrom(...fields.filter(({ isParameter }) => isParameter !== true)).chain(({ name, type, isRanged }) =>
    // A literal outside of the range would be refused.
    expressionOf(type, fields, 1).map((value) => `${name} = ${isRanged ? `max(state.${name}, ${value})` : value}`),
  );
  const emit = fc.oneof(
    expressionOf("int", fields, 1).map((value) => `emit Count(${value})`),
    expressionOf("bool", fields, 2).map((value) => `emit Flag(${value})`),
    fc
      .tuple(expressionOf("string", fields, 1), expressionOf("bool", fields, 1))
      .map(([text, loud]) => `emit Net.Say(text: ${text}, loud: ${loud})`),
    fc.constant("emit Ping()"),
  );
  // The kinds of statements, each as often as its weight says; null where none may stand.
  const kinds: Readonly<Record<StatementNode["kind"], fc.WeightedArbitrary<string> | null>> = {
    assign: { weight: 2, arbitrary: assign },
    emit: emits ? { weight: 1, arbitrary: emit } : null,
    send: talk === null ? null : { weight: 1, arbitrary: sendOf(fields, talk) },
    if: depth === 0 ? null : { weight: 3, arbitrary: ifOf(fields, depth, talk, emits) },
  };
  return fc.oneof(...Object.values(kinds).filter((each) => each !== null));
}

function ifOf(fields: readonly FieldShape[], depth: number, talk: Talk | null, emits: boolean): fc.Arbitrary<string> {
  const block = fc.array(statementOf(fields, depth - 1, talk, emits), { maxLength: 3 }).map((lines) => `{ ${lines.join("\n")} }`);
  const condition = expressionOf("bool", fields, 2);
  return fc
    .tuple(condition, block, fc.option(fc.tuple(condition, block)), fc.option(block))
    .map(([test, body, elseIf, otherwise]) => {
      const second = elseIf === null ? "" : ` else if ${elseIf[0]} ${elseIf[1]}`;
      return `if ${test} ${body}${second}${otherwise === null ? "" : ` else ${otherwise}`}`;
    });
}

function sendOf(fields: readonly FieldShape[], { targets }: Talk): fc.Arbitrary<string> {
  const key = fc.oneof(
    fc.constant(""),
    fc.constant('["k"]'),
    expressionOf("string", fields, 1).map((text) => `["k" + ${text}]`),
  );
  const message = fc
    .record({
      word: fc.constantFrom("send", "send_high"),
      target: fc.constantFrom(...targets),
      key,
      amount: expressionOf("int", fields, 1),
      loud: expressionOf("bool", fields, 2),
    })
    .map((of) => `${of.word} ${of.target}${of.key} Ping(${of.amount}, ${of.loud})`);
  return fc.oneof(message, fc.constant("emit Broadcast(Event::Up)"));
}

const pinged: readonly FieldShape[] = [
  { name: "amount", type: "int", isParameter: true },
  { name: "loud", type: "bool", isParameter: true },
];

/** Generates what a domain does about messages, events and outcomes, and a transition that messages run. */
function talkingMembers(fields: readonly FieldShape[], talk: Talk): fc.Arbitrary<string[]> {
  const why: FieldShape = { name: "why", type: "string", isParameter: true };
  const body = (given: readonly FieldShape[], sends: Talk | null, emits: boolean) =>
    fc
      .array(statementOf([...fields, ...given], 1, sends, emits), { minLength: 1, maxLength: 3 })
      .map((lines) => lines.join("\n"));
  return fc
    .tuple(body(pinged, talk, false), body([], talk, false), body([why], null, false), body(pinged, talk, true))
    .map(([message, event, outcome, step]) => [
      `on Ping(amount: int, loud: bool) { ${message} }`,
      `on Event::Up { ${event} }`,
      "transition Knock { step { emit Ping() } }",
      `on Ping failed (why: string) { ${outcome} }`,
      `transition Asked(amount: int, loud: bool) { step { ${step} } }`,
    ]);
}

/** Generates a domain of a given name, as source text; where it talks, with members that take messages and events as well. */
export function arbitraryDomain(name: string, talk: Talk | null = null): fc.Arbitrary<string> {
  const shapes = fc
    .tuple(
      fc.shuffledSubarray(names, { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.constantFrom("int", "int -1..7", "bool", "string")),
    )
    .map(([chosen, types]) => chosen.map((field) => shapeOf(field, types.next().value)));
  return shapes.chain((fields) => {
    const declared = fc.tuple(
      ...fields.map(({ name: field, type, isRanged }) =>
        isRanged
          ? fc.constant(`${field}: int -1..7`)
          : fc.tuple(spellingsOf[type], literalOf[type]).map(([spelling, value]) => `${field}: ${spelling} = ${value}`),
      ),
    );
    return fc
      .tuple(declared, definitionOf(fields))
      .chain(([state, { shape, text }]) =>
        membersOf([...fields, shape], talk).map((members) =>
          [`domain ${name} {`, ...terms, `state { ${state.join("\n")} }`, `define ${shape.name} = ${text}`, ...members, "}"].join(
            "\n",
          ),
        ),
      );
  });
}

function shapeOf(name: string, type: string): FieldShape {
  if (type === "bool" || type === "string") return { name, type };
  return { name, type: "int", isRanged: type !== "int" };
}

/** Generates a definition, with what it is where it is read. */
function definitionOf(fields: readonly FieldShape[]): fc.Arbitrary<{ readonly shape: FieldShape; readonly text: string }> {
  const numbers = fields.filter(({ type }) => type === "int");
  // An int that is known would make arithmetic that can only fault.
  const type = fc.constantFrom<FieldType>("bool", "string", ...numbers.map(() => "int" as const));
  return type.chain((of) =>
    expressionOf(of, fields, 2).map((text) => ({
      shape: { name: "Defined", type: of, isParameter: true },
      text: of === "int" ? `max(${numbers[0]?.name}, ${text})` : text,
    })),
  );
}

/** Generates the members of a domain beside its state. */
function membersOf(fields: readonly FieldShape[], talk: Talk | null): fc.Arbitrary<string[]> {
  const goals = fc.array(fc.array(expressionOf("bool", fields, 2), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 2,
  });
  const steps = fc.array(fc.array(statementOf(fields, 2, talk), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  });
  const more = talk === null ? fc.constant([]) : talkingMembers(fields, talk);
  return fc
    .tuple(goals, steps, more)
    .map(([predicates, transitions, others]) => [
      ...predicates.map((realities, index) => goalOf(`G${index}`, realities)),
      ...transitions.map((lines, index) => transitionOf(`T${index}`, lines, index % 2 === 0)),
      ...others,
    ]);
}

/** Writes a goal: with letters for one reality or three, with names for two. */
function goalOf(name: string, realities: readonly string[]): string {
  if (realities.length !== 2) return `goal ${name} { predicate ${realities.join(" || ")} }`;
  return `goal ${name} { ${realities.map((each, index) => `reality R${index}: ${each}`).join(" ")} }`;
}

function transitionOf(name: string, lines: readonly string[], hasStep: boolean): string {
  return `transition ${name}${hasStep ? "" : "()"} { ${hasStep ? `step { ${lines.join("\n")} }` : lines.join("\n")} }`;
}

/** Generates domains that talk to each other, as one source text. */
export function talkingProgram(count: number): fc.Arbitrary<string> {
  const targets = Array.from({ length: count }, (_, index) => `D${index}`);
  return fc.tuple(...targets.map((name) => arbitraryDomain(name, { targets }))).map((all) => all.join("\n"));
}

const comments = [
  "// note\n",
  "/* note */",
  `// it's \`\${x}\` */ " \\\n`,
  "/* two\n   lines */",
  "/** doc */",
  "\n// above\n",
  "///\n",
];

/** Puts comments wherever one may stand in a program, which stays the same. */
export function commented(program: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const gap = fc.oneof(
    fc.constantFrom(" ", "\n"),
    fc.constantFrom(...comments).map((comment) => ` ${comment} `),
  );
  return fc.tuple(program, fc.infiniteStream(gap)).map(([text, gaps]) => {
    const { tokens } = scan(text, new Findings({ path: "", text }));
    const ranges = [...text.matchAll(/-?\d+\.\.-?\d+/g)].map(({ 0: range, index }) => ({
      from: index,
      to: index + range.length,
    }));
    // Nothing may stand inside a range.
    const isOpen = (at: number) => !ranges.some(({ from, to }) => from < at && at < to);
    return tokens.map((token) => `${token.text}${isOpen(token.end) ? gaps.next().value : ""}`).join("");
  });
}
