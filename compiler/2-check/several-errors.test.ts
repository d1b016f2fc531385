// biome-ignore-all lint/suspicious/noTemplateCurlyInString: other languages fill in what stands in such strings.
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";

/** What is found in a domain with these members, with the place of each. */
function found(members: string): [code: string, marked: string][] {
  const text = `domain A { state { up: bool, tries: int } ${members} }`;
  return compile({ path: "a.ved", text }).diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)]);
}

const restart = 'goal Up { predicate up } transition Restart { step { if !up { emit Process.Start("api") up = true } } }';

describe("an error hides no other", () => {
  it("in a handler: its effect that nobody emits is told beside a field that is not there", () => {
    expect(found(`${restart} on Proces.Start failed { failures += 1 }`)).toEqual([
      ["VED2016", "Proces.Start"],
      ["VED2001", "failures"],
    ]);
  });

  it("in a transition: a handler of what it emits is not blamed for it, and others are", () => {
    const broken = restart.replace("up = true", "upp = true");
    expect(found(`${broken} on Process.Start failed { tries += 1 } on Process.Stop failed { tries += 1 }`)).toEqual([
      ["VED2001", "upp"],
      ["VED2016", "Process.Stop"],
    ]);
  });

  it("in a handler: an effect and a message in it are told beside a field that is not there", () => {
    expect(found(`${restart} on Process.Start failed { failures += 1 emit Log.Write("x") send A Restart }`)).toEqual([
      ["VED2001", "failures"],
      ["VED2015", 'emit Log.Write("x")'],
      ["VED2027", "send A Restart"],
    ]);
  });

  it("of two handlers of the same, whatever is wrong in them", () => {
    expect(found(`${restart} on Process.Start failed { failures += 1 } on Process.Start failed { tries += 1 }`)).toEqual([
      ["VED2001", "failures"],
      ["VED2003", "Process.Start"],
    ]);
  });
});

it("does not look for fields in what is called after the file once something between the domains cannot be read", () => {
  const text = `domain Api }\n state { up: bool tries: int }\n ${restart}\n}\ndomain Other { state { x: bool } goal x && y }`;
  const codes = compile({ path: "a.ved", text }).diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)]);
  expect(codes.filter(([code]) => code?.startsWith("VED2"))).toEqual([["VED2001", "y"]]);
});

describe("a transition that no strategy lists", () => {
  const listed = restart.replace("predicate up }", "predicate up strategy { Restart } }");

  it("never runs, unless messages run it", () => {
    expect(found(`${listed} transition Reboot { step { emit Machine.Reboot() up = true } }`)).toEqual([
      ["VED4004", "tries"],
      ["VED4011", "Reboot"],
    ]);
    expect(found(`${listed} transition Reboot(times: int) { step { emit Machine.Reboot() tries = times up = true } }`)).toEqual([
      ["VED4004", "tries"],
    ]);
  });

  it("is run by what is sent to it", () => {
    const sender = "transition Ask { step { if up && tries > 3 { send A Reboot tries = 0 } } }".replace("Ask", "Restart");
    const members = `goal Up { predicate up strategy { Restart } } ${sender} transition Reboot { step { if !up { emit Machine.Reboot() up = true } } }`;
    expect(found(members).map(([code]) => code)).not.toContain("VED4011");
  });
});

describe("what other languages have for a value", () => {
  it("is told as that, in a default, a condition and an assignment", () => {
    const text = `domain A { state { s: string = None, up: bool = True } goal G { predicate s != null && up } transition T { step { s = undefined } } }`;
    const { diagnostics } = compile({ path: "a.ved", text });
    expect(diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([
      ["VED1028", "None"],
      ["VED1009", "True"],
      ["VED1028", "null"],
      ["VED1028", "undefined"],
    ]);
  });

  it("is a field where there is one of that name", () => {
    const text = "domain A { state { null: bool, True: bool } goal G { predicate null && True } }";
    expect(compile({ path: "a.ved", text }).diagnostics).toEqual([]);
  });
});

describe("a string that other languages would fill in", () => {
  const fixOf = (literal: string) => {
    const text = `domain A { state { up: bool, tries: int, name: string } goal G { predicate up } transition T { step { if !up { emit Page(${literal}) up = true } } } }`;
    const found = compile({ path: "a.ved", text }).diagnostics.filter(({ code }) => code === "VED1035");
    return found.map(({ fix }) => fix?.replacement);
  };

  it.each([
    ['"${name}"', "name"],
    ['"${name} is down"', 'name + " is down"'],
    ['"tried ${ tries } times, up: ${state.up}"', '"tried " + text(tries) + " times, up: " + text(state.up)'],
    ['"\\"${name}\\" is down"', '"\\"" + name + "\\" is down"'],
  ])("%s is offered as %s", (literal, joined) => {
    expect(fixOf(literal)).toEqual([joined]);
    expect(fixOf(joined)).toEqual([]);
  });

  it.each(['"costs $5"', '"${"', '"${}"', '"${1}"', '"{name}"'])("is none of these: %s", (literal) => {
    expect(fixOf(literal)).toEqual([]);
  });
});
