// Every fixture becomes a test: a program dropped into fixtures/ is compiled, snapshotted and type-checked.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { hostile, unseenIn } from "../testing/hostile-text.js";
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

it("reads as it runs: what nobody sees in strings and comments is shown as an escape", async () => {
  const odd = hostile.replaceAll("\n", "");
  const text = `// What ${odd} is
domain Odd {
  state { a: string = "${odd}", b: "x${odd}" | "y" = "y", up: bool } // ${odd}
  // Above ${odd}
  goal Up { predicate up || (a == "${odd}z" for 30s) }
  transition Go { step { if !up && b == "x${odd}" {
    // Say ${odd}
    emit Say.It("${odd}") // ${odd}
    up = true
  } } }
}
system S { start Odd["k${odd.replace(/\p{Cc}/gu, "")}"] { a = "${odd}" } }`;
  const program = programOf(text, "odd.ved");
  const { text: emitted } = emit(program, { runtime: "vedc/runtime", file: "module.js", source: "odd.ved" });
  expect(emitted).toContain("202e");
  expect(unseenIn(emitted)).toEqual([]);
  expect((await loadDomains(text)).Odd?.initial).toMatchObject({ a: odd, b: "y" });
});

it("is the same text every time", () => {
  const text = readFileSync("fixtures/service.ved", "utf8");
  const once = () => emit(programOf(text), { runtime: "vedc/runtime", file: "module.js", source: "service.ved" });
  expect(once()).toEqual(once());
});
