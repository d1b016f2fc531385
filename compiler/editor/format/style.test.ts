// The one style, by examples.
import { describe, expect, it } from "vitest";
import { formatted } from "../../testing/formatting.js";
import { format } from "./format.js";

/** The text of a step with these statements, as it is formatted. */
function step(statements: string): string {
  const lines = formatted(`domain D { transition T { step {\n${statements}\n} } }`).split("\n");
  return lines
    .slice(3, -4)
    .map((line) => line.slice(6))
    .join("\n");
}

describe("the layout", () => {
  it("indents by two spaces, and begins a domain on lines of its own", () => {
    expect(formatted('domain A{state{n:int}} system S{start A{n=1}start A["k"]}')).toMatchInlineSnapshot(`
      "domain A {
        state { n: int }
      }
      system S {
        start A { n = 1 }
        start A["k"]
      }
      "
    `);
  });

  it("leaves a block on one line where it is on one and fits, with commas between fields", () => {
    expect(
      formatted("domain A { state { a: int; b: bool } transition T { step { if b { a = 1; b = false } } } }"),
    ).toMatchInlineSnapshot(`
      "domain A {
        state { a: int, b: bool }
        transition T { step { if b { a = 1 b = false } } }
      }
      "
    `);
  });

  it("leaves a block open where its first part has a line to itself", () => {
    expect(formatted("domain A { state {\na: int, b: bool } transition T { step {\nb = true } } }")).toMatchInlineSnapshot(`
      "domain A {
        state {
          a: int
          b: bool
        }
        transition T {
          step {
            b = true
          }
        }
      }
      "
    `);
  });

  it("opens the outer blocks first where a line is too long", () => {
    const guard = "primary_is_down && !failed_over && somebody_is_told && nobody_is_working";
    expect(formatted(`domain A { transition T { cooldown 1m step { if ${guard} { emit E() } } } }`)).toMatchInlineSnapshot(`
      "domain A {
        transition T {
          cooldown 1m
          step {
            if primary_is_down && !failed_over && somebody_is_told && nobody_is_working { emit E() }
          }
        }
      }
      "
    `);
  });

  it("opens all blocks of an `if` or none", () => {
    expect(step("if a { b = 1 } else if c {\nb = 2 } else { b = 3 }")).toMatchInlineSnapshot(`
      "if a {
        b = 1
      } else if c {
        b = 2
      } else {
        b = 3
      }"
    `);
    expect(step("if a { b = 1 } else if c { b = 2\n} else { b = 3 }")).toMatchInlineSnapshot(
      `"if a { b = 1 } else if c { b = 2 } else { b = 3 }"`,
    );
  });

  it("keeps one empty line where there are some, and none at the edges of a block", () => {
    expect(
      formatted("\n\ndomain A {\n\n\n// a\n\n\nstate { n: int }\n\n\n\ngoal n == 1\ngoal n == 2\n\n// end\n\n}\n\n\n// file\n\n"),
    ).toMatchInlineSnapshot(`
      "domain A {
        // a

        state { n: int }

        goal n == 1
        goal n == 2

        // end
      }

      // file
      "
    `);
  });

  it("breaks what is too long at its operators, the outermost first", () => {
    const [a, b, c] = ["alpha", "beta", "gamma"].map((name) => `${name}_of_the_first_kind == ${name}_of_the_second`);
    expect(step(`x = (${a} || ${b}) && ${c}`)).toMatchInlineSnapshot(`
      "x = (
        alpha_of_the_first_kind == alpha_of_the_second ||
        beta_of_the_first_kind == beta_of_the_second
      ) &&
        gamma_of_the_first_kind == gamma_of_the_second"
    `);
    expect(step(`if ${a} || ${b} && ${c} || ${a} { x = true }`)).toMatchInlineSnapshot(`
      "if
        alpha_of_the_first_kind == alpha_of_the_second ||
        beta_of_the_first_kind == beta_of_the_second &&
          gamma_of_the_first_kind == gamma_of_the_second ||
        alpha_of_the_first_kind == alpha_of_the_second
      {
        x = true
      }"
    `);
    expect(formatted(`goal ${a} || ${b} || ${c}`)).toMatchInlineSnapshot(`
      "goal
        alpha_of_the_first_kind == alpha_of_the_second ||
        beta_of_the_first_kind == beta_of_the_second ||
        gamma_of_the_first_kind == gamma_of_the_second
      "
    `);
  });

  it("gives an effect its parentheses", () => {
    expect(step("emit Lamp.On emit Lamp\n.Off // behind")).toMatchInlineSnapshot(`
      "emit Lamp.On()
      emit Lamp.Off() // behind"
    `);
    expect(formatted("effect Lamp.On effect Lamp\n.Off expects lit within 1m // behind")).toMatchInlineSnapshot(`
      "effect Lamp.On()
      effect Lamp.Off() expects lit within 1m // behind
      "
    `);
  });

  it("leaves out the colon before a cooldown", () => {
    expect(formatted("transition T { cooldown : 5m // rest\nup = true }")).toMatchInlineSnapshot(`
      "transition T {
        cooldown 5m // rest
        up = true
      }
      "
    `);
  });

  it("breaks lists that are too long at their commas", () => {
    const names = ["one", "two", "three"].map((name) => `the_${name}_of_the_names_that_are_long`);
    expect(step(`emit E(${names.join(",")},)`)).toMatchInlineSnapshot(`
      "emit E(
        the_one_of_the_names_that_are_long,
        the_two_of_the_names_that_are_long,
        the_three_of_the_names_that_are_long
      )"
    `);
    expect(formatted(`import{${names.join()}}from "./a.ved"`)).toMatchInlineSnapshot(`
      "import {
        the_one_of_the_names_that_are_long,
        the_two_of_the_names_that_are_long,
        the_three_of_the_names_that_are_long
      } from "./a.ved"
      "
    `);
    expect(formatted(`state{a:${names.map((name) => `"${name}"`).join("|")}="${names[1]}"}`)).toMatchInlineSnapshot(`
      "state {
        a: "the_one_of_the_names_that_are_long" |
          "the_two_of_the_names_that_are_long" |
          "the_three_of_the_names_that_are_long" = "the_two_of_the_names_that_are_long"
      }
      "
    `);
  });

  it("gives a predicate lines to itself where it begins one", () => {
    expect(formatted("domain A { goal G { target: \n a || b && c } goal H { predicate a ||\n b } }")).toMatchInlineSnapshot(`
      "domain A {
        goal G {
          target
            a ||
            b && c
        }
        goal H { predicate a || b }
      }
      "
    `);
  });

  it("leaves out separators, colons and parentheses that say nothing, and keeps those that make things clear", () => {
    expect(step("if ((a && b)) { c = ((d)); };; e = (a && b) || c;")).toMatchInlineSnapshot(`
      "if a && b { c = (d) }
      e = (a && b) || c"
    `);
  });

  it("keeps words, strings, numbers and names as they are written", () => {
    const text = String.raw`s = "\u{41}\"" + text(1_000) slice_ = true send("D", "T") send D T() send_high D["k"] T(60s, 1m)`;
    expect(step(text.replaceAll(/ (?=s)/g, "\n"))).toMatchInlineSnapshot(`
      "s = "\\u{41}\\"" + text(1_000)
      slice_ = true
      send("D", "T")
      send D T()
      send_high D["k"] T(60s, 1m)"
    `);
  });

  it("has a form for everything else", () => {
    const members = [
      'effect A.B(x: int,y: "a"|"b") expects  x==1 within 2m',
      "effect C{payload{x:int y:bool}}",
      "@priority(high)\ntransition T(x: int){slice step one{n+=-1}}",
      "on A.B failed(why: string){n=0}",
      "on Done{n=!x}",
      "on Event::Up{n=1}",
      "invariant I{n>=0}",
      "goal G{priority 10,strategy{T,U}}",
    ];
    expect(formatted(`domain D {\n${members.join("\n")}\n}`)).toMatchInlineSnapshot(`
      "domain D {
        effect A.B(x: int, y: "a" | "b") expects x == 1 within 2m
        effect C { payload { x: int, y: bool } }
        @priority(high)
        transition T(x: int) { slice step one { n += -1 } }
        on A.B failed (why: string) { n = 0 }
        on Done { n = !x }
        on Event::Up { n = 1 }
        invariant I { n >= 0 }
        goal G { priority 10 strategy { T U } }
      }
      "
    `);
  });
});

