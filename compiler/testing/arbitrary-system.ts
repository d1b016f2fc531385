import fc from "fast-check";

// Random systems of two or three domains that are small enough to be searched whole: they store what they are told, ask each other,
// answer or do not, fill each other's mailboxes, hear events, and are started, keyed or left to come to life.

/** What the message or the effect gives a body as `x`. */
type Given = "nothing" | "string" | "bool" | "union";

/** What a body is made of: the fields of its domain, what it is given as `x`, and what it belongs to. */
interface Scope {
  readonly palette: readonly string[];
  readonly given: Given;
  readonly kind: "transition" | "receiver" | "handler";
}

/** All messages that there are: what they are called, and what they give. */
const messages = [
  { name: "Go", given: "nothing", parameters: "" },
  { name: "Tell", given: "string", parameters: "(x: string)" },
  { name: "Flag", given: "bool", parameters: "(x: bool)" },
  { name: "Set", given: "union", parameters: '(x: "x" | "y")' },
] as const satisfies readonly { readonly name: string; readonly given: Given; readonly parameters: string }[];

type Message = (typeof messages)[number];

/** Draws something now and then, and null else. */
function sometimes<T>(drawn: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary: drawn, weight: 1 });
}

/** A part of a domain, as text, once it is known which messages the domains of the system take. */
type Part = (taken: readonly (readonly Message[])[]) => string;

interface DrawnDomain {
  readonly taken: readonly Message[];
  readonly parts: readonly Part[];
}

const names = ["A", "B", "C"] as const;

/** The fields that there are; those that a domain never assigns are observed. */
const fields: Readonly<Record<string, string>> = {
  p: "bool",
  q: "bool",
  o: "string",
  a: "bool",
  b: "bool = true",
  s: "string",
  t: 'string = "x"',
  u: '"x" | "y"',
  n: "int",
};

/** The fields that a domain may have: few, or there are too many states. */
const palettes = ["pa", "pa", "pa", "pa", "ab", "pab", "pqa", "ps", "os", "st", "as", "pu", "pn", "au"].map((letters) => [
  ...letters,
]);

/** Says whether a text names a field, outside of strings. */
function hasField(text: string, field: string): boolean {
  return new RegExp(`(?<!["\\w])${field}(?!["\\w])`).test(text);
}

/** Gives the texts that name no fields but these. */
function within<T extends string | readonly string[]>({ palette }: Pick<Scope, "palette">, texts: readonly T[]): T[] {
  const others = Object.keys(fields).filter((field) => !palette.includes(field));
  return texts.filter((text) => !others.some((field) => hasField(String(text), field)));
}

const ownConditions = [
  "p",
  "!p",
  "a",
  "!a",
  "b",
  "q",
  's == "x"',
  "s == t",
  "s != o",
  's == ""',
  "text(p) == s",
  'u == "x"',
  'u != "x"',
  "n < 2",
];

const givenConditions: Readonly<Record<Given, readonly string[]>> = {
  nothing: [],
  string: ['x == "x"', "x == s", "x != s"],
  bool: ["x", "!x"],
  union: ['x == "x"', "x != u"],
};

function condition(scope: Scope): fc.Arbitrary<string> {
  const given = within(scope, givenConditions[scope.given]);
  const one = fc.constantFrom(...within(scope, ownConditions), ...given, ...given);
  return fc
    .array(one, { minLength: 1, maxLength: 2 })
    .chain((all) => fc.constantFrom(" && ", " || ").map((operator) => all.join(operator)));
}

const ownAssignments = [
  "a = true",
  "a = true",
  "a = false",
  "a = p",
  "b = false",
  "b = a",
  's = "x"',
  "s = o",
  "s = t",
  's = ""',
  'u = "y"',
  'u = "x"',
  "if n < 2 { n += 1 }",
  "n = 0",
];

const givenAssignments: Readonly<Record<Given, readonly string[]>> = {
  nothing: [],
  string: ["s = x", "t = x"],
  bool: ["a = x", "b = x"],
  union: ["u = x"],
};

