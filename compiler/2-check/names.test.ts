// Constants, types and definitions stand for what they are made of, wherever that may stand; what is wrong is said once, where it is.
import { describe, expect, it } from "vitest";
import { compile, compileAll } from "../index.js";
import { canonicalText, explainedText } from "./canonical.js";

const errorsIn = (text: string) =>
  compile({ path: "test.ved", text })
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, message, fix }) => `${code} ${message}${fix === null ? "" : ` (${fix.replacement})`}`);

const domainOf = (text: string) => {
  const { program, diagnostics } = compile({ path: "test.ved", text });
  return program?.domains[0] ?? expect.fail(JSON.stringify(diagnostics));
};

describe("constants", () => {
  it("stand wherever a literal or a duration may", () => {
    const domain = domainOf(`
      const MOST: int = 60
      const LOOK = 15s
      const PLACE = "west"
      domain D {
        const SOON = LOOK
        state { n: int = -MOST, route: "west" | "east" = PLACE, seen: bool }
        effect Net.Look() expects seen within SOON
        goal G { priority: MOST predicate n < MOST && !seen for LOOK }
        @priority(MOST) transition T { cooldown SOON step { if n >= MOST { emit Net.Look() n = MOST - 1 } } }
      }
      system S { start D[PLACE] { n = MOST } }`);
    expect(domain.fields.map(({ initial }) => initial)).toEqual([-60, "west", false]);
    expect(domain.durations.map(({ name, ms }) => [name, ms])).toEqual([["!seen for 15s", 15_000]]);
    expect(domain.goals[0]).toMatchObject({ priority: 60 });
    expect(domain.transitions[0]).toMatchObject({ priority: 60, cooldown: 15_000 });
    expect(domain.effects[0]?.contract?.within).toBe(15_000);
  });

  it("may be declared in any order, made of each other", () => {
    const { goals } = domainOf(`
      const C = max(A, B) * 2
      domain D { const OWN = C + 1 state { n: int } goal G { predicate n < OWN } }
      const B = A + 1
      const A = 1`);
    expect(canonicalText(goals[0]?.predicate ?? expect.fail())).toBe("n < 5");
  });

  it.each([
    ["const A = B const B = A", "VED2029 `A` stands for itself, by way of what it is made of."],
    ["const A = A", "VED2029 `A` stands for itself, by way of what it is made of."],
    ["const A = 1 / 0", "VED3009 This can never be computed. It divides by zero."],
    ["const A = LIMTI const LIMIT = 1", "VED2028 There is no constant `LIMTI`. (LIMIT)"],
    ["const A: bool = 1", "VED3023 `A` is declared as a bool, and its value is an int."],
    ["const A: int = 5s", "VED3023 `A` is declared as an int, and its value is a duration."],
    ['const A: "x" | "y" = "z"', 'VED3013 `A` cannot be `"z"`: its type lists `"x"` and `"y"`.'],
    ["const A = 5s + 1", "VED2012 The duration `5s` stands where a value is due."],
    [
      "const A = true for 5s",
      "VED3014 `for` asks how long something has held in predicates and in the conditions of transitions only.",
    ],
    ["const A = 1 const A = 2", "VED2002 There already is a constant called `A`."],
    ["type A = B type B = A", "VED2029 `A` stands for itself, by way of what it is made of."],
    ["type int = bool", "VED2013 `int` is called like a type of the language."],
    ["type Region = string type Near = Regoin", "VED2004 There is no type `Regoin`. (Region)"],
    ["const n = 1", "VED2013 `n` is called like a constant."],
  ])("says of `%s` once what is wrong", (declarations, expected) => {
    expect(errorsIn(`${declarations} domain D { state { n: int } goal G { predicate n == 0 } }`)).toEqual([expected]);
  });

  it.each([
    ["predicate LOOK == 1", "VED2012 The duration `LOOK` stands where a value is due."],
    ["predicate n == 0 for MOST", "VED3024 `MOST` is an int, and a duration is due here."],
    ["predicate n == 0 for LOK", "VED2028 There is no constant `LOK`. (LOOK)"],
    ["predicate n == MOTS", "VED2001 There is no field `MOTS` in domain `D`. (MOST)"],
    ["predicate n == 0 } transition T { MOST = 1", "VED2014 `MOST` is a constant, and cannot be assigned."],
    ["predicate n == 0 } on M(MOST: int) { n = MOST", "VED2013 `MOST` is called like a constant."],
    ["predicate n == 0 } const MOST = 2 invariant I { n < 9", "VED2013 `MOST` is called like a constant."],
  ])("says of `%s` once what is wrong", (goal, expected) => {
    expect(errorsIn(`const MOST = 1 const LOOK = 15s domain D { state { n: int } goal G { ${goal} } }`)).toEqual([expected]);
  });

  it("may stand for each other in a long row, and none exhausts the stack", () => {
    const row = (length: number) => Array.from({ length }, (_, index) => `const C${index} = C${index + 1} + 1`).join("\n");
    const program = (length: number) =>
      `${row(length)}\nconst C${length} = 1\ndomain D { state { n: int } goal G { predicate n < C0 } }`;
    expect(errorsIn(program(90))).toEqual([]);
    expect(errorsIn(program(1000))[0]).toMatch("VED1014");
  });
});

