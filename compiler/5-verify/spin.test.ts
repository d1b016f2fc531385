// The verifier against SPIN, over the rules as they are written down in Promela and not as the kernel has them.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { scratchFolder } from "../testing/load.js";
import { type Switches, toPromela, toVed } from "../testing/promela.js";
import { verifySource } from "../testing/verify.js";

const hasSpin = spawnSync("spin", ["-V"]).status === 0 && spawnSync("cc", ["--version"]).status === 0;

const atom = fc.constantFrom("up", "!up", "other", "!other", "r0", "!r0", "r1", "!r1", "r2", "!r2");
const condition = fc.array(atom, { minLength: 1, maxLength: 2 }).map((atoms) => atoms.join(" && "));

const switches: fc.Arbitrary<Switches> = fc.record({
  goal: fc.array(condition, { minLength: 1, maxLength: 3 }).map((each) => each.map((one) => `(${one})`).join(" || ")),
  transitions: fc.array(fc.record({ guard: condition, effect: fc.constantFrom("E.A", "E.B", "E.C"), value: fc.boolean() }), {
    minLength: 3,
    maxLength: 3,
  }),
});

/** Whether SPIN finds a way to get stuck. */
function isStuckInSpin(model: Switches): boolean {
  const folder = scratchFolder();
  writeFileSync(join(folder, "model.pml"), toPromela(model));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  run("spin", "-a", "model.pml");
  run("cc", "-DSAFETY", "-w", "-o", "pan", "pan.c");
  const errors = /errors: (\d+)/.exec(run("./pan", "-m100000", "-E"))?.[1];
  if (errors === undefined) throw new Error("SPIN says nothing of errors");
  return errors !== "0";
}

it.skipIf(!hasSpin)(
  `agrees with SPIN on who can get stuck${hasSpin ? "" : " (skipped: SPIN or a C compiler is not installed)"}`,
  async () => {
    const results: boolean[] = [];
    for (const model of fc.sample(switches, { numRuns: 12, seed: 3 })) {
      const { report } = await verifySource(toVed(model));
      const found = report.findings.some(({ diagnostic }) => diagnostic.code === "VED5001");
      const isConflict = report.findings.some(({ diagnostic }) => diagnostic.code === "VED5003");
      if (isConflict) continue;
      expect(found, toVed(model)).toBe(isStuckInSpin(model));
      results.push(found);
    }
    // Both answers occur.
    expect(new Set(results).size).toBe(2);
  },
  120_000,
);
