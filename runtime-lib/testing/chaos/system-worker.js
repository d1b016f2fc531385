// A worker for a system: it is killed again and again over one journal, between commit and delivery as everywhere else,
// and a world remembers which jobs were done.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Frame } from "./frame.js";

const child = fileURLToPath(new URL("system-child.js", import.meta.url));

/** A worker that kills a system of a dispatcher and its workers. */
export class SystemWorker extends Frame {
  /** How many jobs are wanted: as was acknowledged, and as was sent last. */
  #wanted = { acknowledged: 0, sent: 0 };

  constructor(dist, journal) {
    super(child, dist, journal);
  }

  /** Lives one life: more and more jobs are wanted, until it is killed at a random moment. */
  async live() {
    const life = this.start();
    const ready = life.message("ready");
    if (randomInt(5) === 0) await Promise.race([sleep(randomInt(30, 120)), ready]);
    else {
      this.#checkReady(await ready);
      await Promise.race([sleep(randomInt(200)), this.#ask(life)]);
    }
    life.process.kill("SIGKILL");
    await life.exit;
  }

  #checkReady(message) {
    if (message === null) return;
    const { wanted } = message.ready;
    const { acknowledged, sent } = this.#wanted;
    if (wanted < acknowledged || wanted > sent)
      this.violations.push(`an acknowledged observation is lost: ${wanted} jobs are wanted, and it was told ${acknowledged}`);
    this.#wanted = { acknowledged: wanted, sent: wanted };
  }

  async #ask(life) {
    for (;;) {
      const wanted = this.#wanted.sent + 1 + randomInt(4);
      this.#wanted.sent = wanted;
      const answer = life.message("acknowledged");
      life.tell({ wanted });
      if ((await answer) === null) return;
      this.#wanted.acknowledged = wanted;
      this.acknowledged += 1;
      await sleep(randomInt(20));
    }
  }

  /**
   * Waits until everything comes to rest, as it does without faults; then each job was done once, answered once, and in order.
   */
  async rest() {
    this.world.isCalm = true;
    const life = this.start();
    this.#checkReady(await life.message("ready"));
    const settled = life.message("settled");
    life.tell({});
    const result = await Promise.race([settled, sleep(60_000, null, { ref: false })]);
    if (result == null) this.violations.push("it does not come to rest within 60 s");
    else this.#compare(result);
    life.process.stdin.end();
    await Promise.race([life.exit, sleep(5000, null, { ref: false })]);
    life.process.kill("SIGKILL");
    this.world.isCalm = false;
    this.rests += 1;
  }

  #compare({ settled: { wanted, asked, finished, checksum }, phase, workers }) {
    const done = [...this.world.done.values()].map((body) => JSON.parse(body).value).sort((a, b) => a - b);
    const all = Array.from({ length: asked }, (_, index) => index + 1);
    if (phase !== "resting") this.violations.push(`it is ${phase} with ${finished} of ${asked} jobs finished`);
    if (asked < wanted) this.violations.push(`${wanted} jobs are wanted, and ${asked} were handed out`);
    if (done.join() !== all.join()) this.violations.push(`${asked} jobs were handed out, and done were ${done.join()}`);
    if (finished !== asked || checksum !== (asked * (asked + 1)) / 2)
      this.violations.push(`${asked} jobs were handed out, and ${finished} answers came, with the sum ${checksum}`);
    if (workers.some(({ isOutOfOrder }) => isOutOfOrder)) this.violations.push("jobs arrived out of order");
  }
}