describe("types", () => {
  it("have names in files and domains, for fields, parameters and effects", () => {
    const domain = domainOf(`
      type Region = "west" | "east"
      effect Net.Route(region: Region)
      domain D {
        type Place = Region
        state { route: Place = "east", asked: bool }
        effect Net.Route(region: "west" | "east")
        goal G { predicate !asked }
        transition T(to: Region) { emit Net.Route(to) route = to asked = true }
        on Net.Route failed (why: string) { route = "west" }
      }`);
    expect(domain.fields[0]).toMatchObject({ type: "string", members: ["west", "east"], initial: "east" });
    expect(domain.transitions[0]?.parameters).toEqual([{ name: "to", type: "string", members: ["west", "east"] }]);
  });
});

describe("definitions", () => {
  const queue = "domain D { state { queue: int, asked: int }";

  it("are put in where their names stand, and messages call them by their names", () => {
    const { goals } = domainOf(`const MOST = 20 ${queue} define Full = Wanted == MOST define Wanted = min(queue / 100, MOST)
      goal G { predicate !Full && asked == Wanted || asked > MOST } }`);
    const [first] = goals[0]?.realities ?? [];
    expect(canonicalText(first?.condition ?? expect.fail())).toBe(
      "!(min(queue / 100, 20) == 20) && asked == min(queue / 100, 20)",
    );
    expect(explainedText(first?.condition ?? expect.fail())).toBe(
      "!Full && asked == Wanted, where Full is Wanted == MOST, Wanted is min(queue / 100, MOST) and MOST is 20",
    );
  });

  it("bring their durations to where they are used, and nowhere else", () => {
    const text = (predicate: string) =>
      `${queue} define Calm = (queue == 0 for 5s) || (asked == 0 && queue < 3) for 10s goal G { predicate ${predicate} } }`;
    expect(domainOf(text("queue < 9 && asked == 1")).durations).toEqual([]);
    expect(domainOf(text("Calm && asked == 1")).durations.map(({ name }) => name)).toEqual([
      "queue == 0 for 5s",
      "(asked == 0 && queue < 3) for 10s",
    ]);
    expect(errorsIn(`${text("Calm")} `.replace("goal", "invariant I { Calm } goal"))).toEqual([
      expect.stringContaining("VED3014"),
    ]);
  });

  it.each([
    ["define A = B define B = !A", "VED2029 `A` stands for itself, by way of what it is made of."],
    [
      "define A = queue == true",
      "VED3001 `==` takes two operands of one type; the left side is an int and the right side a bool.",
    ],
    ["define A = 1 define A = 2", "VED2002 There already is a definition called `A`."],
    ["define queue = 1", "VED2013 `queue` is called like a field of the domain."],
    ["define A = 1 transition T { A = 2 }", "VED2014 `A` is a definition, and cannot be assigned."],
    ["define A = 1 on M(A: int) { asked = A }", "VED2013 `A` is called like a definition of the domain."],
    ["define A = job on M(job: int) { asked = A }", "VED2001 There is no field `job` in domain `D`."],
  ])("says of `%s` once what is wrong", (members, expected) => {
    expect(errorsIn(`${queue} ${members} goal G { predicate queue == asked } }`)).toEqual([expected]);
  });

  it("cannot grow without end", () => {
    const doubled = Array.from({ length: 60 }, (_, index) => `define N${index + 1} = N${index} + N${index}`).join("\n");
    expect(errorsIn(`${queue} define N0 = queue ${doubled} goal G { predicate N60 > 0 } }`)).toEqual([
      expect.stringContaining("VED2030 `N9` comes to more than can be compiled"),
    ]);
    const row = Array.from({ length: 200 }, (_, index) => `define N${index} = ${"!".repeat(300)}N${index + 1}`).join("\n");
    expect(errorsIn(`${queue} ${row} define N200 = true goal G { predicate N0 } }`)[0]).toMatch("VED2030");
  });
});

