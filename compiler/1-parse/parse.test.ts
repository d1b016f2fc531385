import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderJson } from "../diagnostics/json.js";
import { renderPretty } from "../diagnostics/pretty.js";
import { compile } from "../index.js";
import { arbitraryDomain } from "../testing/arbitrary-program.js";
import { KnownParts } from "./known-parts.js";
import { parse } from "./parse.js";

const codes = (text: string) => compile({ path: "test.ved", text }).diagnostics.map(({ code }) => code);
const messages = (text: string) => compile({ path: "test.ved", text }).diagnostics.map(({ message }) => message);

describe("after a syntax error", () => {
  it("goes on at the next declaration, and reports all of them in one run", () => {
    const text = `domain A {
      state { x: int y bool }
      goal G { predicate x => 1 }
      transition T { step { if x == 1 { emit Go( } } }
      transition U { step { x = = 2 } }
    }
    domain B {
      state { z: int }
      goal G { predicate zz == 1 }
    }`;
    const lines = compile({ path: "test.ved", text }).diagnostics.map(({ code, span }) => [
      code,
      text.slice(0, span.start).split("\n").length,
    ]);
    expect(lines).toEqual([
      ["VED1036", 2],
      ["VED1009", 3],
      ["VED1032", 4],
      ["VED1001", 5],
      ["VED2001", 9],
    ]);
  });

  it("goes on in the same declaration, with the next field or statement", () => {
    const text = `domain A {
      state {
        x int
        y: bool
        z = 3
      }
      goal G { predicate x == 1 and y }
      transition T {
        step {
          let a = 1
          if y { x++ emit Go(x, ) x = }
          return
        }
      }
    }`;
    expect(codes(text)).toEqual(["VED1036", "VED1036", "VED1009", "VED1022", "VED1029", "VED1001", "VED1023"]);
  });

  it("says nothing more about a domain that lost a part to it", () => {
    expect(codes("domain A { state { x int } goal G { predicate x == 1 } }")).toEqual(["VED1036"]);
  });

  it("closes a block that was left open, and goes on", () => {
    const text =
      "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n\ndomain B {\n  state { y: int }\n  goal G { predicate yy == 1 }\n}\n";
    expect(codes(text)).toEqual(["VED1003", "VED2001"]);
  });

  it.each([
    ["domain A { } }", "This `}` is one too many."],
    ["domain A { state { x: int = } }", "Unexpected `}`; expected a value."],
    ["domain A { transition T { step { emit Net.Up + } } }", "Unexpected `+`; expected a statement or `}`."],
    ["domain A { transition T { x } }", "Unexpected `x`; expected `step`, `cooldown`, a statement or `}`."],
    ["domain A { state { } x }", "Unexpected `x`; expected a declaration or `}`."],
    ["domain { }", "Unexpected `{`; expected a name: `domain Name { … }`."],
    ["domian A { }", "Unexpected `domian`; expected `domain`, another declaration or the end of the file."],
  ])("%s", (text, message) => {
    expect(messages(text)).toEqual([message]);
  });
});

describe("a file without a domain", () => {
  const domains = (text: string, path = "src/worker-pool.ved") => compile({ path, text }).program?.domains ?? [];

  it("is one domain, called after the file", () => {
    const loose = "state { n: int }\ngoal n == 1\ntransition T { step { n = 1 } }";
    expect(domains(loose).map(({ name, goals }) => [name, goals.map((goal) => goal.name)])).toEqual([["WorkerPool", ["Goal"]]]);
    expect(domains(loose, "2fa.ved")[0]?.name).toBe("_2fa");
    expect(domains(loose, "....ved")[0]?.name).toBe("Main");
  });

  it("may have others beside it, and signatures with contracts", () => {
    const text = `effect Up() expects on
      state { on: bool }
      goal on
      domain Other { state { x: bool } goal x goal Named { predicate !x } goal Goal { predicate x } }
      transition T { step { if !on { emit Up() } } }`;
    const found = domains(text);
    expect(found.map(({ name, goals }) => [name, goals.map((goal) => goal.name)])).toEqual([
      ["Other", ["Goal2", "Named", "Goal"]],
      ["WorkerPool", ["Goal"]],
    ]);
    expect(found[1]?.effects[0]?.contract).not.toBeNull();
  });

  it("is called like no domain in it", () => {
    const text = "domain WorkerPool { state { x: bool } goal x } state { x: bool } goal x";
    expect(compile({ path: "worker-pool.ved", text }).diagnostics.map(({ code }) => code)).toEqual(["VED2002"]);
  });
});