function assignment(scope: Scope): fc.Arbitrary<Part> {
  const given = within(scope, givenAssignments[scope.given]);
  return fc.constantFrom(...within(scope, ownAssignments), ...given, ...given).map((text) => () => text);
}

const values: Readonly<Record<Given, readonly string[]>> = {
  nothing: [],
  string: ["s", '"x"', "t", "o"],
  bool: ["true", "a", "p", "false"],
  union: ['"x"', '"y"', "u"],
};

/** A message to one of the domains, whichever it takes. */
function send(scope: Scope): fc.Arbitrary<Part> {
  return fc
    .record({
      to: fc.nat(2),
      which: fc.nat(1),
      choice: fc.nat(4),
      key: fc.constantFrom("", "", "", "", '["k"]'),
      verb: fc.constantFrom("send", "send", "send", "send_high"),
    })
    .map(({ to, which, choice, key, verb }) => (taken) => {
      const index = to % taken.length;
      const message = taken[index]?.[which % (taken[index]?.length ?? 1)];
      return message === undefined
        ? ""
        : `${verb} ${names[index]}${key} ${message.name}${argument(scope, message.given, choice)}`;
    });
}

function argument(scope: Scope, wanted: Given, choice: number): string {
  if (wanted === "nothing") return "";
  const all = [...(wanted === scope.given ? ["x"] : []), ...within(scope, values[wanted])];
  return `(${all[choice % all.length]})`;
}

/** Statements; only those of transitions emit, and handlers only assign. */
function statements(scope: Scope): fc.Arbitrary<Part> {
  const { kind } = scope;
  const emission = fc.constantFrom("emit E.One()", "emit E.Two(true)", "emit E.One()").map((text) => () => text);
  const broadcast = fc.constant(() => "emit Broadcast(Event::Up)");
  const simple = fc.oneof(
    { arbitrary: assignment(scope), weight: 4 },
    { arbitrary: send(scope), weight: kind === "handler" ? 0 : 4 },
    { arbitrary: broadcast, weight: kind === "handler" ? 0 : 1 },
    { arbitrary: emission, weight: kind === "transition" ? 3 : 0 },
  );
  return fc
    .oneof(...[1, 2, 2, 3].map((count) => fc.array(simple, { minLength: count, maxLength: count })))
    .map((parts) => (taken) => parts.map((part) => part(taken)).join(" "));
}

/** Statements under a condition, or always. */
function body(scope: Scope): fc.Arbitrary<Part> {
  return fc.tuple(fc.option(condition(scope), { freq: 2 }), statements(scope)).map(
    ([guard, inner]) =>
      (taken) =>
        guard === null ? inner(taken) : `if ${guard} { ${inner(taken)} }`,
  );
}

/** What a domain does about a message: at once, or by a transition. */
function receiver(palette: readonly string[], { name, given, parameters }: Message): fc.Arbitrary<Part> {
  const handled = body({ palette, given, kind: "receiver" }).map(
    (inner): Part =>
      (taken) =>
        `on ${name}${parameters} { ${inner(taken)} }`,
  );
  const run = body({ palette, given, kind: "transition" }).map(
    (inner): Part =>
      (taken) =>
        `transition ${name}${parameters || "()"} { step { ${inner(taken)} } }`,
  );
  // What waits in a mailbox while a transition is busy multiplies: it is given little.
  const isSmall = given === "nothing" || given === "bool";
  return fc.oneof({ arbitrary: handled, weight: 3 }, { arbitrary: run, weight: isSmall ? 2 : 0 });
}

