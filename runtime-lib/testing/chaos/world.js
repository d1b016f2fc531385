// The world behind the effects: an HTTP server that honours idempotency keys, and itself fails, stalls and hangs up.
import { randomInt } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What the server does with a request; those of one kind are as likely as they are often listed. */
const manners = ["well", "well", "well", "fail", "stall", "drop before", "drop after"];

/** The world of one worker, which remembers what was asked of it. */
export class World {
  /** The route of each instance, as the DNS has it. */
  routes = new Map();
  /** Keys of effects that were carried out, each with the request that did it. */
  done = new Map();
  /** How many pages each instance has sent. */
  pages = new Map();
  violations = [];
  requests = 0;
  isCalm = false;
  #server;

  /** Listens on a free port of the loopback. Gives the port. */
  async listen() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this.#server.address().port;
  }

  /** Stops listening, and hangs up on everybody. */
  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request, response) {
    let body = "";
    for await (const data of request) body += data;
    this.requests += 1;
    const manner = this.isCalm ? "well" : manners[randomInt(manners.length)];
    if (manner === "drop before") return response.destroy();
    if (manner === "fail") return response.writeHead(503).end();
    this.#carryOut(request.headers["idempotency-key"], body);
    if (manner === "drop after") return response.destroy();
    // Longer than the client waits.
    if (manner === "stall") await sleep(400);
    response.writeHead(200).end();
  }

  #carryOut(key, body) {
    const before = this.done.get(key);
    if (before !== undefined) {
      if (before !== body) this.violations.push(`the key ${key} came with ${before} and with ${body}`);
      return;
    }
    this.done.set(key, body);
    const { effect, instance, value } = JSON.parse(body);
    if (effect === "dns") this.routes.set(instance, value);
    else this.pages.set(instance, (this.pages.get(instance) ?? 0) + 1);
  }
}
