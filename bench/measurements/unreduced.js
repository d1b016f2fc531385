// How far the verifier gets with the one domain of a file when it follows every order of what is independent: what its reduction
// saves. This looks inside, and so it measures only the version that it belongs to. Usage: node unreduced.js <source>
import { readFileSync } from "node:fs";
import process from "node:process";
import { loadDefinitions } from "../../lib/compiler/4-bundle/load.js";
import { Graph } from "../../lib/compiler/5-verify/graph.js";
import { inputsOf } from "../../lib/compiler/5-verify/inputs.js";
import { Walker } from "../../lib/compiler/5-verify/walker.js";
import { compile } from "../../lib/compiler/index.js";
import { stopwatch } from "../stopwatch.js";

const [path] = process.argv.slice(2);
const { program } = compile({ path, text: readFileSync(path, "utf8") });
const [domain] = program.domains;
const definition = (await loadDefinitions(program))[domain.name];
const graph = new Graph(new Walker(domain, definition, inputsOf(domain), false), new Set());
const read = stopwatch();
const steps = graph.explore(2048);
while (!steps.next(null).done);
process.stdout.write(`${JSON.stringify({ ...read(), nodes: graph.size, steps: graph.steps, bytes: graph.bytes })}\n`);
