// A worker for a domain: a process that is killed again and again over one journal, and a world that remembers.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Frame } from "./frame.js";

const child = fileURLToPath(new URL("child.js", import.meta.url));
const instances = ["orders", "users", "invoices", "a/b"];

/** A worker that kills a domain with several instances. */
export class Worker extends Frame {
  /** For each instance the value that was acknowledged last, and what was sent since: each of them may hold. */
  #possible = new Map(instances.map((key) => [key, ["healthy"]]));
  #nextId = 0;

  constructor(dist, journal) {
    super(child, dist, journal);
  }

  /** Lives one life: observations in quick succession, until it is killed at a random moment. */
  async live() {
    const life = this.start();
    const ready = life.message("ready");
    // Sometimes it does not even get through its recovery.
    if (randomInt(5) === 0) await Promise.race([sleep(randomInt(30, 120)), ready]);
    else {
      this.#checkReady(await ready);
      await Promise.race([sleep(randomInt(120)), this.#observe(life)]);
    }
    life.process.kill("SIGKILL");
    await life.exit;
  }

  #checkReady(message) {
    if (message === null) return;
    for (const [key, possible] of this.#possible) {
      const status = message.ready[key]?.primary_status ?? "healthy";
      if (possible.includes(status)) this.#possible.set(key, [status]);
      else
        this.violations.push(`an acknowledged observation is lost: ${key} is ${status}, and it was told ${possible.join(", ")}`);
    }
  }

  /** Observes facts of instances, each the next once the one before is acknowledged. */
  async #observe(life) {
    const waiting = new Map();
    life.listeners.add(({ acknowledged }) => waiting.get(acknowledged)?.());
    const tell = async (key) => {
      for (;;) {
        const value = randomInt(2) === 0 ? "failed" : "healthy";
        const id = this.#nextId++;
        const answer = new Promise((resolve) => waiting.set(id, resolve));
        this.#possible.get(key).push(value);
        life.tell({ id, key, facts: { primary_status: value } });
        await answer;
        this.acknowledged += 1;
        this.#possible.set(key, [value]);
        await sleep(randomInt(40));
      }
    };
    await Promise.all(instances.map(tell));
  }

  /** Waits until everything comes to rest, as it does without faults; then the world and the state agree. */
  async rest() {
    this.world.isCalm = true;
    const life = this.start();
    this.#checkReady(await life.message("ready"));
    const settled = life.message("settled");
    life.tell({});
    const result = await Promise.race([settled, sleep(30_000, null, { ref: false })]);
    if (result == null) this.violations.push("it does not come to rest within 30 s");
    else for (const [key, state] of Object.entries(result.states)) this.#compare(key, state, result.settled[key]);
    life.process.stdin.end();
    await Promise.race([life.exit, sleep(5000, null, { ref: false })]);
    life.process.kill("SIGKILL");
    this.world.isCalm = false;
    this.rests += 1;
  }

  #compare(key, state, { phase, activations }) {
    const { primary_status, active_route, alert_sent } = state;
    const world = this.world.routes.get(key) ?? "primary";
    if (phase !== "resting" || activations.length > 0)
      this.violations.push(`${key} is ${phase} with ${activations.length} activations`);
    if (world !== active_route)
      this.violations.push(`half-finished: ${key} has the route ${active_route}, and the DNS has ${world}`);
    if (alert_sent && !this.world.pages.has(key))
      this.violations.push(`half-finished: ${key} says that a page was sent, and none was`);
    if (!this.#possible.get(key).includes(primary_status))
      this.violations.push(`${key} rests with ${primary_status}, which it was not told`);
  }
}
