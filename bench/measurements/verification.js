// What the verifier does in a second with the one domain of a file, once it is warm.
// Usage: node verification.js <folder of the version> <source>
import { readFileSync } from "node:fs";
import process from "node:process";
import { importOf } from "../package-of.js";
import { repairs } from "../programs/families.js";
import { rates, stopwatch } from "../stopwatch.js";

const [root, path] = process.argv.slice(2);
const { compile, verify } = await importOf(root, "vedc");

async function extentOf(text) {
  const { program } = compile({ path, text });
  const [{ extent }] = await verify(program);
  return extent;
}

await extentOf(repairs(8));
const text = readFileSync(path, "utf8");
const read = stopwatch();
const { nodes, steps, bytes } = await extentOf(text);
const reading = read();
const result = { ...rates(nodes, reading), ...reading, nodes, steps, bytes };
process.stdout.write(`${JSON.stringify(result)}\n`);
