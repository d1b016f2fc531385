import fc from "fast-check";

// Random domains that are small enough to be searched whole: few fields with few values, conditions that compare them, steps that
// emit and assign constants or each other.

const comparison = fc.constantFrom(
  "a",
  "!a",
  "b",
  "!b",
  's == "x"',
  's == "y"',
  's != "x"',
  "n < 1",
  "n >= 2",
  "n == 1",
  'o == "up"',
  'o != "up"',
  "p",
  "!p",
);

const condition = fc
  .array(comparison, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(" && ", " && ", " || ").map((operator) => parts.join(operator)));

const assignment = fc.constantFrom(
  "a = true",
  "a = false",
  "b = true",
  "b = p",
  's = "x"',
  's = "y"',
  "n = 0",
  "n = 1",
  "n += 1",
  "n -= 1",
);

const emission = fc.constantFrom("emit E.One()", "emit E.Two(s)", "emit E.Three(n)", "emit E.Four()");

const statements = fc
  .tuple(fc.array(emission, { maxLength: 2 }), fc.array(assignment, { maxLength: 2 }))
  .map(([emits, assigns]) => [...emits, ...assigns]);

const step = fc.tuple(condition, statements, fc.option(fc.tuple(condition, statements))).map(([guard, body, more]) => {
  const second = more === null ? "" : ` else if ${more[0]} { ${more[1].join(" ")} }`;
  return `if ${guard} { ${body.join(" ")} }${second}`;
});

