// Plays the scenario and tells what happens. `--times 10` plays it ten times, `--kills 2` kills `vedc run` itself as well.
import process from "node:process";
import { parseArgs } from "node:util";
import { hasPostgres, play } from "./scenario.js";

const { values } = parseArgs({ options: { times: { type: "string", default: "1" }, kills: { type: "string", default: "0" } } });
const say = (line) => process.stdout.write(`${line}\n`);

if (!hasPostgres()) {
  say("PostgreSQL is not installed: `apt-get install postgresql` puts it where this looks (or set PGBIN).");
  process.exit(1);
}
for (let time = 1; time <= Number(values.times); time += 1) {
  const { written, lost, failedOverIn, restoredIn, pages, kills, route } = await play({ say, kills: Number(values.kills) });
  say(
    `${time}: written ${written}, lost ${lost}, failover ${failedOverIn} ms, restoration ${restoredIn} ms, pages ${pages}, kills ${kills}, route ${route}\n`,
  );
  if (lost > 0 || pages !== 1 || route !== "primary") process.exitCode = 1;
}