describe("realities with names", () => {
  const goal = (clauses: string) => `domain D { state { a: bool, b: bool } goal G { ${clauses} } }`;

  it("stand where letters do", () => {
    const { goals } = domainOf(goal("// Fine.\nreality Normal: a\nreality Degraded: !a && b || b"));
    expect(goals[0]?.realities.map(({ name, remarks }) => [name, remarks.above])).toEqual([
      ["Normal", ["Fine."]],
      ["Degraded", []],
    ]);
    expect(canonicalText(goals[0]?.predicate ?? expect.fail())).toBe("a || (!a && b || b)");
  });

  it.each([
    ["reality A: a reality A: b", "VED2002 There already is a reality called `A`."],
    ["reality A: a predicate b", "VED2032 Goal `G` names its realities, and has a predicate beside them."],
    ["reality A: 1", "VED3003 A reality is a bool; this is an int."],
  ])("says of `%s` once what is wrong", (clauses, expected) => {
    expect(errorsIn(goal(clauses))).toEqual([expected]);
  });
});

describe("transitions", () => {
  const withTransition = (transition: string) =>
    `domain D { state { n: int, step: int } goal G { predicate n > 0 } ${transition} }`;

  it("need no `step` where there is only one, and empty parentheses are none", () => {
    const bare = domainOf(withTransition("transition T() { cooldown 5s if n == 0 { emit X.Y(step) n = 1 } step = 3 }"));
    const stepped = domainOf(withTransition("transition T { cooldown 5s step { if n == 0 { emit X.Y(step) n = 1 } step = 3 } }"));
    const plain = (transition: unknown) =>
      JSON.parse(JSON.stringify(transition, (key, value) => (key === "span" ? null : value)));
    expect(plain(bare.transitions)).toEqual(plain(stepped.transitions));
  });

  it.each([
    ["transition T { step { n = 1 } n = 2 }", "VED2031 Transition `T` has steps, and this statement stands in none of them."],
    ["transition T { }", "VED2006 Transition `T` does not say what it does."],
    ["transition T { n == 1 }", "VED1001 Unexpected `n`; expected `step`, `cooldown`, a statement or `}`."],
  ])("says of `%s` once what is wrong", (transition, expected) => {
    expect(errorsIn(withTransition(transition))).toEqual([expected]);
  });
});