describe("words of the language", () => {
  it("are names where no keyword can stand", () => {
    const text = `domain state {
      state { state: int goal: int transition: int step: int predicate: bool target: bool domain: bool priority: int for: bool }
      goal goal { target: predicate && state.target && for || domain && priority == goal }
      transition transition { step { if state { } if domain { state = 1 step = goal transition = step predicate = state == transition } } }
    }`;
    expect(compile({ path: "test.ved", text }).diagnostics.map(({ code }) => code)).toEqual(["VED3003"]);
    expect(codes(text.replace("if state { } ", ""))).toEqual([]);
  });

  it("and those of other languages are names as well", () => {
    const words = [
      "let",
      "var",
      "const",
      "return",
      "switch",
      "while",
      "await",
      "try",
      "end",
      "then",
      "class",
      "import",
      "in",
      "is",
    ];
    const fields = words.map((word) => `${word}: int`).join(" ");
    const assignments = words.map((word) => `if ${word} == 0 { ${word} = 1 ${word} += ${word} }`).join(" ");
    const goal = words.map((word) => `${word} > 1`).join(" && ");
    expect(
      codes(`domain A { state { ${fields} } goal let { predicate ${goal} } transition switch { step { ${assignments} } } }`),
    ).toEqual([]);
  });

  it("need no white space of a certain kind, and take separators wherever they help", () => {
    const one = "domain A{state{x:int=1,y:bool;}goal G{predicate x==1||y}transition T{step{if(x==2){x=1;emit Go(x,);}}}}";
    expect(codes(one)).toEqual([]);
    expect(codes(one.replaceAll(/([{}();,])/g, "\r\n\t$1 /* c */ \n"))).toEqual([]);
  });
});

describe("a range", () => {
  const domain = (type: string) => `domain A { state { n: ${type} } goal G { predicate n == 3 } }`;

  it("may be followed by a default, but not tightly: elsewhere that would be its end", () => {
    expect(codes(domain("int 1.. = 3"))).toEqual([]);
    expect(codes(domain("int 1..=3"))).toEqual(["VED1042"]);
  });

  it("may have spaces around its dots", () => {
    expect(codes(domain("int 0 .. 3"))).toEqual([]);
  });
});

describe("a comment behind a value", () => {
  const step = (behind: string) => `domain A {
    state { n: int }
    goal G { predicate n == 1 }
    transition T { if n == 0 { n = 1 // ${behind}
    } }`;

  it("is one where the brackets of the program match without it", () => {
    expect(codes(`${step("2 < n {")}\n}`)).toEqual([]);
  });

  it("is none where they match only with it, and it goes on as a division does", () => {
    expect(codes(step("2 }"))).toEqual(["VED1009"]);
    expect(codes(step("of two }"))).toEqual(["VED1003"]);
  });
});

describe("an effect without arguments", () => {
  it("needs no parentheses, whatever follows", () => {
    const text = `domain A {
      state { up: bool, tries: int }
      goal G { predicate up }
      transition T { step { if !up { emit Net.Up tries = 1 emit Log up = true } else { emit Down } } }
    }`;
    const emitted = compile({ path: "a.ved", text }).program?.domains[0]?.effects.map(({ name, parameters }) => [
      name,
      parameters,
    ]);
    expect(emitted).toEqual([
      ["Net.Up", []],
      ["Log", []],
      ["Down", []],
    ]);
  });

  it("needs none in its signature either", () => {
    const text = `domain A {
      state { up: bool }
      effect Net.Up effect Log expects up within 1m
      effect Down
      goal G { predicate up }
      transition T { if !up { emit Net.Up emit Log emit Down(1) } }
    }`;
    expect(messages(text)).toEqual(["`Down` is given 1 argument here, and 0 arguments in its signature."]);
  });
});

describe("constructs of later levels are named:", () => {
  it.each([
    ["domain A { capability net { x } }", "`capability`"],
    ["deploy A { to { x } }", "`deploy`"],
    ["@version(2)", "`@version`"],
    ['test "fails over" { given { x = 1 } }', "`test`"],
  ])("%s", (text, construct) => {
    const found = compile({ path: "test.ved", text }).diagnostics.filter(({ severity }) => severity === "error");
    expect(found.map(({ message }) => message)).toContain(`${construct} is not supported yet.`);
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(["VED1012"]));
  });
});

