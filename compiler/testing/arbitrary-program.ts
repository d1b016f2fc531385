import fc from "fast-check";

// Random programs of level 1 as source text. Names and literals come from small pools, so that programs do something.

type FieldType = "int" | "bool" | "string";

interface FieldShape {
  readonly name: string;
  readonly type: FieldType;
}

const names = ["alpha", "beta", "class", "state", "constructor", "x", "intents", "valueOf"];
const strings = ['"a"', '"b"', '"\\"quoted\\""', '""', '"\\u{1F600}\\n"'];
const ints = ["0", "1", "2", "-1", "7", "9007199254740991"];

const literalOf: Record<FieldType, fc.Arbitrary<string>> = {
  int: fc.constantFrom(...ints),
  bool: fc.constantFrom("true", "false"),
  string: fc.constantFrom(...strings),
};

function expressionOf(type: FieldType, fields: readonly FieldShape[], depth: number): fc.Arbitrary<string> {
  const own = fields.filter((field) => field.type === type).map(({ name }) => fc.constantFrom(name, `state.${name}`));
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
      );
    }
    case "string":
      return fc.oneof(leaf, binary("string", "+"));
    case "bool":
      return fc.oneof(
        leaf,
        binary("bool", "&&", "||", "==", "!="),
        binary("int", "<", "<=", ">", ">=", "==", "!="),
        binary("string", "==", "!="),
        fc.tuple(deeper("bool"), deeper("bool"), deeper("bool")).map((all) => all.join(" && ")),
        deeper("bool").map((a) => `!(${a})`),
      );
  }
}

function statementOf(fields: readonly FieldShape[], depth: number): fc.Arbitrary<string> {
  const assign = fc
    .constantFrom(...fields)
    .chain(({ name, type }) => expressionOf(type, fields, 1).map((value) => `${name} = ${value}`));
  const emit = fc.oneof(
    expressionOf("int", fields, 1).map((value) => `emit Count(${value})`),
    expressionOf("string", fields, 1).map((value) => `emit Net.Say(text: ${value}, loud: true)`),
    fc.constant("emit Ping()"),
  );
  if (depth === 0) return fc.oneof(assign, emit);
  const block = fc.array(statementOf(fields, depth - 1), { maxLength: 3 }).map((lines) => `{ ${lines.join("\n")} }`);
  const condition = expressionOf("bool", fields, 2);
  const branch = fc
    .tuple(condition, block, fc.option(fc.tuple(condition, block)), fc.option(block))
    .map(([test, body, elseIf, otherwise]) => {
      const second = elseIf === null ? "" : ` else if ${elseIf[0]} ${elseIf[1]}`;
      return `if ${test} ${body}${second}${otherwise === null ? "" : ` else ${otherwise}`}`;
    });
  return fc.oneof({ weight: 2, arbitrary: assign }, { weight: 1, arbitrary: emit }, { weight: 3, arbitrary: branch });
}

/** A domain of a given name, as source text. */
export function arbitraryDomain(name: string): fc.Arbitrary<string> {
  const shapes = fc
    .tuple(
      fc.shuffledSubarray(names, { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.constantFrom<FieldType>("int", "bool", "string")),
    )
    .map(([chosen, types]) => chosen.map((field): FieldShape => ({ name: field, type: types.next().value })));
  return shapes.chain((fields) => {
    const declared = fc.tuple(
      ...fields.map((field) => literalOf[field.type].map((value) => `${field.name}: ${field.type} = ${value}`)),
    );
    const goals = fc.array(fc.array(expressionOf("bool", fields, 2), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    });
    const steps = fc.array(fc.array(statementOf(fields, 2), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    return fc
      .tuple(declared, goals, steps)
      .map(([state, predicates, transitions]) =>
        [
          `domain ${name} {`,
          `state { ${state.join("\n")} }`,
          ...predicates.map((realities, index) => `goal G${index} { predicate ${realities.join(" || ")} }`),
          ...transitions.map((lines, index) => `transition T${index} { step { ${lines.join("\n")} } }`),
          "}",
        ].join("\n"),
      );
  });
}
