// The programs in examples/ are checked, proved and simulated, and every program in the documentation compiles.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type SimulatedDomain, simulate, simulateSystem } from "../runtime-lib/simulate/index.js";
import { environmentOf } from "./2-check/environment.js";
import { isTalking } from "./2-check/usage.js";
import { loadSystem } from "./4-bundle/load.js";
import { renderPretty } from "./diagnostics/pretty.js";
import { compile, verify } from "./index.js";
import { loadDomains, programOf } from "./testing/load.js";
import { verifySource } from "./testing/verify.js";

const examples = readdirSync("examples", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ved"));

/** Simulated runs of each example. */
const runs = 100;

describe.each(examples)("examples/%s", (name) => {
  const text = readFileSync(`examples/${name}`, "utf8");

  it("has nothing that the compiler would mention", () => {
    expect(compile({ path: name, text }).diagnostics.map((finding) => renderPretty(finding))).toEqual([]);
  });

  it("is proved", async () => {
    const reports = await verify(programOf(text));
    expect(reports.map(({ verdict }) => verdict)).toEqual(reports.map(() => "proved"));
    expect(reports.length).toBeGreaterThan(0);
  });

  it("keeps its promises in simulated runs", async () => {
    const program = programOf(text);
    if (isTalking(program)) {
      const observations = Object.fromEntries(program.domains.map((one) => [one.name, environmentOf(one)]));
      const { failure } = await simulateSystem(await loadSystem(program, [program]), { observations, runs });
      expect(failure).toBeNull();
      return;
    }
    const { domain } = await verifySource(text);
    const loaded = (await loadDomains(text))[domain.name] as unknown as SimulatedDomain;
    const { failure } = await simulate(loaded, { observations: environmentOf(domain), runs });
    expect(failure).toBeNull();
  });

  it("is listed", () =>
    expect(readFileSync("examples/README.md", "utf8")).toContain(
      `(${name.replace(/[^/]+$/, (file) => (file === name ? file : "README.md"))})`,
    ));
});

const pages = ["README.md", ...readdirSync("docs").map((name) => `docs/${name}`)].filter((name) => name.endsWith(".md"));
const programs = pages.flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/^```ved\n([\s\S]*?)^```/gm)].map(([, text = ""], index) => ({
    page,
    number: index + 1,
    text,
  })),
);

it.each(programs)("program $number of $page compiles", ({ page, text }) => {
  const errors = compile({ path: page, text }).diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map((finding) => renderPretty(finding))).toEqual([]);
});
