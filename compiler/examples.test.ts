// The programs in examples/ are checked, proved and simulated, and every program in the documentation compiles.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type SimulatedDomain, simulate } from "../runtime-lib/simulate/index.js";
import { environmentOf } from "./2-check/environment.js";
import { renderPretty } from "./diagnostics/pretty.js";
import { compile } from "./index.js";
import { loadDomains } from "./testing/load.js";
import { verifySource } from "./testing/verify.js";

const examples = readdirSync("examples").filter((name) => name.endsWith(".ved"));

/** Simulated runs of each example. */
const runs = 100;

describe.each(examples)("examples/%s", (name) => {
  const text = readFileSync(`examples/${name}`, "utf8");

  it("has nothing that the compiler would mention", () => {
    expect(compile({ path: name, text }).diagnostics.map((finding) => renderPretty(finding))).toEqual([]);
  });

  it("is proved", async () => {
    expect((await verifySource(text)).report.verdict).toBe("proved");
  });

  it("keeps its promises in simulated runs", async () => {
    const { domain } = await verifySource(text);
    const loaded = (await loadDomains(text))[domain.name] as unknown as SimulatedDomain;
    const { failure } = await simulate(loaded, { observations: environmentOf(domain), runs });
    expect(failure).toBeNull();
  });

  it("is listed", () => expect(readFileSync("examples/README.md", "utf8")).toContain(`(${name})`));
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
