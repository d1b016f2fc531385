// How long a session takes to say what is wrong after a keystroke, in milliseconds of user CPU: the median and the worst of many, in
// places all over the file; each is taken back by the next one. The first ones warm up.
// Usage: node keystrokes.js <folder of the version> <source> <keystrokes>
import { readFileSync } from "node:fs";
import process from "node:process";
import { median } from "../median.js";
import { importOf } from "../package-of.js";
import { stopwatch } from "../stopwatch.js";

const [root, path, count] = process.argv.slice(2);
const { openSession } = await importOf(root, "vedc");
const text = readFileSync(path, "utf8");
const session = openSession();

function typed(next) {
  const read = stopwatch();
  session.update({ path, text: next });
  session.diagnostics(path);
  return read().cpuMilliseconds;
}

/** Most of what is typed breaks something for a moment. */
const keys = ["x", " ", "}", "{", '"', "(", "/*", "\n", "="];

/** Types one key somewhere, and takes it back. */
function stroke(index) {
  const at = Math.floor(text.length * ((index * 0.618) % 1));
  return [typed(text.slice(0, at) + keys[index % keys.length] + text.slice(at)), typed(text)];
}

typed(text);
for (let index = 0; index < 10; index += 1) stroke(index);
const readings = Array.from({ length: Number(count) / 2 }, (_, index) => stroke(index)).flat();
process.stdout.write(`${JSON.stringify({ median: median(readings), worst: Math.max(...readings) })}\n`);
