// npm start: a script that leaves a database half-finished, and the same outage with Ved. Whatever it says has really run just
// now. In a terminal it goes at a pace to read along; `--fast` and pipes do not wait.
import process from "node:process";
import { kill } from "./show/chapters/kill.js";
import { outage } from "./show/chapters/outage.js";
import { page } from "./show/chapters/page.js";
import { predicate } from "./show/chapters/predicate.js";
import { proof } from "./show/chapters/proof.js";
import { script } from "./show/chapters/script.js";
import { Interrupted, Stage } from "./show/stage.js";

const { stdout, stderr, argv } = process;
const stage = new Stage(stdout, { isFast: !stdout.isTTY || argv.includes("--fast") });
try {
  for (const chapter of [script, outage, kill, proof, predicate, page]) await chapter(stage);
} catch (error) {
  if (!(error instanceof Interrupted)) stderr.write(`The show broke off: ${error.message}\n`);
  process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
} finally {
  await stage.close();
}
