// What a program costs, minified and gzipped, in bytes. A line is raised only with a reason, in the same commit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { programOf } from "../testing/load.js";
import { bundle } from "./bundle.js";

/** The size of each script that comes of a source, by its path. */
async function sizesOf(text: string): Promise<ReadonlyMap<string, number>> {
  const files = await bundle([{ program: programOf(text), path: "/program.ved", name: "program" }], {
    minify: true,
    typescript: false,
    folder: "/dist",
  });
  return new Map(files.map((file) => [file.path, gzipSync(file.text, { level: 9 }).length]));
}

async function sizeOf(text: string): Promise<number> {
  return (await sizesOf(text)).get("program.js") ?? Number.NaN;
}

const smallest = "domain Light { state { isOn: bool } goal Lit { predicate isOn } }";

/** One transition of a domain whose goal is not reached by itself, with what stands in its step and around it. */
const domain = (step: string, around = "", clauses = "") => `domain Light {
  state { isOn: bool, seen: int }
  goal Lit { predicate isOn }
  ${around}
  transition Switch { ${clauses} step { ${step} } }
}`;
const plain = domain("if !isOn { isOn = true }");
const emitting = domain("if !isOn { emit Lamp.On(seen) isOn = true }");

/** What a part costs beyond a program without it, its own code included. */
const parts: readonly { readonly part: string; readonly without: string; readonly program: string; readonly bytes: number }[] = [
  { part: "a transition", without: smallest, program: plain, bytes: 70 },
  { part: "effects", without: plain, program: emitting, bytes: 3108 },
  {
    part: "outcomes of effects",
    without: emitting,
    program: domain("if !isOn { emit Lamp.On(seen) isOn = true }", "on Lamp.On failed { seen = 1 }"),
    bytes: 391,
  },
  {
    part: "what effects are expected to do",
    without: emitting,
    program: domain("if !isOn { emit Lamp.On(seen) }", "effect Lamp.On(seen: int) expects isOn within 1s"),
    bytes: 214,
  },
  {
    part: "several steps",
    without: emitting,
    program: domain("if !isOn { emit Lamp.On(seen) seen = 1 }", "", "step { isOn = true }"),
    bytes: 135,
  },
  {
    part: "an invariant",
    without: plain,
    program: domain("if !isOn { isOn = true }", "invariant Few { seen < 100 }"),
    bytes: 160,
  },
  { part: "a cooldown", without: plain, program: domain("if !isOn { isOn = true }", "", "cooldown 1s"), bytes: 209 },
  {
    part: "priorities",
    without: plain,
    program: domain("if !isOn { isOn = true }", "@priority(high) transition Look { step { if seen == 0 { seen = 1 } } }"),
    bytes: 163,
  },
  { part: "a duration", without: plain, program: domain("if !isOn && seen == 0 for 1s { isOn = true }"), bytes: 354 },
  { part: "a range", without: plain, program: plain.replace("seen: int", "seen: int 0..9"), bytes: 100 },
  { part: "arithmetic", without: plain, program: domain("if !isOn { isOn = true seen = seen * 2 + 1 }"), bytes: 111 },
  {
    part: "messages",
    without: plain,
    program: `${domain("if !isOn { send Bell Ring(seen) isOn = true }")}
      domain Bell { state { rung: int } goal Quiet { predicate rung >= 0 } on Ring(times: int) { rung = times } }`,
    bytes: 2914,
  },
];

describe("the size of an artifact", () => {
  it.each([
    { what: "the smallest domain", text: smallest, file: "program.js", limit: 10_500, bytes: 9100 },
    {
      what: "the program that Ved exists for",
      text: readFileSync("fixtures/failover.ved", "utf8"),
      file: "program.js",
      limit: 12_800,
      bytes: 12_520,
    },
    { what: "the journal", text: smallest, file: "journal.js", limit: 6_550, bytes: 6497 },
  ])("of $what is $bytes, and below $limit", async ({ text, file, limit, bytes }) => {
    const size = (await sizesOf(text)).get(file) ?? Number.NaN;
    expect(size).toBeLessThanOrEqual(limit);
    expectNear(size, bytes, 0.01 * bytes);
  });

  it.each(parts)("grows by $bytes for $part", async ({ without, program, bytes }) => {
    const [before, after] = [await sizeOf(without), await sizeOf(program)];
    // One part is small beside the whole: what is allowed is a hundredth of that.
    expectNear(after - before, bytes, 0.01 * after);
  });
});

/** A line that is too low fails for what was added, one that is far too high for what could be had again. */
function expectNear(size: number, line: number, slack: number): void {
  expect(size, `${size} bytes are more than ${line}`).toBeLessThanOrEqual(line + slack);
  expect(size, `${size} bytes are fewer than ${line}: lower the line`).toBeGreaterThanOrEqual(line - 3 * slack);
}
