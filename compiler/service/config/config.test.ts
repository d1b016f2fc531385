// Configurations as users write them: what they come to, and everything that is wrong with one, each with its place.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../testing/load.js";
import { runProgramOf } from "../testing/service.js";
import { readDuration } from "./duration.js";
import { problemsWith } from "./fit.js";
import { interpolate } from "./interpolate.js";
import { pathText, problemLines } from "./problem.js";
import { findConfig, readConfig } from "./read.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
const domain = `domain Web {
  state { health: "up" | "down", restarts: int }
  goal Up { predicate health == "up" || restarts >= 3 }
  transition Restart { step { if health == "down" && restarts < 3 { emit Box.Restart(name: "web", hard: true) restarts += 1 } } }
}
domain Disk { state { used: int } goal Free { predicate used < 90 } transition Clean { step { if used >= 90 { emit Disk.Clean() used = 0 } } } }`;

async function problemsOf(name: string, text: string, source: string, environment: Record<string, string> = {}): Promise<string> {
  const folder = scratchFolder();
  writeFileSync(join(folder, name), text);
  const read = await readConfig(join(folder, name), environment);
  const problems = problemsWith(read, read.config, await runProgramOf(source), false);
  const lines = problems.flatMap((problem) => {
    const [first = "", ...rest] = problemLines(problem);
    return [`${read.locationOf(problem).replace(`${folder}/`, "")}: ${first}`, ...rest];
  });
  return `${lines.join("\n")}\n`;
}

/** A variable of the environment, as a configuration names it. */
const variable = (name: string) => `\${${name}}`;

const wrongShape = `# Everything about the shape of this is wrong.
journal: 5
lisen:
  port: 8080
listen:
  port: 70000
  token: short
effects:
  Network.UpdateDNS:
    http:
      url: dns.internal/route
      methd: PUT
      done: [99, 2xy]
    timeout: 5
  Alerts.PageEngineer:
    log: {}
  Alerts.PageEngineers:
    exec: { command: "pager --now" }
probes:
  - field: primary_staus
    tcp: { host: localhost, port: 80 }
    up: healthy
  - field: primary_status
    every: soon
    http: { url: "http://localhost/" }
    up: [healthy]
`;

const mismatch = `{
  "effects": {
    "Box.Restat": { "exec": { "command": ["restart", "{name}"] } },
    "Box.Restart": { "exec": { "command": ["restart", "{nam}", "{0}"] } }
  },
  "probes": [
    { "field": "health", "tcp": { "host": "localhost", "port": 80 }, "up": "up" },
    { "domain": "Wep", "field": "health", "tcp": { "host": "localhost", "port": 80 }, "up": "up" },
    { "domain": "Web", "field": "helth", "tcp": { "host": "localhost", "port": 80 }, "up": "up" },
    { "domain": "Web", "field": "health", "tcp": { "host": "localhost", "port": 80 }, "up": "upp", "down": 3 },
    { "domain": "Web", "field": "health", "tcp": { "host": "localhost", "port": 80 } }
  ],
  "instances": [{ "domain": "Disk", "state": { "used": "much" } }],
  "listen": { "host": "0.0.0.0" }
}
`;

const unsendable = `# Nothing of this could be sent, or be asked for.
effects:
  Network.UpdateDNS:
    http:
      url: "https://dns internal/{0}"
      headers: { "x team": a, authorization: "Bearer\\nx" }
  Alerts.PageEngineers: { http: { url: "https://{0}:{1}/" } }
probes:
  - { field: primary_status, key: "", up: healthy, http: { url: "http://[::1/" } }
instances:
  - key: "a\\tb"
`;

describe("what is wrong with a configuration", () => {
  it.each([
    ["shape.yaml", wrongShape, seed],
    ["fit.json", mismatch, domain],
    ["unsendable.yaml", unsendable, seed],
    ["syntax.yaml", "effects:\n  - a\n b: c\n", seed],
    ["twice.json", '{ "journal": "a", "journal": "b" }\n', seed],
    ["secret.yaml", `listen: { token: "${variable("RUN_TOKEN")}" }\n`, seed],
    ["module.js", "export default { effects: { 'Network.UpdateDNS': { run: 5 } }, probes: {} };\n", seed],
    ["empty.js", "export const config = {};\n", seed],
  ])("is told all at once, each with its place and the way out: %s", async (name, text, source) => {
    const page = `# ${name}\n\n\`\`\`\n${text}\`\`\`\n\n\`\`\`text\n${await problemsOf(name, text, source)}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot(`../../../snapshots/config/${name}.md`);
  });
});

it("is the same in YAML, in JSON and in JavaScript", async () => {
  const folder = scratchFolder();
  const config = {
    effects: { "Network.UpdateDNS": { http: { url: "http://dns/{0}" }, timeout: "5s" }, "Alerts.PageEngineers": { log: {} } },
    retry: { initial: "100ms", max: "1m" },
    journal: "data",
  };
  writeFileSync(join(folder, "a.json"), JSON.stringify(config));
  writeFileSync(join(folder, "a.mjs"), `export default ${JSON.stringify(config)};`);
  const yaml = `effects:
  Network.UpdateDNS: { http: { url: "http://dns/{0}" }, timeout: 5s }
  Alerts.PageEngineers: { log: {} }
retry: { initial: 100ms, max: 1m }
journal: data
`;
  writeFileSync(join(folder, "a.yml"), yaml);
  const [json, module, data] = await Promise.all(["a.json", "a.mjs", "a.yml"].map((name) => readConfig(join(folder, name), {})));
  expect(json?.config).not.toBeNull();
  expect(module?.config).toEqual(json?.config);
  expect(data?.config).toEqual(json?.config);
  expect(json?.config?.retry).toEqual({ initial: 100, max: 60_000 });
});

it("takes variables of the environment, and names those that are not set", () => {
  const [one, two, inherited] = ["ONE", "TWO", "toString"].map(variable);
  const config = { a: `x${one}y`, list: [two], plain: `$${one}`, number: 3, constructor: inherited };
  const { value, problems } = interpolate(config, { ONE: "1" });
  expect(value).toMatchObject({ a: "x1y", plain: one, number: 3 });
  expect(problems.map(({ path, message }) => [pathText(path), message])).toEqual([
    ["list[0]", "the environment has no variable TWO"],
    ["constructor", "the environment has no variable toString"],
  ]);
});

it("looks for a configuration under its default names", () => {
  const folder = scratchFolder();
  expect(findConfig(folder)).toBeNull();
  writeFileSync(join(folder, "vedc.config.yml"), "");
  mkdirSync(join(folder, "sub"));
  expect(findConfig(folder)).toBe("vedc.config.yml");
});

describe("a duration", () => {
  it("is a number with its unit", () => {
    const texts = ["500ms", "2s", "1.5m", "1h", "1d", "5", "s", "-1s", "1 s", "1w", "1e3s", ""];
    expect(texts.map(readDuration)).toEqual([500, 2000, 90_000, 3_600_000, 86_400_000, null, null, null, null, null, null, null]);
  });

  it("never is anything but a whole number of ms, or nothing", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = readDuration(text);
        return ms === null || (Number.isSafeInteger(ms) && ms >= 0);
      }),
    );
  });
});
