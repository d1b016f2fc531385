// What it takes to find out what is wrong with a source, in a process that has done nothing before: milliseconds, milliseconds of user
// CPU, and the most memory that the process had. Usage: node checking.js <folder of the version> <source>
import { readFileSync } from "node:fs";
import process from "node:process";
import { importOf } from "../package-of.js";
import { stopwatch } from "../stopwatch.js";

const [root, path] = process.argv.slice(2);
const { compile } = await importOf(root, "vedc");
const text = readFileSync(path, "utf8");
const read = stopwatch();
compile({ path, text });
const reading = read();
const bytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ ...reading, bytes })}\n`);