describe("comments", () => {
  it("stay on their lines, behind things and above them", () => {
    expect(step("// above\na = 1 // behind\n/* before */ b = 2 /* behind */\n\n// end")).toMatchInlineSnapshot(`
      "// above
      a = 1              // behind
      /* before */ b = 2 /* behind */

      // end"
    `);
  });

  it("stay in lists and conditions, which are broken for those that end a line", () => {
    expect(step("emit E(a /* one */, /* two */ b)\nemit E(a, // one\nb // two\n)")).toMatchInlineSnapshot(`
      "emit E(a /* one */, /* two */ b)
      emit E(
        a, // one
        b  // two
      )"
    `);
    expect(step("if a && // one\n// two\nb // three\n{ c = 1 }")).toMatchInlineSnapshot(`
      "if
        a && // one
        // two
        b // three
      {
        c = 1
      }"
    `);
    expect(step("x = a // one\n&& b // two\n&& c")).toMatchInlineSnapshot(`
      "x = a && // one
        b &&   // two
        c"
    `);
  });

  it("stay above an `else` and behind the brace before it", () => {
    expect(step("if a { b = 1 } // one\n// two\nelse if c { b = 2 } /* three */ else { b = 3 }")).toMatchInlineSnapshot(`
      "if a {
        b = 1
      } // one
      // two
      else if c {
        b = 2
      } /* three */ else {
        b = 3
      }"
    `);
  });

  it("stay in blocks that are empty, and before the brace that closes one", () => {
    expect(formatted("domain A { // one\n\n// two\n}\ndomain B { /* three */ }\ndomain C {\n\n\n}")).toMatchInlineSnapshot(`
      "domain A { // one

        // two
      }
      domain B { /* three */ }
      domain C {}
      "
    `);
  });

  it("stay at both ends of a file, as a license does", () => {
    expect(
      formatted("/*\n * A license,\n * and more of it.\n */\n\n\n// A domain.\ndomain A {} // behind\n// end"),
    ).toMatchInlineSnapshot(`
      "/*
       * A license,
       * and more of it.
       */

      // A domain.
      domain A {} // behind
      // end
      "
    `);
    expect(formatted("// nothing else")).toBe("// nothing else\n");
  });

  it("wait for the end of a line where none may end", () => {
    expect(formatted("domain // one\nA // two\n{ state // three\n{ n: int } }")).toMatchInlineSnapshot(`
      "domain A { // one
        // two
        state { // three
          n: int
        }
      }
      "
    `);
  });

  it("move with their lines where these begin with stars, and keep their margin else", () => {
    expect(formatted("domain A {\n/*\n   * one\n   */\n/* two\n       three */\nstate { n: int } }")).toMatchInlineSnapshot(`
      "domain A {
        /*
         * one
         */
        /* two
             three */
        state { n: int }
      }
      "
    `);
  });
});

