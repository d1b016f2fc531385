import { readFileSync } from "node:fs";
import { join } from "node:path";
import { source } from "../built.js";
import { changes } from "../changes.js";

const repaired = "examples/failover/repaired.ved";

/** Shows the proof, the outage that pages nobody, and its repair, which is proved as well. */
export async function proof(stage) {
  const { screen } = stage;
  await screen.chapter("The proof", "That was one night. What of all the others?");
  await verify(stage, source);
  await screen.say(
    "It always comes to rest. But in step 4 the primary is back before the failover took place, nothing resets alert_sent, and the second outage pages nobody.",
  );

  await screen.chapter("The repair", "Reality A asks that the alert is reset, and a move of its own resets it.");
  const text = (path) => readFileSync(join(stage.root, path), "utf8");
  await screen.output(changes(text(source), text(repaired)), colourOf);
  await verify(stage, repaired);
  await screen.say(
    "From reality A every outage now pages somebody. The warning that is left is about a status nobody has thought of: a type that lists the known ones settles it.",
  );
}

/** Gives the verdict, what is found, and the stories: without the conditions and states that `vedc verify` gives with them. */
async function verify(stage, path) {
  const lines = await stage.vedc(["verify", path], "shortened");
  const isShown = (line) => /^\w+: |^warning|^ +Looked|^ +\d+\. |^ +it rests/.test(line);
  await stage.screen.output(lines.filter(isShown), colourOf);
}

function colourOf(line) {
  if (/^\w+: proved|^\+/.test(line)) return "green";
  if (/^-/.test(line)) return "red";
  return line.startsWith("warning") ? "yellow" : null;
}
