import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long the world takes to migrate half of the data, and to change the DNS, in ms. */
const latency = { migration: 900, dns: 300 };

/**
 * What a primary and its replica, their DNS and a pager look like from outside: an HTTP API on a free port of this machine.
 * Says `page` when a page has arrived.
 */
export class World extends EventEmitter {
  primary = "up";
  replica = "ready";
  dns = "primary";
  /** Calls that the pager's API still refuses. */
  refusals = 0;
  /** Whether the pager takes what it is sent and gives no answer. */
  isSilent = false;
  /** How often the pager was called, by idempotency key: one key is one page. */
  pages = new Map();
  #server = createServer((request, response) => this.#take(request, response));
  #speed;

  /** @param speed how many times faster than a real one it is */
  constructor(speed) {
    super();
    this.#speed = speed;
  }

  async open() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Gives what an operator would find who came to look, line by line. */
  report() {
    const isLost = this.dns === "primary" ? this.primary === "off" : this.replica !== "ready";
    return [
      ["primary", this.primary],
      ["replica", this.replica],
      ["DNS", `leads to the ${this.dns}${isLost ? ", where nothing answers" : ""}`],
      ["paged", this.#paged()],
    ];
  }

  #paged() {
    const calls = [...this.pages.values()].reduce((sum, count) => sum + count, 0);
    if (calls === 0) return "nobody";
    const isRepeated = calls > this.pages.size;
    return `the engineers, ${times(this.pages.size)}${isRepeated ? `, though asked ${times(calls)}: the key was the same` : ""}`;
  }

  async #take(request, response) {
    const answer = (status) => response.writeHead(status).end();
    switch (`${request.method} ${request.url}`) {
      case "PUT /primary/off":
        this.primary = "off";
        return answer(200);
      case "POST /migration":
        this.replica = "not ready, half of the data is there";
        await this.#pass(latency.migration);
        return request.socket.resetAndDestroy(); // the network drops
      case "PUT /dns/primary":
      case "PUT /dns/replica":
        await this.#pass(latency.dns);
        this.dns = request.url.slice("/dns/".length);
        return answer(200);
      case "POST /pages": {
        if (this.refusals > 0) {
          this.refusals -= 1;
          return answer(503);
        }
        const key = request.headers["idempotency-key"];
        this.pages.set(key, (this.pages.get(key) ?? 0) + 1);
        this.emit("page");
        return this.isSilent ? undefined : answer(200);
      }
      default:
        return answer(404);
    }
  }

  /** Nobody waits for a world that is closed. */
  #pass(ms) {
    return sleep(ms / this.#speed, undefined, { ref: false });
  }
}

function times(count) {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}
