// A domain that is taken apart, because parts of it have nothing to do with each other.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { verifySource } from "../testing/verify.js";
import { partsOf } from "./domain/split.js";

const nodes = ["north", "south", "east", "west", "attic"];

/** So many nodes, each with its repair; the last one as it is given. */
function domainOf(last: string, clause: string): string {
  const [field = "", ...others] = [...nodes].reverse();
  const whole = [...others].reverse();
  const repair = (node: string) => `
    transition Repair_${node} { step { if ${node} && !${node}_done { emit ${node}.Repair() ${node}_done = true } } }
    transition Clear_${node} { step { if !${node} && ${node}_done { ${node}_done = false } } }`;
  const fields = [...whole, field].map((node) => `${node}: bool ${node}_done: bool`);
  const clauses = whole.map((node) => `((!${node} && !${node}_done) || (${node} && ${node}_done))`);
  return `domain Nodes { state { ${fields.join(" ")} } goal Well { predicate ${[...clauses, clause].join(" && ")} }
    ${whole.map(repair).join("")} ${last} }`;
}

it.each(["five-nodes", "five-nodes-in-steps"])("proves %s part by part", async (name) => {
  const { report } = await verifySource(readFileSync(`fixtures/verify/parts/${name}.ved`, "utf8"));
  expect([report.verdict, report.rests.length]).toEqual(["proved", 5]);
  expect(report.assumptions[0]).toMatch(/^Its 5 parts have nothing to do with each other/);
  expect(JSON.stringify(report)).not.toContain("somewhere else");
});

it("finds the part that gets stuck, in the whole", async () => {
  const text = domainOf("transition Never { step { if attic_done && attic { attic_done = false } } }", "(!attic || attic_done)");
  const { report } = await verifySource(text, {}, "nodes.ved", 60_000);
  expect(report.verdict).toBe("refuted");
});

it("does not take apart what goes round only while something elsewhere is not well", async () => {
  // Its clause holds all the time, and while another node is ill it blinks for ever.
  const text = domainOf("transition Blink { step { emit Lamp.Blink() attic_done = !attic_done } }", "(!attic || attic)");
  const { report } = await verifySource(text, {}, "nodes.ved", 20_000);
  expect(report.assumptions.join()).not.toContain("parts");
});

it("keeps together what shares an effect, a field or a clause", async () => {
  const { domain, definition } = await verifySource(`domain D {
    state { a: bool b: bool c: bool d: bool e: bool f: bool }
    goal G { predicate a && b && (c || d) && e && f }
    transition A { step { if !a { emit Shared.Fix(1) a = true } } }
    transition B { step { if !b { emit Shared.Fix(2) b = true } } }
    transition E { step { if !e && !f { e = true f = true } } }
  }`);
  const parts = partsOf(domain, definition).map(({ fields }) => fields.filter((field) => field.length === 1).sort());
  expect(parts).toEqual([
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
  ]);
});
