// The size of a file, as it is and gzipped, in bytes. Usage: node size.js <file>
import { readFileSync } from "node:fs";
import process from "node:process";
import { gzipSync } from "node:zlib";

const [path] = process.argv.slice(2);
const content = readFileSync(path);
process.stdout.write(`${JSON.stringify({ bytes: content.length, gzipped: gzipSync(content).length })}\n`);