describe("a file", () => {
  it("ends its lines with line feeds, and has no byte order mark", () => {
    expect(formatted("\uFEFFdomain A {\r\n/* a\r\n   b */\r\n\r\nstate { n: int }\r\n}\r\n")).toBe(
      "domain A {\n  /* a\n   b */\n\n  state { n: int }\n}\n",
    );
  });

  it("may be empty", () => {
    expect([formatted(""), formatted(" \n\n;\n")]).toEqual(["", ""]);
  });

  it("may have parts of a domain, which stay where they are", () => {
    expect(
      formatted('goal n == 1\neffect E()\nimport { A } from "./a.ved"\nstate { n: int }\ndomain B {}'),
    ).toMatchInlineSnapshot(`
      "goal n == 1
      effect E()
      import { A } from "./a.ved"
      state { n: int }
      domain B {}
      "
    `);
  });

  it("with syntax errors is not formatted, and with others it is", () => {
    expect(format({ path: "a.ved", text: "domain A { state { n int } }" })).toMatchObject({
      text: null,
      diagnostics: [{ code: "VED1036" }],
    });
    expect(format({ path: "a.ved", text: "domain A { test T {} }" })).toMatchObject({ text: null });
    expect(formatted("domain A{state{n:text}}")).toBe("domain A {\n  state { n: text }\n}\n");
  });
});
