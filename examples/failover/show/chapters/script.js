import { World } from "../../world.js";

const path = "examples/failover/failover.sh";

/** Shows the script: it shuts the primary down, and dies while the data is under way. */
export async function script(stage) {
  const { screen } = stage;
  await screen.chapter("A script", "It moves a database in three steps, one after the other.");
  const world = await new World(stage.speed).open();
  try {
    await screen.command(`bash ${path}`);
    const code = await stage.run("bash", [path], {
      env: { WORLD_PORT: String(world.port) },
      onLine: (line) => screen.outputLine(line, line.startsWith("failover.sh:") ? "red" : null),
    });
    if (code === null || world.primary === "up") {
      return await screen.say("There is no bash here that can open connections: the script is left out.");
    }
    await screen.table(world.report());
    await screen.say(
      `The network dropped in step 2, and the script died with exit code ${code}. What it did stays done, the rest nobody will do, and somebody has to get up and find out which is which.`,
    );
  } finally {
    world.close();
  }
}
