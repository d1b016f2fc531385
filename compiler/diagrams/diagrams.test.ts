// What is drawn of a program, with the program beside it: the same chart as Mermaid and as DOT, and the SVG that comes of that.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeProgram } from "../2-check/description.js";
import { compile } from "../index.js";
import { smallDomain, timedDomain } from "../testing/arbitrary-domain.js";
import { arbitraryDomain } from "../testing/arbitrary-program.js";
import { definitionsOf, loadDefinitions, programOf } from "../testing/load.js";
import { verifySource } from "../testing/verify.js";
import { chartOf, nodeOf } from "./chart.js";
import { toDot } from "./dot.js";
import type { Drawing } from "./drawing.js";
import { toMermaid } from "./mermaid.js";
import { toSvg } from "./svg.js";

async function drawingsOf(text: string): Promise<Drawing[]> {
  const program = programOf(text);
  const definitions = await definitionsOf(program);
  return describeProgram(program).domains.map((description) => {
    // The module exports each domain under its name.
    const definition = definitions[description.name] as (typeof definitions)[string];
    return { description, chart: chartOf(description, definition) };
  });
}

const seed = readFileSync("fixtures/failover.ved", "utf8");
const drawn = ["fixtures/failover.ved", "fixtures/service.ved", "fixtures/odd-names.ved", "examples/dead-letter.ved"];

describe.each(drawn)("%s", (path) => {
  const text = readFileSync(path, "utf8");

  it("is drawn as its snapshot says", async () => {
    const drawings = await drawingsOf(text);
    const page = `# ${basename(path)}\n\n\`\`\`ved\n${text}\`\`\`\n\n\`\`\`mermaid\n${toMermaid(drawings)}\`\`\`\n\n\`\`\`dot\n${toDot(drawings)}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot(`../../snapshots/graph/${basename(path, ".ved")}.md`);
  });

  it("becomes an SVG with an element for each node", async () => {
    const drawings = await drawingsOf(text);
    const svg = await toSvg(drawings);
    const nodes = drawings.flatMap(({ chart }) => chart.nodes);
    expect(svg.match(/ id="node_/g)).toHaveLength(nodes.length);
    expect(svg).not.toContain("<script");
  });
});

describe("the seed's chart", () => {
  it("has both realities, an edge into each, and one back", async () => {
    const [{ chart } = expect.fail()] = await drawingsOf(seed);
    const nameOf = (id: string) => chart.nodes.find((node) => node.id === id);
    const rests = chart.nodes.filter(({ kind }) => kind === "rest").map(({ realities }) => realities.RoutingStable);
    expect(rests).toEqual(["A", "B"]);
    const back = chart.edges.filter(({ to, kind }) => kind === "transition" && nameOf(to)?.kind === "rest");
    expect(back.map(({ labels, to }) => [...labels, nameOf(to)?.realities.RoutingStable])).toEqual([
      ["TriggerPagerDuty", "B"],
      ["ExecuteFailover", "B"],
      ["AutoRestore", "A"],
    ]);
    expect(chart.isWhole && chart.isFine).toBe(true);
  });

  it("knows the node of every state in which the verifier saw it rest", async () => {
    const [{ chart } = expect.fail()] = await drawingsOf(seed);
    const definitions = await loadDefinitions(seed);
    const { report } = await verifySource(seed);
    const ids = new Set(chart.nodes.map(({ id }) => id));
    for (const state of report.rests.flatMap(({ states }) => states)) {
      const node = nodeOf(definitions.DatabaseRouting ?? expect.fail(), state, chart.isFine);
      expect([node.kind, ids.has(node.id)]).toEqual(["rest", true]);
    }
  });
});

it("draws whatever domain there is: one beginning, edges between nodes that are there, an element for each", async () => {
  const domains = fc
    .oneof(smallDomain, timedDomain, arbitraryDomain("Any"))
    .filter((text) => compile({ path: "test.ved", text }).program !== null);
  await fc.assert(
    fc.asyncProperty(domains, async (text) => {
      const drawings = await drawingsOf(text);
      const [{ chart } = expect.fail()] = drawings;
      const ids = new Set(chart.nodes.map(({ id }) => id));
      expect(ids.size).toBe(chart.nodes.length);
      expect(chart.nodes.filter(({ isInitial }) => isInitial)).toHaveLength(1);
      expect(chart.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
      expect((await toSvg(drawings)).match(/ id="node_/g)).toHaveLength(ids.size);
    }),
    { numRuns: 15 },
  );
});

it("draws nodes as one where there are too many, and says so", async () => {
  const flags = ["a", "b", "c", "d", "e"];
  const text = `domain Many {
    state { on: bool, ${flags.map((flag) => `${flag}: bool`).join(", ")} }
    goal All { predicate !on || (${flags.join(" && ")}) }
    ${flags.map((flag) => `transition Set_${flag} { step { if on && !${flag} { emit Set.${flag}() ${flag} = true } } }`).join("\n")}
  }`;
  const [{ chart } = expect.fail()] = await drawingsOf(text);
  expect(chart.isFine).toBe(false);
  expect(chart.nodes.map(({ kind }) => kind)).toEqual(["rest", "work", "rest"]);
  const remark = "Places that differ in the enabled transitions only are drawn as one.";
  expect(toMermaid(await drawingsOf(text))).toContain(`%% ${remark}`);
  expect(await toSvg(await drawingsOf(text))).toContain(`>${remark}<`);
});

it("draws what time and failures do", async () => {
  const text = `domain Node {
    state { status: "up" | "down", restarted: bool, given_up: bool }
    goal Alive { predicate status == "up" || restarted || given_up }
    transition Restart { step { if status == "down" for 30s && !restarted { emit Box.Restart() restarted = true } } }
    on Box.Restart failed { given_up = true }
  }`;
  const [{ chart } = expect.fail()] = await drawingsOf(text);
  expect(chart.edges.map(({ kind, labels }) => [kind, ...labels])).toEqual(
    expect.arrayContaining([
      ["time", 'status == "down" for 30s'],
      ["outcome", "Box.Restart failed"],
      ["transition", "Restart"],
    ]),
  );
});
