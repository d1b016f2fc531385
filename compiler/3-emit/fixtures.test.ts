// Every fixture becomes a test: a program dropped into fixtures/ is compiled, snapshotted and type-checked.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { loadDomains, programOf, scratchFolder } from "../testing/load.js";
import { typeErrors } from "../testing/type-check.js";
import { emit } from "./emit.js";

const fixtures = readdirSync("fixtures").filter((name) => name.endsWith(".ved"));

describe.each(fixtures)("%s", (fixture) => {
  const text = readFileSync(join("fixtures", fixture), "utf8");
  const emitted = (runtime: string) => emit(programOf(text, fixture), { runtime, file: "module.js", source: fixture }).text;

  it("has nothing that the compiler would mention", () => {
    expect(compile({ path: fixture, text }).diagnostics).toEqual([]);
  });

  it("becomes the TypeScript in its snapshot", async () => {
    const page = `# ${fixture}\n\n\`\`\`ved\n${text}\`\`\`\n\n\`\`\`ts\n${emitted("vedc/runtime")}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot(`../../snapshots/generated/${fixture.replace(/\.ved$/, ".md")}`);
  });

  it("compiles under tsc --strict, also at its strictest", () => {
    const path = join(scratchFolder(), "module.ts");
    writeFileSync(path, emitted(resolve("lib/runtime-lib/index.js")));
    const strictest = {
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noImplicitReturns: true,
      noImplicitOverride: true,
    };
    expect(typeErrors([path], strictest)).toEqual([]);
  });

  it("loads, and exports each domain under its own name", async () => {
    const domains = await loadDomains(text);
    for (const { name } of programOf(text).domains) expect(domains[name]?.name).toBe(name);
  });
});

it("is the same text every time", () => {
  const text = readFileSync("fixtures/service.ved", "utf8");
  const once = () => emit(programOf(text), { runtime: "vedc/runtime", file: "module.js", source: "service.ved" });
  expect(once()).toEqual(once());
});
