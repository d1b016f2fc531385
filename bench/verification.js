// What the verifier does in a second, and how far it gets: a family of domains with growing numbers of fields and transitions.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadDefinitions } from "../lib/compiler/4-bundle/load.js";
import { Graph, graphOf } from "../lib/compiler/5-verify/graph.js";
import { inputsOf } from "../lib/compiler/5-verify/inputs.js";
import { verify } from "../lib/compiler/5-verify/verify.js";
import { Walker } from "../lib/compiler/5-verify/walker.js";
import { compile } from "../lib/compiler/index.js";

const numbers = (count) => Array.from({ length: count }, (_, index) => index);

/** Repairs that have nothing to do with each other, each with its own effect. */
function repairs(count) {
  return `domain Repairs {
    state { failed: bool ${numbers(count)
      .map((n) => `r${n}: bool`)
      .join(" ")} }
    goal Fine { predicate !failed || ${numbers(count)
      .map((n) => `r${n}`)
      .join(" && ")} }
    ${numbers(count)
      .map((n) => `transition Repair${n} { step { if failed && !r${n} { emit Fix.R${n}() r${n} = true } } }`)
      .join("\n")}
  }`;
}

/** The same with a transition that undoes them all, so that everything has to do with it. */
function undone(count) {
  const all = numbers(count).map((n) => `r${n}`);
  return repairs(count)
    .replace("!failed ||", `!failed && ${all.map((field) => `!${field}`).join(" && ")} || failed &&`)
    .replace(
      /\}\s*$/,
      `transition Undo { step { if !failed && (${all.join(" || ")}) { emit Undo.All() ${all.map((field) => `${field} = false`).join(" ")} } } } }`,
    );
}

/** Levels that are moved step by step: few transitions, many states. */
function levels(count, height) {
  const all = numbers(count);
  return `domain Levels {
    state { high: bool ${all.map((n) => `l${n}: int`).join(" ")} }
    goal Levelled { predicate high && ${all.map((n) => `l${n} == ${height}`).join(" && ")} || !high && ${all.map((n) => `l${n} == 0`).join(" && ")} }
    ${all
      .map(
        (n) =>
          `transition Level${n} { step { if high && l${n} < ${height} { emit Level.Up${n}() l${n} += 1 } else if !high && l${n} > 0 { emit Level.Down${n}() l${n} -= 1 } } }`,
      )
      .join("\n")}
  }`;
}

async function prepared(text) {
  const { program } = compile({ path: "bench.ved", text });
  const [domain] = program.domains;
  return { program, domain, definition: (await loadDefinitions(program))[domain.name] };
}

/** Explores a domain within a time. */
async function explored(text, { isReduced = true, seconds = 20 } = {}) {
  const { domain, definition } = await prepared(text);
  const walker = new Walker(domain, definition, inputsOf(domain), false);
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const graph = isReduced ? null : new Graph(walker, new Set());
  const steps = graph === null ? graphOf(walker) : graph.explore(2048);
  let next = steps.next(null);
  while (!next.done) next = steps.next(elapsed() > seconds ? "over time" : null);
  const stopped = graph === null ? next.value.stopped : next.value;
  const found = graph ?? next.value.graph;
  return { nodes: found.size, steps: found.steps, bytes: found.bytes, seconds: elapsed(), isWhole: stopped === null };
}

const seed = readFileSync(fileURLToPath(new URL("../fixtures/failover.ved", import.meta.url)), "utf8");
const { program, domain, definition } = await prepared(seed);
const times = numbers(50).map(() => {
  const began = performance.now();
  verify(domain, definition, program.source);
  return performance.now() - began;
});
const thousands = (number) => Math.round(number).toLocaleString("en");
const print = (label, value) => process.stdout.write(`  ${label.padEnd(46)} ${value}\n`);
const line = ({ nodes, steps, bytes, seconds, isWhole }) =>
  `${thousands(nodes).padStart(9)} situations ${isWhole ? "" : "and more "}in ${seconds.toFixed(2)} s, ${thousands(nodes / seconds)} /s, ${thousands(steps / seconds)} moves /s, ${Math.round(bytes / nodes)} B each`;

print("the seed, everything, the first time", `${times[0].toFixed(1)} ms`);
print("the seed, everything, median", `${times.sort((a, b) => a - b)[25].toFixed(1)} ms`);
for (const count of [6, 10, 14]) print(`${count} independent repairs`, line(await explored(repairs(count))));
for (const count of [6, 8, 10])
  print(`${count} independent repairs, every order`, line(await explored(repairs(count), { isReduced: false })));
for (const count of [4, 6, 8])
  print(`${count} repairs and what undoes them all`, line(await explored(undone(count), { seconds: 10 })));
for (const [count, height] of [
  [2, 100],
  [3, 20],
  [3, 40],
])
  print(`${count} levels of ${height}`, line(await explored(levels(count, height), { seconds: 10 })));
