// Probes with a clock under control, and the checks against real servers and processes.
import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";
import { describe, expect, it, onTestFinished } from "vitest";
import { quiet, TestClock } from "../../../runtime-lib/testing/clock.js";
import type { FieldDescription } from "../../2-check/description.js";
import type { ProbeConfig } from "../config/schema.js";
import { validate } from "../config/validate.js";
import { noSecrets } from "../secrets/redact.js";
import { testServer } from "../testing/server.js";
import { checkFor, type Sight } from "./checks.js";
import { Probe } from "./probe.js";

const health: FieldDescription = {
  name: "health",
  type: "string",
  members: ["up", "down"],
  doc: "",
  initial: "up",
  observed: true,
  values: [],
};

function configOf(probe: object): ProbeConfig {
  const { config, problems } = validate({ probes: [{ field: "health", ...probe }] });
  return config?.probes[0] ?? expect.fail(JSON.stringify(problems));
}

/** A probe of a world that is told what it shows. */
function probing(options: object = {}, field = health, first: Sight = { isUp: true, why: "looked" }) {
  const clock = new TestClock();
  const world = { sight: first, state: field.initial, refuses: false, looks: 0 };
  const [observed, complaints]: [unknown[], string[]] = [[], []];
  const config = configOf({ tcp: { host: "x", port: 1 }, up: "up", down: "down", every: "1s", ...options });
  const probe = new Probe({
    ...{ config, field, clock },
    check: async () => {
      world.looks += 1;
      return world.sight;
    },
    current: () => world.state,
    observe: async (facts) => {
      if (world.refuses) throw new Error("no");
      observed.push(facts);
      world.state = Reflect.get(facts, field.name);
    },
    complain: (reason) => complaints.push(reason),
  });
  probe.start();
  return { probe, clock, world, observed, complaints };
}

describe("a probe", () => {
  it("observes what differs from the instance's field, and nothing else", async () => {
    const { clock, world, observed } = probing();
    await clock.advance(5000);
    expect(observed).toEqual([]);
    world.sight = { isUp: false, why: "refused" };
    await clock.advance(3000);
    expect(observed).toEqual([{ health: "down" }]);
    // Somebody else says otherwise: what the probe sees still differs.
    world.state = "up";
    await clock.advance(1000);
    expect(observed).toEqual([{ health: "down" }, { health: "down" }]);
  });

  it("waits for as many looks in a row as `rise` and `fall` say", async () => {
    const { clock, world, observed } = probing({ fall: 3, rise: 2 });
    await clock.advance(0);
    world.sight = { isUp: false, why: "" };
    await clock.advance(2000);
    world.sight = { isUp: true, why: "" };
    await clock.advance(1000);
    world.sight = { isUp: false, why: "" };
    await clock.advance(2000);
    expect(observed).toEqual([]);
    await clock.advance(1000);
    expect(observed).toEqual([{ health: "down" }]);
    world.sight = { isUp: true, why: "" };
    await clock.advance(1000);
    expect(observed).toHaveLength(1);
    await clock.advance(1000);
    expect(observed).toHaveLength(2);
  });

  it("says nothing about the side of which nothing is said", async () => {
    const { clock, world, observed } = probing({ up: undefined });
    world.state = "down";
    await clock.advance(3000);
    expect(observed).toEqual([]);
  });

  it("complains once of what cannot be observed, and goes on", async () => {
    const { clock, world, observed, complaints } = probing();
    world.refuses = true;
    world.sight = { isUp: false, why: "gone" };
    await clock.advance(3000);
    expect(complaints).toEqual(["Error: no (gone)"]);
    world.refuses = false;
    await clock.advance(1000);
    expect(observed).toEqual([{ health: "down" }]);
  });

  it("observes what a program writes, where no sides are given, and refuses what does not fit", async () => {
    const used: FieldDescription = { name: "used", type: "int", doc: "", initial: 0, observed: true, values: [] };
    const { clock, world, observed, complaints } = probing(
      { tcp: undefined, exec: { command: ["df"] }, up: undefined, down: undefined },
      used,
      { isUp: true, text: "0", why: "" },
    );
    world.sight = { isUp: true, text: "93\n", why: "df ended with 0" };
    await clock.advance(1000);
    world.sight = { isUp: true, text: "93 %", why: "df ended with 0" };
    await clock.advance(1000);
    world.sight = { isUp: false, text: "1", why: "df ended with 1" };
    await clock.advance(1000);
    expect(observed).toEqual([{ used: 93 }]);
    expect(complaints).toEqual(['it is a whole number, not "93 %" (df ended with 0)']);
  });

  it("takes no other look once it is stopped", async () => {
    const { probe, clock, world } = probing();
    await clock.advance(1000);
    probe.stop();
    const { looks } = world;
    await clock.advance(10_000);
    await quiet();
    expect([world.looks, clock.pending]).toEqual([looks, []]);
  });
});

describe("checks", () => {
  const never = new AbortController().signal;

  it("look at HTTP: the status, and what the answer contains", async () => {
    const { url } = await testServer(({ url: path }, response) =>
      response.writeHead(path === "/down" ? 503 : 200).end("role: primary"),
    );
    const look = (http: object) => checkFor(configOf({ http, up: "up" }), ".", noSecrets)(never);
    expect(await look({ url: `${url}/up?secret=1` })).toEqual({ isUp: true, why: `GET ${url} says 200` });
    expect(await look({ url: `${url}/down` })).toEqual({ isUp: false, why: `GET ${url} says 503` });
    expect(await look({ url: `${url}/down`, status: [503] })).toMatchObject({ isUp: true });
    expect(await look({ url, contains: "primary" })).toMatchObject({ isUp: true });
    expect(await look({ url, contains: "standby" })).toMatchObject({
      isUp: false,
      why: `GET ${url} says 200, without "standby"`,
    });
    expect(await look({ url: "http://127.0.0.1:1/" })).toMatchObject({ isUp: false, why: expect.any(String) });
  });

  it("look at TCP: whether a connection is accepted", async () => {
    const server = createServer((socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const look = (to: number) => checkFor(configOf({ tcp: { host: "127.0.0.1", port: to }, up: "up" }), ".", noSecrets)(never);
    expect(await look(port)).toMatchObject({ isUp: true });
    expect(await look(1)).toMatchObject({ isUp: false });
  });

  it("look at a program: how it ends, and what it writes", async () => {
    const look = (script: string, more: object = {}) =>
      checkFor(configOf({ exec: { command: [process.execPath, "-e", script], ...more }, up: "up" }), ".", noSecrets)(never);
    expect(await look("console.log(93)")).toMatchObject({ isUp: true, text: "93\n" });
    expect(await look("process.exit(2)")).toMatchObject({ isUp: false, why: `${process.execPath} ended with 2` });
    expect(await look("process.exit(2)", { status: [2] })).toMatchObject({ isUp: true });
  });

  it("are down when they take too long", async () => {
    const { url } = await testServer(() => {});
    const abort = new AbortController();
    const sight = checkFor(configOf({ http: { url }, up: "up" }), ".", noSecrets)(abort.signal);
    abort.abort();
    expect(await sight).toEqual({ isUp: false, why: "no answer in time" });
  });
});
