import { adaptersFor } from "../../adapters.js";
import { World } from "../../world.js";
import { distOf, loadBuilt, source } from "../built.js";
import { Timeline } from "../timeline.js";

/** Shows an outage while the pager is down as well, and the way back. */
export async function outage(stage) {
  const { screen } = stage;
  await screen.chapter("A program", `${source} has no steps: it says when all is well, and what leads back to that.`);
  const report = await stage.vedc(["build", source, "-o", distOf(stage)], "shortened");
  await screen.output(report.slice(-1));

  const { DatabaseRouting, OutcomeUnknown } = await loadBuilt(stage);
  await screen.chapter("Normal operations", "The database is healthy, and the route leads to it.");
  const world = await new World(stage.speed).open();
  const timeline = new Timeline(screen);
  const routing = await DatabaseRouting.start({
    effects: adaptersFor(world.url, OutcomeUnknown),
    key: "orders-db",
    retry: { initial: 500, max: 1000 },
    onEvent: (event) => timeline.event(event),
  });
  try {
    await screen.chapter("The crash", "A cloud outage takes the primary down. The pager's API is down, too.");
    world.primary = "off";
    world.refusals = 3;
    await routing.observe({ primary_status: "failed" });
    await stage.until(routing.settled());
    await screen.table(world.report());
    await screen.say("The pager did not hold up the failover. Now it rests in reality B: degraded, safe, and somebody knows.");

    await screen.chapter("The recovery", "Two hours later an engineer has mended the primary. Nobody runs a restore script.");
    world.primary = "up";
    await routing.observe({ primary_status: "healthy" });
    await stage.until(routing.settled());
    await screen.table(world.report());
  } finally {
    await routing.stop();
    world.close();
  }
}