/** A small random domain named `Small`, as source text. */
export const smallDomain: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.array(condition, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    fc.array(step, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([goals, steps, observesTwo]) =>
    [
      "domain Small {",
      `state { a: bool b: bool s: string = "x" n: int = 1 o: string = "up" p: bool${observesTwo ? "" : " = true"} }`,
      ...goals.map((realities, index) => `goal G${index} { predicate ${realities.map((each) => `(${each})`).join(" || ")} }`),
      ...steps.map((body, index) => `transition T${index} { step { ${body} } }`),
      "}",
    ].join("\n"),
  );

const independentGoal = fc.constantFrom(
  "up || r0 && r1",
  "up && other || r0 && r1",
  "up || r0",
  "up && !r0 || !up && r0 && r1",
  "up || r0 && r1 && other",
  "up && other || r0 || r1",
);

const independentGuard = fc.constantFrom("!up", "!up && other", "!up || !other", "!other");

/** A random domain named `Small` of repairs that share no field and no effect, as source text. */
export const independentDomain: fc.Arbitrary<string> = fc
  .tuple(fc.array(independentGoal, { minLength: 1, maxLength: 2 }), fc.array(independentGuard, { minLength: 2, maxLength: 3 }))
  .map(([goals, guards]) =>
    [
      "domain Small {",
      "state { up: bool = true other: bool = true r0: bool r1: bool r2: bool }",
      ...goals.map((predicate, index) => `goal G${index} { predicate ${predicate} }`),
      ...guards.map(
        (guard, index) =>
          `transition T${index} { step { if (${guard}) && !r${index} { emit Fix.R${index}() r${index} = true } } }`,
      ),
      "}",
    ].join("\n"),
  );

const timedCondition = fc
  .array(fc.constantFrom("a", "!a", "p", "!p", 's == "x"', 's != "x"', "p for 1s", "!p for 1s", "(a && p) for 2s", "!b for 1s"), {
    minLength: 1,
    maxLength: 2,
  })
  .chain((parts) => fc.constantFrom(" && ", " && ", " || ").map((operator) => parts.join(operator)));

const timedAssignment = fc.constantFrom("a = true", "a = false", "b = true", "b = p", 's = "x"', 's = "y"');

const timedBody = fc
  .tuple(
    fc.array(fc.constantFrom("emit E.One()", "emit E.Two(s)", "emit E.Three()"), { maxLength: 1 }),
    fc.array(timedAssignment, { maxLength: 2 }),
  )
  .map(([emits, assigns]) => [...emits, ...assigns].join(" "));

const timedTransition = fc
  .record({
    guard: timedCondition,
    body: timedBody,
    later: fc.option(timedBody, { freq: 3 }),
    priority: fc.constantFrom("", "", "", "@priority(high) "),
    cooldown: fc.constantFrom("", "", "cooldown 1s "),
  })
  .map(({ guard, body, later, priority, cooldown }) => (name: string) => {
    const second = later === null ? "" : ` step { ${later} }`;
    return `${priority}transition ${name} { ${cooldown}step { if ${guard} { ${body} } }${second} }`;
  });

const handler = fc
  .tuple(fc.constantFrom("One", "Two", "Three"), fc.constantFrom("failed", "unknown", "done"), timedAssignment)
  .map(([effect, outcome, body]) => `on E.${effect} ${outcome} { ${body} }`);

/** Gives handlers for the effects that there are. */
type HandlersFor = (effects: readonly string[]) => string[];

/** What is done about the effects that there are: about one or two outcomes, or whenever nobody knows what became of one. */
const handlers: fc.Arbitrary<HandlersFor> = fc.oneof(
  {
    arbitrary: fc.uniqueArray(handler, { maxLength: 2, selector: (text) => text.split("{")[0] }).map(
      (texts): HandlersFor =>
        (effects) =>
          texts.filter((text) => effects.some((effect) => text.startsWith(`on E.${effect} `))),
    ),
    weight: 3,
  },
  {
    arbitrary: fc.tuple(timedAssignment, timedAssignment, timedAssignment).map(
      (bodies): HandlersFor =>
        (effects) =>
          effects.map((effect, index) => `on E.${effect} unknown { ${bodies[index]} }`),
    ),
    weight: 1,
  },
);

/** Now and then what no commit may break. */
const invariant = fc.constantFrom(null, null, null, null, null, null, "!a || b", "!b || p", 's == "x" || a');

/** A small random domain named `Small` with time, priorities, strategies, steps, invariants and handlers, as source text. */
export const timedDomain: fc.Arbitrary<string> = fc
  .record({
    goals: fc.array(timedCondition, { minLength: 1, maxLength: 2 }),
    transitions: fc.array(timedTransition, { minLength: 1, maxLength: 3 }),
    heard: handlers,
    strategy: fc.constantFrom("", "", " strategy { T0 }"),
    kept: invariant,
  })
  .map(({ goals, transitions, heard, strategy, kept }) => {
    const texts = transitions.map((text, index) => text(`T${index}`));
    const emitted = ["One", "Two", "Three"].filter((effect) => texts.some((text) => text.includes(`emit E.${effect}(`)));
    return [
      "domain Small {",
      'state { a: bool b: bool s: "x" | "y" p: bool }',
      kept === null ? "" : `invariant I { ${kept} }`,
      ...goals.map((predicate, index) => `goal G${index} { predicate ${predicate}${index === 0 ? strategy : ""} }`),
      ...texts,
      ...heard(emitted),
      "}",
    ].join("\n");
  });

const keyedCondition = fc
  .array(
    fc.constantFrom(
      "a",
      "!a",
      "o == self",
      "o != self",
      "s == self",
      "s != self",
      "s == o",
      "text(a) != self",
      'self == "x"',
      'self != "x"',
    ),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .chain((parts) => fc.constantFrom(" && ", " || ").map((operator) => parts.join(operator)));

const keyedBody = fc
  .tuple(
    fc.array(fc.constantFrom("emit E.One(self)", "emit E.Two(s)", 'emit E.Three("at " + self)'), { maxLength: 1 }),
    fc.array(fc.constantFrom("a = true", "a = false", "a = o == self", "s = self", "s = o", 's = "x"'), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([emits, assigns]) => [...emits, ...assigns].join(" "));

/** A small random domain named `Small` that asks what it is called, as source text. */
export const keyedDomain: fc.Arbitrary<string> = fc
  .tuple(keyedCondition, fc.array(fc.tuple(keyedCondition, keyedBody), { minLength: 1, maxLength: 2 }))
  .map(([goal, transitions]) =>
    [
      "domain Small {",
      "state { a: bool s: string o: string }",
      `goal G { predicate ${goal} }`,
      ...transitions.map(([guard, body], index) => `transition T${index} { if ${guard} { ${body} } }`),
      "}",
    ].join("\n"),
  );

const told = fc.constantFrom("a", "!a", "b", "!b", "n < 1", "n == 1", "a && !b", "a == b", "a || n > 1");

const toldAssignment = fc.constantFrom("a = true", "a = false", "b = !b", "b = a", "n = 0", "n = 1", "n = n + 1 - n / 3 * 3");

/** Statements of a body: what it may send or emit, and what it assigns. */
const toldBody = (...says: string[]) =>
  fc
    .tuple(fc.array(fc.constantFrom(...says), { maxLength: 2 }), fc.array(toldAssignment, { maxLength: 2 }))
    .map(([said, assigned]) => [...said, ...assigned].join(" "));

const sendsTo = (name: string) => [
  `send ${name} Do(a)`,
  `send ${name} Note(b)`,
  `send ${name} T0`,
  `send_high("${name}", "Note", a)`,
];

const emits = ["emit E.One()", "emit E.Two(n)"];

/** Domains of a system that talk, by name, each with the other that it talks to. */
const talkers = { A: "B", B: "A" } as const;

const talker = (name: keyof typeof talkers) => {
  const sends = [...sendsTo(talkers[name]), ...sendsTo(talkers[name]), ...sendsTo(name), "emit Broadcast(Event::Up)"];
  const guarded = (...says: string[]) => fc.tuple(told, toldBody(...says)).map(([guard, body]) => `if ${guard} { ${body} }`);
  return fc
    .record({
      goal: told,
      steps: fc.array(guarded(...sends, ...emits, ...emits), { minLength: 2, maxLength: 3 }),
      later: fc.option(toldBody(...sends, ...emits), { freq: 3 }),
      cooldown: fc.constantFrom("", "", "cooldown 1s "),
      asked: toldBody(...sends, ...emits),
      noted: toldBody(...sends),
      heard: toldBody(...sends),
      more: fc.constantFrom("", "", "on E.One failed { a = true }", "on E.Two unknown { n = 1 }", "invariant I { a || n < 2 }"),
      urgent: fc.constantFrom("", "", "@priority(high) "),
    })
    .map(({ goal, steps, later, cooldown, asked, noted, heard, more, urgent }) =>
      [
        `domain ${name} {`,
        "state { a: bool b: bool n: int }",
        `goal G { predicate ${goal} }`,
        ...steps.map(
          (body, index) =>
            `${index === 1 ? urgent : ""}transition T${index} { step { ${body} }${index > 0 || later === null ? "" : ` step { ${later} }`} }`,
        ),
        "transition Use { step { if n > 1 { emit E.One() emit E.Two(n) n = 0 } } }",
        `transition Do(x: bool) { ${cooldown}step { a = x ${asked} } }`,
        `on Note(x: bool) { b = x ${noted} }`,
        `on Event::Up { ${heard} }`,
        more,
        "}",
      ].join("\n"),
    );
};

/** Two small random domains, `A` and `B`, that send each other and themselves messages, as source text. */
export const smallTalk: fc.Arbitrary<string> = fc
  .tuple(talker("A"), talker("B"))
  .map((domains) => ["system Main { start A start B }", ...domains].join("\n"));
