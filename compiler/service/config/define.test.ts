// Configurations in a project of a user's, with the types of the package as it is installed and of the module that was built.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../4-bundle/package-root.js";
import { folderWith, vedc } from "../../testing/command.js";
import { typeErrors } from "../../testing/type-check.js";

const source = `${readFileSync("fixtures/failover.ved", "utf8")}
domain Job { state { on: bool } goal On { predicate on } transition Start { step { if !on { emit Run("job") emit Run.Again(1) on = true } } } }
domain Web { state { on: bool } goal On { predicate on } transition Start { step { if !on { emit Box.Start(name: "web", hard: true) on = true } } } }`;

function errorsIn(file: string, text: string): string[] {
  const folder = folderWith({ "failover.ved": source, "package.json": '{ "type": "module" }' });
  expect(vedc(folder, "build", "failover.ved", "-o", "dist").status).toBe(0);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageRoot(), join(folder, "node_modules/vedc"));
  writeFileSync(join(folder, file), text);
  // Types of libraries want those of Node, as every project has them.
  return typeErrors([join(folder, file)], { allowJs: true, skipLibCheck: true });
}

it("types a configuration in JavaScript", () => {
  const text = `// @ts-check
    import { defineConfig } from "vedc/config";
    /** @import { EffectCall } from "vedc/config" */
    export default defineConfig({
      effects: {
        "Network.UpdateDNS": { http: { url: "https://dns.internal/{0}" }, retry: { max: "5s" }, concurrency: 3 },
        "Alerts.PageEngineers": (/** @type {string} */ message, /** @type {EffectCall} */ call) => message + call.key,
        "Box.Start": { run: (/** @type {{ name: string }} */ { name }) => name },
        // @ts-expect-error there is no such adapter
        "Some.Thing": { htp: { url: "https://dns.internal/" } },
      },
      // @ts-expect-error a duration has its unit
      grace: 5,
    });`;
  expect(errorsIn("vedc.config.js", text)).toEqual([]);
});

it("types a configuration for a program: what its effects take, and that none is forgotten", () => {
  const text = `import { defineConfig } from "vedc/config";
    import type { DatabaseRoutingEffects, JobEffects, WebEffects } from "./dist/failover.js";
    export default defineConfig<DatabaseRoutingEffects & WebEffects>({
      effects: {
        "Network.UpdateDNS": { http: { url: "https://dns.internal/{0}" } },
        "Alerts.PageEngineers": async (message, call) => message.toUpperCase() + call.key,
        "Box.Start": { run: ({ name, hard }) => (hard ? name : ""), timeout: "5s" },
      },
      probes: [{ field: "primary_status", tcp: { host: "db", port: 5432 }, up: "healthy" }],
    });
    defineConfig<WebEffects>({
      // @ts-expect-error an effect is missing
      effects: {},
    });
    defineConfig<WebEffects>({
      effects: {
        // @ts-expect-error it gives an object
        "Box.Start": (name: string) => name,
      },
    });
    defineConfig<WebEffects>({
      effects: {
        "Box.Start": { log: {} },
        // @ts-expect-error there is no such effect
        "Box.Stop": { log: {} },
      },
    });
    defineConfig<JobEffects>({ effects: { Run: (name) => name.trim(), "Run.Again": (times) => times.toFixed() } });`;
  expect(errorsIn("config.ts", text)).toEqual([]);
});
