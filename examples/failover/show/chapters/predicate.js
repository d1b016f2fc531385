import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadBuilt, source } from "../built.js";

/** Shows the goal as it was written, beside the function that was built of it and that decided everything so far. */
export async function predicate(stage) {
  await stage.screen.chapter("What it compiles to", "The goal, and the function that has decided all night whether to rest.");
  const { DatabaseRouting } = await loadBuilt(stage);
  const program = readFileSync(join(stage.root, source), "utf8");
  const [goal] = /^goal RoutingStable \{[\s\S]*?^\}/m.exec(program);
  await stage.screen.sideBySide(
    { caption: source, lines: goal.split("\n") },
    { caption: "dist/failover.js", lines: dedent(String(DatabaseRouting.goals.RoutingStable.reality)) },
  );
}

/** Moves the lines of a function to the margin. Its last line stands where it begins. */
function dedent(code) {
  const lines = code.split("\n");
  const margin = lines.at(-1).search(/\S/);
  return lines.map((line, index) => (index === 0 ? line : line.slice(margin)));
}
