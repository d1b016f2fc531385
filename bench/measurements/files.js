// What many files take that have a domain each: to check them, to build them into an empty folder, and to build them again once one of
// them was edited. For each: milliseconds, milliseconds of user CPU, and bytes of memory. Usage: node files.js <module> <files>
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { cold } from "../cold.js";
import { service } from "../programs/families.js";

const [vedc, count] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "vedc-files-"));
try {
  const source = join(folder, "src");
  mkdirSync(source);
  for (let number = 0; number < Number(count); number += 1) writeFileSync(join(source, `s${number}.ved`), service(number));
  const check = cold([vedc, "check", source, "--quiet"]);
  const build = () => cold([vedc, "build", source, "-o", join(folder, "dist")]);
  const first = build();
  appendFileSync(join(source, "s0.ved"), "// edited\n");
  process.stdout.write(`${JSON.stringify({ check, first, again: build() })}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