/** What a goal wants, when something is to be done for it, and what meets it. */
const repairs = [
  ["!p || a", "p && !a", "a = true"],
  ["p == a", "p != a", "a = p"],
  ["a", "!a", "a = true"],
  ["!b || a", "b && !a", "b = false"],
  ['!p || s == "x"', 'p && s != "x"', 's = "x"'],
  ["s == t", "s != t", "s = t"],
  ["s == o", "s != o", "s = o"],
  ['a || s == "x"', '!a && s != "x"', 's = "x"'],
  ['!p || u == "y"', 'p && u == "x"', 'u = "y"'],
  ['a || u == "y"', '!a && u == "x"', 'u = "y"'],
  ["!p || n == 2", "p && n < 2", "n += 1"],
  ["!(p && q) || a", "p && q && !a", "a = true"],
  ["a || p for 1s", "!a && p", "a = true"],
  ["a || !p", "!a && !q && p for 1s", "a = true"],
  ["a || !p", "!a && q && !(p for 1s)", "a = true"],
] as const;

/** A goal by number, and a transition that does something where it does not hold. */
function repair(palette: readonly string[]): fc.Arbitrary<(index: number) => Part> {
  const scope: Scope = { palette, given: "nothing", kind: "transition" };
  return fc
    .record({
      which: fc.constantFrom(...within(scope, repairs)),
      more: sometimes(condition(scope)),
      first: statements(scope),
      isMended: fc.boolean(),
      second: sometimes(statements(scope)),
      priority: fc.constantFrom("", "", "", "", "", "@priority(high) "),
      pause: fc.constantFrom("", "", "", "", "", "cooldown 1s "),
    })
    .map(({ which: [predicate, guard, fix], more, first, isMended, second, priority, pause }) => (index) => (taken) => {
      const also = more === null ? "" : ` && (${more})`;
      const later = second === null ? "" : ` step { ${second(taken)} }`;
      return [
        `goal G${index} { predicate ${predicate} }`,
        `${priority}transition T${index} { ${pause}step { if (${guard})${also} { ${first(taken)}${isMended ? ` ${fix}` : ""} } }${later} }`,
      ].join("\n");
    });
}

/** A goal by number for which nobody does anything, or others do. */
function wish(palette: readonly string[]): fc.Arbitrary<(index: number) => Part> {
  return condition({ palette, given: "nothing", kind: "transition" }).map(
    (predicate) => (index) => () => `goal G${index} { predicate ${predicate} }`,
  );
}

/** What no commit may break. */
const invariants = ["!a || p", "!a || b", "!q || a", "n < 2", 's != "x"', 'u == "x" || a', 'u == "x" || p'];

function invariant(palette: readonly string[]): fc.Arbitrary<Part> {
  return fc.constantFrom(...within({ palette }, invariants)).map((holds) => () => `invariant I { ${holds} }`);
}

/** A transition that is called like the effect that it uses. */
function call(palette: readonly string[], effect: string, args: string): fc.Arbitrary<Part> {
  const scope: Scope = { palette, given: "nothing", kind: "transition" };
  return fc.tuple(condition(scope), assignment(scope)).map(
    ([guard, assigned]) =>
      (taken) =>
        `transition ${effect} { step { if ${guard} { emit E.${effect}(${args}) ${assigned(taken)} } } }`,
  );
}

/** What a domain does about what became of its effects, or about an event: one thing, or two calls that may both be cut off. */
function listeners(palette: readonly string[]): fc.Arbitrary<readonly Part[]> {
  const headed = (head: string, scope: Scope) =>
    body(scope).map(
      (inner): Part =>
        (taken) =>
          `${head} { ${inner(taken)} }`,
    );
  const unknown = (effect: string) => headed(`on E.${effect} unknown`, { palette, given: "nothing", kind: "handler" });
  const one = fc.oneof(
    headed("on E.One done (x: string)", { palette, given: "string", kind: "handler" }),
    headed("on E.Two done (x: bool)", { palette, given: "bool", kind: "handler" }),
    headed("on E.One failed (x: string)", { palette, given: "string", kind: "handler" }),
    unknown("One"),
    headed("on Event::Up", { palette, given: "nothing", kind: "receiver" }),
    headed("on Event::Up", { palette, given: "nothing", kind: "receiver" }),
  );
  const both = fc.tuple(call(palette, "One", ""), call(palette, "Two", "true"), unknown("One"), unknown("Two"));
  return fc.oneof({ arbitrary: fc.tuple(one), weight: 4 }, { arbitrary: both, weight: 2 });
}