describe("imports", () => {
  const limits = {
    path: "limits.ved",
    text: 'import { HALF } from "main.ved" const MOST = HALF * 2 type Region = "w" | "e" const BAD = 1 / 0',
  };
  const main = (names: string, predicate = "n < MOST") => ({
    path: "main.ved",
    text: `import { ${names} } from "limits.ved" const HALF = 30 domain D { state { n: int, r: Region } goal G { predicate ${predicate} } }`,
  });

  it("bring constants and types, of files that import each other as well", () => {
    const sound = { ...limits, text: limits.text.replace("const BAD = 1 / 0", "") };
    const [checked] = compileAll([main("MOST, Region"), sound]);
    const { fields, goals } = checked?.program?.domains[0] ?? expect.fail(JSON.stringify(checked?.diagnostics));
    expect(fields[1]).toMatchObject({ members: ["w", "e"] });
    expect(canonicalText(goals[0]?.predicate ?? expect.fail())).toBe("n < 60");
  });

  it("do not make the domains of a file part of the system where none of them is imported", () => {
    const other = {
      path: "limits.ved",
      text: 'const MOST = 60 type Region = "w" | "e" domain Other { state { up: bool } goal Up { predicate up } }',
    };
    const [checked] = compileAll([main("MOST, Region"), other]);
    expect(checked?.program?.imported).toEqual([]);
  });

  it("say of a constant that is wrong only where it stands, and of a name that is not there where it is imported", () => {
    const [one, two] = compileAll([main("MOST, Region, BAD, MSOT", "n < BAD"), limits]);
    const codes = [one, two].map((checked) => checked?.diagnostics.map(({ code, message }) => `${code} ${message}`));
    expect(codes).toEqual([
      ["VED2025 `limits.ved` declares no `MSOT`."],
      ["VED3009 This can never be computed. It divides by zero."],
    ]);
  });
});

describe("the own key", () => {
  const tenant = (members: string) =>
    `domain Tenant { state { told: bool, name: string } ${members} goal G { predicate told || name == self } }`;

  it("is a string, and a field of the state where something asks for it", () => {
    const { goals, fields } = domainOf(tenant('define Mine = "of " + self transition T { if name != Mine { name = Mine } }'));
    expect(canonicalText(goals[0]?.predicate ?? expect.fail())).toBe("told || name == self");
    expect(fields.map(({ name, observed }) => [name, observed])).toEqual([
      ["told", true],
      ["name", false],
      ["self", false],
    ]);
  });

  it("is no field where nothing asks for it, also if a definition would that nobody uses", () => {
    const { fields } = domainOf("domain D { state { up: bool } define Mine = self goal G { predicate up } }");
    expect(fields.map(({ name }) => name)).toEqual(["up"]);
  });

  const taken = "VED2033 `self` is the instance's own key, and nothing else can be called so.";

  it.each([
    ["transition T(self: string) { name = self }", taken],
    ["on M(self: int) { told = self == 1 }", taken],
    ["transition T { if !told { emit E.X() told = true } } on E.X done (self: string) { name = self }", taken],
    ["transition T { if !told { emit E.X(self: 1) told = true } }", taken],
    ["effect E.X(self: bool) transition T { if !told { emit E.X(true) told = true } }", taken],
    ["const self = 1", taken],
    ["type self = bool", taken],
    ["define self = told", taken],
    ['const NAME = "a" + self', "VED2034 `self` is the key of an instance, and a constant is the same for all of them."],
    ["transition T { if !told { self = name } }", "VED2014 `self` is the instance's own key, and cannot be assigned."],
    ["invariant I { state.self != name }", "VED2001 There is no field `self` in domain `Tenant`. (self)"],
    ["invariant I { slef != name }", "VED2001 There is no field `slef` in domain `Tenant`. (self)"],
    [
      "invariant I { self.name != name }",
      "VED2009 `self.name` is not a field: only `state.` may stand before a field's name. (name)",
    ],
    ["invariant I { self }", "VED3003 An invariant is a bool; this is a string."],
  ])("says of `%s` once what is wrong", (members, expected) => {
    expect(errorsIn(tenant(members))).toEqual([expected]);
  });

  it("cannot be the name of a field, whose uses nothing more is said of", () => {
    expect(errorsIn("domain D { state { self: bool } goal G { predicate self } }")).toEqual([taken]);
  });

  it("is not known before anything has started", () => {
    expect(errorsIn(`${tenant("")} system S { start Tenant[self] }`)).toEqual([
      "VED3018 The key of an instance is a string that is not empty, and this is an expression.",
    ]);
  });
});
