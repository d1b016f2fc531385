// What all workers of the chaos test have in common: a world, a process that is killed again and again over one journal, and a
// rest every now and then at which all is compared.
import { startLife } from "./life.js";
import { World } from "./world.js";

/** Every so many kills all comes to rest, and is compared. */
const killsBetweenRests = 20;

/**
 * A worker, but for what it runs, which says `live()`, a life that ends by SIGKILL, and `rest()`, one without faults that is
 * compared.
 */
export class Frame {
  world = new World();
  violations = this.world.violations;
  kills = 0;
  rests = 0;
  acknowledged = 0;
  #child;
  #dist;
  #journal;
  #port = 0;

  /** @param child the program of the process */
  constructor(child, dist, journal) {
    this.#child = child;
    this.#dist = dist;
    this.#journal = journal;
  }

  /** Kills so often; `onKill` hears of each. Ends early at a violation, or when the signal aborts. */
  async run(kills, onKill, signal) {
    this.#port = await this.world.listen();
    try {
      while (this.kills < kills && this.violations.length === 0 && !signal.aborted) {
        await this.live();
        this.kills += 1;
        onKill();
        if (this.kills % killsBetweenRests === 0 || this.kills === kills) await this.rest();
      }
    } finally {
      this.world.close();
    }
  }

  /** Starts a life of the process over the journal. */
  start() {
    const args = [this.#child, this.#dist, this.#journal, String(this.#port)];
    return startLife(args, (crash) => this.violations.push(crash));
  }
}