describe("garbage ends in diagnostics:", () => {
  /** Whatever the text, there is an answer, and it can be shown. */
  function survives(text: string): void {
    const { program, diagnostics } = compile({ path: "test.ved", text });
    for (const diagnostic of diagnostics) {
      expect(diagnostic.span.start).toBeLessThanOrEqual(diagnostic.span.end);
      expect(renderPretty(diagnostic)).toContain(diagnostic.code);
    }
    JSON.parse(renderJson(diagnostics));
    expect(program !== null || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  }

  const words = [
    "domain",
    "state",
    "goal",
    "transition",
    "step",
    "predicate",
    "if",
    "else",
    "emit",
    "send",
    "A",
    "x",
    "int",
    "true",
    "1",
    "9".repeat(20),
    '"s"',
    '"',
    "'",
    "/*",
    "*/",
    "//",
    "\n",
    "{",
    "}",
    "(",
    ")",
    ":",
    "=",
    "==",
    "&&",
    "||",
    "!",
    "-",
    "+",
    ".",
    ",",
    ";",
    "::",
    "@priority",
    "for",
    "30s",
    "\\",
    "\u0000",
    "\u2028",
    "é",
    "\uD800",
  ];

  it("random words", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (all) => survives(all.join(" "))),
      { numRuns: 400 },
    );
  });

  it("random characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), survives), { numRuns: 300 });
  });

  it("programs with parts taken out, doubled or replaced", () => {
    const mutation = fc.record({ at: fc.nat(), length: fc.nat(12), insert: fc.constantFrom("", ...words) });
    fc.assert(
      fc.property(arbitraryDomain("A"), fc.array(mutation, { minLength: 1, maxLength: 4 }), (program, mutations) => {
        const mutated = mutations.reduce((text, { at, length, insert }) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + insert + text.slice(start + length);
        }, program);
        survives(mutated);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["parentheses", `domain A { state { x: bool } goal G { predicate ${"(".repeat(5000)}x${")".repeat(5000)} } }`],
    ["blocks", "domain A { transition T { step ".concat("{ if x ".repeat(5000))],
    ["negations", `domain A { state { x: bool } goal G { predicate ${"!".repeat(5000)}x } }`],
    ["a sum", `domain A { state { x: int } goal G { predicate x ${"+ 1 ".repeat(5000)} > 1 } }`],
    ["alternatives", `domain A { state { x: int } goal G { predicate x == 0 ${"|| x == 1 ".repeat(1000)} } }`],
    [
      "else ifs",
      `domain A { state { x: int } goal G { predicate x == 0 } transition T { step { if x == 1 { x = 2 } ${"else if x == 3 { x = 4 } ".repeat(1000)} } } }`,
    ],
    ["opening comments", "/*".repeat(300_000)],
    ["quotes", '"'.repeat(5000)],
  ])("thousands of %s", (_, text) => {
    survives(text);
  });

  it("conditions nested deep, which must not take time without end", () => {
    const fields = Array.from({ length: 10 }, (_, index) => `b${index}`);
    const nest = (inner: string, depth: number) => {
      const operator = depth % 2 === 0 ? "||" : "&&";
      return `(${fields[depth % 10]} ${operator} ${inner} ${operator} ${fields[(depth + 3) % 10]})`;
    };
    const condition = Array.from({ length: 50 }, (_, depth) => depth).reduce(nest, "a");
    const declared = ["a", ...fields].map((field) => `${field}: bool`).join(" ");
    survives(
      `domain A { state { ${declared} } goal G { predicate ${condition} } transition T { step { if ${condition} { a = true } } } }`,
    );
  });
});

describe("a mistake in one domain", () => {
  const mistakes = [
    "state { x: int y bool }",
    "state { x: int } goal G { predicate x => 1 }",
    "state {\n    x: int\n  goal G { predicate x == 1 }",
    "state { x: int }\n  goal G { predicate (x == 1 }",
    "state { x: int } }\n  goal G { predicate x == 1 }",
    "state { x: int }\n  goal G { predicate x == }",
    "state { x: int }\n  when x { }",
  ];
  const domainWith = (name: string, members: string) => `domain ${name} {\n  ${members}\n}\n\n`;
  /** What is said of a domain, with places from its beginning on. */
  const said = (text: string, { start, end }: { start: number; end: number }) =>
    parse({ path: "test.ved", text })
      .diagnostics.filter(({ span }) => span.start >= start && span.start < end)
      .map(({ code, message, span }) => [code, message.replace(/`domain` begins|the file ends/, "it ends"), span.start - start]);

  it.each(mistakes)("changes nothing in what is said of those beside it: %s", (members) => {
    const own = domainWith("B", members);
    const alone = said(own, { start: 0, end: own.length });
    expect(alone.length).toBeGreaterThan(0);
    for (const other of mistakes) {
      const [before, behind] = [domainWith("A", other), domainWith("C", other)];
      const place = { start: before.length, end: before.length + own.length };
      expect(said(before + own + behind, place), other).toEqual(alone);
    }
  });
});

describe("what is read again", () => {
  it("is what it would be if it were read for the first time, wherever it stands now", () => {
    const known = new KnownParts();
    const domain = (name: string) => `domain ${name} { state { x: bool } goal x }\n`;
    for (const text of [domain("A") + domain("B"), `\n${domain("B")}${domain("A")}`, domain("A") + domain("A"), domain("B")]) {
      const source = { path: "test.ved", text };
      const [again, anew] = [parse(source, known), parse(source)];
      expect(again.file).toEqual(anew.file);
      expect(again.comments).toEqual(anew.comments);
    }
  });
});

describe("comments", () => {
  it("belong to what they stand above or behind", () => {
    const text = "// far\n\n// one\n// two\ndomain A {\n  state {\n    x: int // x's own\n    // y's\n    y: int\n  }\n}\n";
    const { file, comments } = parse({ path: "test.ved", text });
    const [domain] = file.domains;
    const [x, y] = domain?.states[0]?.fields ?? [];
    if (domain === undefined || x === undefined || y === undefined) throw new Error("the text declares them");
    expect(comments.above(domain.span)).toEqual(["one", "two"]);
    expect([comments.above(x.span), comments.behind(x.span)]).toEqual([[], "x's own"]);
    expect([comments.above(y.span), comments.behind(y.span)]).toEqual([["y's"], null]);
  });
});
