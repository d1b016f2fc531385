import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quietly } from "./command.js";

/** Starts the domain of the template as it was built, and expects it to do what it says. */
const use = `
import { Website } from "./out/website.js";
import { fileJournal } from "./out/journal.js";

const calls = [];
const effects = {
  Visitors: { Show: async (page) => calls.push(page) },
  People: { Tell: async (message) => calls.push(message) },
};
const website = await Website.start({ effects, journal: fileJournal("./artifact-data") });
await website.observe({ health: "down" });
await website.settled();
await website.stop();
const again = await Website.start({ effects, journal: fileJournal("./artifact-data") });
if (calls.length !== 2 || again.status.goals.Served.reality !== "B") throw new Error(JSON.stringify([calls, again.status]));
await again.stop();
`;

/**
 * What is done with each Node, in order. Where one that others stand on fails, these are not tried. Each is given what runs commands
 * with that Node, a folder of its own with the packed package beside it, and the folder of the project.
 */
export const steps = {
  install: {
    isGround: true,
    perform({ run, home, tarball }) {
      mkdirSync(home);
      writeFileSync(join(home, "package.json"), '{ "private": true }');
      run(home, "npm", "install", ...quietly, tarball);
    },
  },
  init: {
    isGround: true,
    perform({ run, home }) {
      run(home, "npx", "--no-install", "vedc", "init", "demo");
      run(join(home, "demo"), "npm", "install", ...quietly);
    },
  },
  check: { perform: ({ run, home }) => run(join(home, "demo"), "npm", "run", "check") },
  verify: { perform: ({ run, home }) => run(join(home, "demo"), "npm", "run", "verify") },
  simulate: { perform: ({ run, home }) => run(join(home, "demo"), "npx", "vedc", "simulate", "src", "--runs", "50") },
  build: { perform: ({ run, home }) => run(join(home, "demo"), "npx", "vedc", "build", "src", "-o", "out", "--minify") },
  artifact: {
    perform({ run, home }) {
      writeFileSync(join(home, "demo/use.js"), use);
      run(join(home, "demo"), "node", "use.js");
    },
  },
  test: { perform: ({ run, home }) => run(join(home, "demo"), "npm", "test") },
  quick: {
    isApart: true,
    perform: ({ run, root }) => run(root, "node", "node_modules/vitest/vitest.mjs", "run", "--mode", "quick", "--reporter=dot"),
  },
};
