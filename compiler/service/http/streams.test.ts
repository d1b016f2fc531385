// Streams over real connections: what becomes of those who do not read, and of the connections that they hold.
import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { RecentEvents } from "../recent-events.js";
import { until } from "../testing/service.js";
import { streamRoutes } from "./operations.js";
import { listen } from "./server.js";
import { Streams } from "./streams.js";

/** Streams on a free port; `connections` says how many the system has open. */
async function serving(max = 2000) {
  const recentEvents = new RecentEvents(0);
  const streams = new Streams(recentEvents, max);
  // As much of a service as this asks for.
  const app = streamRoutes({ streams } as unknown as Parameters<typeof streamRoutes>[0]);
  // Without TLS it is a plain server of Node's.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    streams.close();
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  const happen = (text: string) => recentEvents.add({ domain: "D", key: "k", at: 0, type: "observed", text, event: {} });
  return { streams, connections, happen, port };
}

/** A client that sends a request and reads nothing of the answer. */
async function silent(port: number, request = "GET /events HTTP/1.1\r\nhost: localhost\r\n\r\n"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.on("error", () => {}).pause();
  socket.write(request);
  return socket;
}

describe("a stream", () => {
  it("of somebody who does not read is closed, and so is its connection", async () => {
    const { streams, connections, happen, port } = await serving();
    await silent(port);
    await expect.poll(() => streams.open).toBe(1);
    const large = "x".repeat(100_000);
    await until(() => {
      happen(large);
      return streams.open === 0;
    });
    await expect.poll(connections).toBe(0);
  });

  it("has a connection of its own: none hides behind another", async () => {
    const { streams, port } = await serving();
    const socket = await silent(port, "GET /events HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(2));
    let received = "";
    socket.setEncoding("utf8").on("data", (text) => {
      received += text;
    });
    socket.resume();
    await expect.poll(() => received).toContain("retry:");
    expect(streams.open).toBe(1);
    // What is answered to the second request comes when the first stream is over.
    streams.close();
    await expect.poll(() => received).toContain("HTTP/1.1 400 Bad Request");
    expect(received.match(/retry:/g)).toHaveLength(1);
  });

  it("is none where only its head is asked for", async () => {
    const { streams, port } = await serving();
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/events`, { method: "HEAD" });
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    expect(streams.open).toBe(0);
  });

  it("is refused where too many connections have one, until one of these is closed", async () => {
    const { streams, port } = await serving(2);
    const [first] = [await silent(port), await silent(port)];
    await expect.poll(() => streams.open).toBe(2);
    const refused = await fetch(`http://127.0.0.1:${port}/changes`);
    expect([refused.status, await refused.json()]).toEqual([503, { error: "too many streams are open" }]);
    first.destroy();
    await expect.poll(() => streams.open).toBe(1);
    const abort = new AbortController();
    expect((await fetch(`http://127.0.0.1:${port}/changes`, { signal: abort.signal })).status).toBe(200);
    abort.abort();
    await expect.poll(() => streams.open).toBe(1);
  });
});

it("connections are not taken without end", async () => {
  const listening = await listen(new Hono(), "127.0.0.1", 0, { maxConnections: 2 });
  onTestFinished(() => listening.close());
  const [first] = [await silent(listening.port, ""), await silent(listening.port, "")];
  const third = await silent(listening.port, "");
  await new Promise((resolve) => third.once("close", resolve).resume());
  first.destroy();
  await until(() =>
    fetch(`http://127.0.0.1:${listening.port}/`).then(
      ({ status }) => status === 404,
      () => false,
    ),
  );
});

it("an answer that nobody reads is not kept for ever, and neither is its connection", async () => {
  let isClosed = false;
  const app = new Hono();
  app.get("/", (context) => {
    // What it runs on is a server of Node's.
    (context.env as HttpBindings).outgoing.once("close", () => {
      isClosed = true;
    });
    return context.body("x".repeat(50_000_000));
  });
  const listening = await listen(app, "127.0.0.1", 0, { idleTime: 200 });
  onTestFinished(() => listening.close());
  await silent(listening.port, "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await expect.poll(() => isClosed).toBe(true);
});
