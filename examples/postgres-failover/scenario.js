// The scenario: a real primary with a streaming replica, a client that writes all the while, a pager that is down at first, and
// `vedc run` in a process of its own, which may be killed as well.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { world } from "../failover-service/world.js";
import { freePort } from "../free-port.js";
import { openProxy } from "./proxy.js";
import { startWriter } from "./writer.js";

const run = promisify(execFile);
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Says whether PostgreSQL's servers are installed where Debian puts them, or where PGBIN says. */
export function hasPostgres() {
  const root = "/usr/lib/postgresql";
  const folders = existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : [];
  return [...folders, process.env.PGBIN ?? ""].some((folder) => folder !== "" && existsSync(join(folder, "initdb")));
}

/**
 * Plays it from the first start to the restoration, and gives what was measured.
 * @param say hears what happens @param kills how often `vedc run` is killed in the middle of the failover, and of the way back
 */
export async function play({ say = () => {}, kills = 0, random = Math.random } = {}) {
  const began = Date.now();
  const tell = (text) => say(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  const stage = await openStage();
  const { node, pager, proxy, controller } = stage;
  try {
    await controller.start(tell);
    await controller.until(({ standing, goals }) => standing === "resting" && goals.RoutingStable.reality === "A");
    const writer = await startWriter(proxy.port);
    await until(() => writer.acknowledged.length > 50);
    tell(`reality A; a client writes through the proxy (${writer.acknowledged.length} so far), and the pager is down`);

    await pager("DELETE");
    writer.state.longestOutage = 0;
    await node("kill", "primary");
    const killedAt = Date.now();
    tell("the primary was killed with SIGKILL");
    for (let kill = 0; kill < kills; kill += 1) await killController(controller, tell, random() * 1500);
    await until(() => proxy.route === "replica" && writer.state.lastAt > killedAt + writer.state.longestOutage);
    const failedOverIn = writer.state.longestOutage;
    tell(`the client writes again, to the replica: it was cut off for ${failedOverIn} ms`);
    const pagesBefore = (await pager("GET")).pages.length;
    await pager("PUT");
    await controller.until(({ standing, goals }) => standing === "resting" && goals.RoutingStable.reality === "B");
    tell("the pager is up again: the page went out; reality B");

    writer.state.longestOutage = 0;
    await node("follow", "primary");
    tell("an engineer brought the old primary back, as a standby");
    for (let kill = 0; kill < kills; kill += 1) await killController(controller, tell, random() * 2500);
    await controller.until(({ standing, goals }) => standing === "resting" && goals.RoutingStable.reality === "A");
    const { length } = writer.acknowledged;
    await until(() => writer.acknowledged.length > length + 50);
    const restoredIn = writer.state.longestOutage;
    tell(`restored without a human: reality A, the client was cut off for ${restoredIn} ms`);

    const { pages } = await pager("GET");
    const lost = await writer.stop();
    const result = {
      written: writer.acknowledged.length,
      lost: lost.length,
      failedOverIn,
      restoredIn,
      pagesBefore,
      pages: pages.length,
      route: proxy.route,
      roles: [await stage.role("primary"), await stage.role("replica")],
      kills: controller.kills,
    };
    tell(`${result.written} writes were acknowledged, and ${result.lost} of them lost`);
    return result;
  } finally {
    await stage.close();
  }
}

async function killController(controller, tell, delay) {
  await sleep(delay);
  await controller.kill();
  tell(`\`vedc run\` was killed with SIGKILL, ${Math.round(delay)} ms later, and starts again`);
  await controller.start(tell);
}

/** Opens everything that there is: two nodes, a proxy, a pager, and the controller, in a folder of its own. */
async function openStage() {
  const cluster = await mkdtemp(join(tmpdir(), "ved-postgres-"));
  // PostgreSQL runs as another user than root.
  await chmod(cluster, 0o777);
  const ports = { primary: await freePort(), replica: await freePort() };
  const environment = {
    ...process.env,
    CLUSTER: cluster,
    PRIMARY_PORT: String(ports.primary),
    REPLICA_PORT: String(ports.replica),
  };
  const node = (action, name) => run(path("node.sh"), [action, name], { env: environment });
  const proxy = await openProxy(ports);
  const { url: pagerUrl, close: closePager } = await world(0);
  const pager = async (method) => (await fetch(method === "GET" ? `${pagerUrl}/` : `${pagerUrl}/pager`, { method })).json();
  const controller = controllerWith({ ...environment, PROXY_URL: proxy.url, PAGER_URL: pagerUrl });
  const close = async () => {
    await controller.stop();
    for (const name of ["replica", "primary"]) await node("fence", name).catch(() => {});
    proxy.close();
    closePager();
    await rm(cluster, { recursive: true, force: true });
  };
  try {
    await node("create", "primary");
    await query(ports.primary, "create table written (number int primary key)");
    await node("clone", "replica");
  } catch (error) {
    await close();
    throw error;
  }
  const role = async (name) =>
    (await query(ports[name], "select pg_is_in_recovery() as standby"))[0].standby ? "standby" : "primary";
  return { node, pager, proxy, controller, role, close };
}

/** Starts `vedc run`, in a process of its own. */
function controllerWith(env) {
  let child = null;
  let url = "";
  const self = {
    kills: 0,
    async start(tell) {
      const args = [
        path("../../bin/vedc.js"),
        "run",
        path("failover.ved"),
        "--config",
        path("vedc.config.yaml"),
        "--log",
        "json",
      ];
      child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
      let trouble = "";
      child.stderr.setEncoding("utf8").on("data", (text) => {
        trouble += text;
      });
      const own = child;
      const started = new Promise((resolve, reject) => {
        own.once("exit", (code) => reject(new Error(`vedc run ended with ${code}: ${trouble}`)));
        createInterface({ input: own.stdout }).on("line", (line) => {
          const { type, text } = JSON.parse(line);
          const [found] = /http:\S+/.exec(type === "service" ? text : "") ?? [];
          if (found !== undefined) resolve(found);
          else if (["dispatched", "failed", "unknown", "committed", "rested", "recovered"].includes(type)) tell(`    ${text}`);
        });
      });
      started.catch(() => {});
      url = await started;
    },
    async kill() {
      self.kills += 1;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    /** Waits until the instance is as it should be. */
    until: (isSo) =>
      until(async () => {
        const answer = await fetch(`${url}api/instances/DatabaseRouting/default`).catch(() => null);
        return answer?.ok === true && isSo(await answer.json());
      }),
    async stop() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
  return self;
}

async function query(port, text) {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function until(isSo, limit = 60_000) {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error(`this did not come about within ${limit / 1000} s: ${isSo}`);
}
