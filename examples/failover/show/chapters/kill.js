import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { World } from "../../world.js";
import { distOf } from "../built.js";
import { Timeline } from "../timeline.js";

const controllerPath = fileURLToPath(new URL("../../controller.js", import.meta.url));

/** Shows the next outage, in which the controller itself is killed at step 2, and comes back over its journal. */
export async function kill(stage) {
  const { screen } = stage;
  await screen.chapter("The kill", "The next outage, and the process dies at step 2: kill -9 while the page is on its way.");
  const journal = join(stage.folder, "journal");
  const timeline = new Timeline(screen);
  const world = await new World(stage.speed).open();
  const startController = () => {
    const controller = stage.start(controllerPath, distOf(stage), journal, world.url);
    controller.on("message", (event) => timeline.event(event));
    return controller;
  };
  try {
    const first = startController();
    await stage.until(next(first, "rested"));
    world.primary = "off";
    world.isSilent = true;
    first.send({ primary_status: "failed" });
    await stage.until(Promise.all([next(first, "committed"), once(world, "page")]));
    first.kill("SIGKILL");
    await stage.ended(first);
    timeline.note("killed", "red", "Did the page arrive? The only one who knew is dead.");
    await stage.pause(1500);

    world.isSilent = false;
    const second = startController();
    await stage.until(next(second, "rested"));
    second.disconnect();
    await stage.ended(second);
    await screen.table(world.report());
  } finally {
    world.close();
  }
  await screen.say(
    "A pager that was down, a kill -9, no human at the keyboard, and at no time half-finished. The journal has it all:",
  );
  const history = await stage.vedc(["inspect", journal, "--history"], "without the date");
  await screen.output(history.slice(history.indexOf("") + 1).map(withoutDate));
}

/** Resolves at the next event of a type that a controller reports. */
function next(controller, type) {
  return new Promise((resolve, reject) => {
    controller.on("message", (event) => event.type === type && resolve());
    controller.once("exit", () => reject(new Error(`the controller ended before it ${type}`)));
  });
}

/** Gives a line of a history without what is the same in all of them: the day, and whose it is. */
function withoutDate(line) {
  return line.replace(/^ +\S+ (\S+)Z {2}\S+/, "$1");
}