const domain: fc.Arbitrary<DrawnDomain> = fc.constantFrom(...palettes).chain((palette) => {
  const goal = fc.oneof({ arbitrary: repair(palette), weight: 5 }, { arbitrary: wish(palette), weight: 1 });
  return fc.uniqueArray(fc.constantFrom(...messages, messages[0], messages[2]), { minLength: 1, maxLength: 2 }).chain((taken) =>
    fc
      .record({
        receivers: fc.tuple(...taken.map((message) => receiver(palette, message))),
        goals: fc.oneof(...[0, 1, 1, 1, 2].map((count) => fc.array(goal, { minLength: count, maxLength: count }))),
        heard: sometimes(listeners(palette)),
        kept: sometimes(invariant(palette)),
      })
      .map(({ receivers, goals, heard, kept }) => ({
        taken,
        parts: [...receivers, ...goals.map((goal, index) => goal(index)), ...(heard ?? []), ...(kept === null ? [] : [kept])],
      })),
  );
});

const starts = sometimes(
  fc.uniqueArray(fc.constantFrom("A", "B", "C", "A", "B", 'B["k"]', 'A["k"]', "A { a = true }", 'B { s = "y" }'), {
    minLength: 1,
    maxLength: 3,
    selector: (text) => text.split(" ")[0],
  }),
);

/** A small random system of domains that talk, as source text; nearly all are programs. */
export const smallSystem: fc.Arbitrary<string> = fc
  .record({
    domains: fc.oneof(...[2, 2, 2, 2, 3].map((count) => fc.array(domain, { minLength: count, maxLength: count }))),
    begun: starts,
  })
  .map(({ domains, begun }) => {
    const taken = domains.map((each) => each.taken);
    const texts = domains.map(({ parts }, index) =>
      domainText(
        names[index] ?? "",
        parts.map((part) => part(taken)),
      ),
    );
    return [systemText(begun ?? [], texts), ...texts].join("\n");
  });

function domainText(name: string, parts: readonly string[]): string {
  const isEmitted = (effect: string) => parts.some((part) => part.includes(`emit ${effect}(`));
  const text = parts.filter((part) => isEmitted(/^on (E\.\w+)/.exec(part)?.[1] ?? "") || !part.startsWith("on E.")).join("\n");
  const used = Object.entries(fields).filter(([field]) => hasField(text, field));
  const state = used.length === 0 ? "idle: bool" : used.map(([field, type]) => `${field}: ${type}`).join(" ");
  return `domain ${name} {\nstate { ${state} }\n${text}\n}`;
}

/** Starts what there is, of domains that have the fields; nothing is said where that is nothing. */
function systemText(begun: readonly string[], texts: readonly string[]): string {
  const possible = begun.filter((start) => {
    const text = texts.find((each) => each.startsWith(`domain ${start[0]} `));
    const field = /\{ (\w) /.exec(start)?.[1];
    return text !== undefined && (field === undefined || hasField(text, field));
  });
  return possible.length === 0 ? "" : `system S { ${possible.map((start) => `start ${start}`).join(" ")} }`;
}

/** What may be asked of the own key, in the place of what. */
const asked = [
  ['s == "x"', "s == self"],
  ['x == "x"', "x == self"],
  ["s == t", "s == self"],
  ["s != o", "o != self"],
  ['s == ""', 's == self || s == ""'],
  ['u == "x"', "u != self"],
  ['s = "x"', "s = self"],
  ["s = o", "s = self"],
  ['Tell("x")', "Tell(self)"],
  ["Tell(s)", "Tell(self)"],
  ['["k"] Tell', "[self] Tell"],
  ["A Go", "A[self] Go"],
] as const;

/** A random system as others are, whose domains ask what they are called; nearly all are programs. */
export const keyedSystem: fc.Arbitrary<string> = fc
  .tuple(smallSystem, fc.subarray([...asked], { minLength: 2, maxLength: 6 }))
  .map(([text, chosen]) => chosen.reduce((changed, [from, to]) => changed.replaceAll(from, to), text));
