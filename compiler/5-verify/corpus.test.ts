// Small programs with one known fault each, or none. The first line of each says how it is to be judged.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type SimulatedDomain, simulate } from "../../runtime-lib/simulate/index.js";
import { loadDomains } from "../testing/load.js";
import { expectReplays, inOneLine, verifySource } from "../testing/verify.js";
import { renderReport } from "./report/render.js";

const folder = "fixtures/verify";
const programs = readdirSync(folder).filter((name) => name.endsWith(".ved"));

/** Runs of each domain that is proved; ten thousand each were made by hand. */
const runs = 100;

it("has forty programs and more", () => expect(programs.length).toBeGreaterThanOrEqual(40));

describe.each(programs)("%s", (name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");

  it("is judged right", async () => {
    const { report } = await verifySource(text);
    expect(inOneLine(report)).toBe(/^\/\/ (.*)/.exec(text)?.[1]);
    const shown = renderReport(report);
    await expect(`# ${name}\n\n\`\`\`ved\n${text}\`\`\`\n\n\`\`\`text\n${shown}\`\`\`\n`).toMatchFileSnapshot(
      `../../snapshots/verify/${name.replace(".ved", ".md")}`,
    );
  });

  it("does in the runtime what its stories say", async () => expectReplays(text, await verifySource(text)));

  it("settles when it is proved to", async () => {
    const { domain, report } = await verifySource(text);
    const observations = Object.fromEntries(Object.entries(report.inputs).filter(([, values]) => values.length > 1));
    if (!report.verdict.startsWith("proved") || Object.keys(observations).length === 0) return;
    const loaded = (await loadDomains(text))[domain.name] as unknown as SimulatedDomain;
    const { failure, tally } = await simulate(loaded, { observations, runs });
    expect(failure).toBeNull();
    // A world that keeps a promise too late leaves it stuck: the proof rests on the contract.
    if (domain.effects.every(({ contract }) => contract === null)) expect(tally.stuck).toBe(0);
  });
});
