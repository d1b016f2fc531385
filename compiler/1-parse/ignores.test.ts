import { describe, expect, it } from "vitest";
import { compile, hints } from "../index.js";
import { programOf } from "../testing/load.js";
import { ignoresIn } from "./ignores.js";

/** What is shown and what is silenced of a program with an unread field, as codes. */
function heard(stateLine: string) {
  const text = `domain Service {\n  ${stateLine}\n  goal Up { predicate up }\n  transition Start { step { if !up { emit Process.Start() up = true } } }\n}\n`;
  const { diagnostics, silenced } = compile({ path: "service.ved", text });
  return { shown: diagnostics.map(({ code }) => code), silenced: silenced.map(({ reason }) => reason) };
}

const fields = "state { up: bool, version: int }";

describe("a comment that silences a finding", () => {
  it.each([
    ["behind it", `${fields} // vedc-ignore VED4004: the page shows it`],
    ["on the line before", `// vedc-ignore VED4004: the page shows it\n  ${fields}`],
    ["before other comments", `// vedc-ignore VED4004: the page shows it\n\n  // What runs.\n  ${fields}`],
    ["between stars", `/* vedc-ignore VED4004: the page shows it */ ${fields}`],
    ["in small letters", `${fields} // vedc-ignore ved4004: the page shows it`],
    ["with the number alone", `${fields} // vedc-ignore 4004: the page shows it`],
  ])("does so %s, with its reason", (_, line) => {
    expect(heard(line)).toEqual({ shown: [], silenced: ["the page shows it"] });
  });

  it("may be one of very many", () => {
    const line = "// vedc-ignore VED4004: the page shows it\n";
    const { ignores } = ignoresIn({ path: "service.ved", text: `${line.repeat(50_000)}domain Service {}` });
    expect(ignores).toHaveLength(50_000);
    expect(new Set(ignores.map((each) => each.line))).toEqual(new Set([50_001]));
  });

  it("names several codes, and each has to be of use", () => {
    const both = `${fields} // vedc-ignore VED4004, VED4005: it is: meant`;
    expect(heard(both)).toEqual({ shown: ["VED4201"], silenced: ["it is: meant"] });
  });

  it.each([
    ["on another line", `${fields}\n  // vedc-ignore VED4004: x`],
    ["of another code", `${fields} // vedc-ignore VED4005: x`],
  ])("leaves what is %s, and is reported", (_, line) => {
    expect(heard(line).shown).toEqual(expect.arrayContaining(["VED4004", "VED4201"]));
  });

  it.each([
    ["VED4202", "// vedc-ignore VED4004"],
    ["VED4202", "// vedc-ignore VED4004:   "],
    ["VED4202", "// vedc-ignore"],
    ["VED4202", "// vedc-ignore: it is meant"],
    ["VED4203", "// vedc-ignore VED9999: x"],
    ["VED4203", "// vedc-ignore VED404: x"],
    ["VED4202", "// vedc-ignore VED4004 no colon"],
    ["VED4202", "// vedc-ignore VED4004, why not: it is meant"],
    ["VED4204", "// vedc-ignore VED2001: x"],
    ["VED4204", "// vedc-ignore VED4201: x"],
  ])("is reported as %s, and silences nothing, where it is %s", (code, comment) => {
    expect(heard(`${fields} ${comment}`)).toEqual({ shown: ["VED4004", code], silenced: [] });
  });

  it.each([
    ["a reason", "// vedc-ignore VED4004"],
    ["a code", "// vedc-ignore: it is meant"],
    ["a code and a reason", "// vedc-ignore"],
    ["a `:` before the reason", "// vedc-ignore VED4004 it is meant"],
  ])("is told that it needs %s where nothing else is missing", (missing, comment) => {
    const found = compile({ path: "service.ved", text: `domain A { state { up: bool } goal Up { predicate up } } ${comment}` });
    const told = found.diagnostics.find(({ code }) => code === "VED4202");
    expect(told?.message).toBe(`\`vedc-ignore\` needs ${missing}.`);
  });

  it("can have its colon put in", () => {
    const text = `domain A { ${fields} goal Up { predicate up } } // vedc-ignore VED4004, the page shows it\n`;
    const fix = compile({ path: "a.ved", text }).diagnostics.find(({ code }) => code === "VED4202")?.fix;
    const mended = fix == null ? "" : text.slice(0, fix.span.start) + fix.replacement + text.slice(fix.span.end);
    expect(mended).toContain("// vedc-ignore VED4004: the page shows it");
    expect(compile({ path: "a.ved", text: mended }).silenced.map(({ reason }) => reason)).toEqual(["the page shows it"]);
  });

  it("never hides an error, nor is it called useless where errors hide what it silences", () => {
    const broken = `${fields} // vedc-ignore VED4004: x\n  goal Other { predicate upp }`;
    expect(heard(broken).shown).toEqual(["VED2001"]);
    expect(heard(`state { up: boool } // vedc-ignore VED2004: x`).shown).toEqual(["VED2004", "VED4204"]);
  });

  it("is none where it stands in a sentence, a string or a longer word", () => {
    expect(heard(`${fields} // see vedc-ignore VED4004: x`).shown).toEqual(["VED4004"]);
    expect(heard(`${fields} // vedc-ignored VED4004: x`).shown).toEqual(["VED4004"]);
    expect(heard(`state { up: bool, version: string = "// vedc-ignore VED4004: x" }`).shown).toEqual(["VED4004"]);
  });

  it("silences hints as well, and what it says does not document the program", () => {
    const text = `domain Service {
  state { mode: string = "a" } // vedc-ignore VED4101: others may set more modes
  goal B { predicate mode == "b" }
  transition Go { step { if mode != "b" { emit Mode.Set("b") mode = "b" } } }
}
`;
    const program = programOf(text);
    expect(hints(program)).toEqual([]);
    expect(program.domains[0]?.fields[0]?.remarks).toEqual({ above: [], behind: null });
    expect(hints(programOf(text.replace('mode: string = "a"', 'mode: "a" | "b" = "a"'))).map(({ code }) => code)).toEqual([
      "VED4201",
    ]);
  });
});
