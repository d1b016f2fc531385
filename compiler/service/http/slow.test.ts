// Clients that take their time, or never come to an end.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectUnharmed, open } from "../testing/hostile.js";
import { startTestService, until } from "../testing/service.js";

const source = readFileSync("fixtures/failover.ved", "utf8");
const effects = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };
const path = "/api/instances/DatabaseRouting/default/observe";

describe("slow ones", () => {
  it("hold nobody else up: a thousand idle streams, and a hundred requests that never end", async () => {
    const service = await startTestService({ source, config: { effects } });
    const streams = await Promise.all(Array.from({ length: 1000 }, () => open(service)));
    for (const { socket } of streams) socket.write("GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await until(() => streams.every(({ received }) => received().includes("retry:")));
    const halves = await Promise.all(Array.from({ length: 100 }, () => open(service)));
    for (const { socket } of halves) socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n`);
    await expectUnharmed(service);
    expect((await service.observe("DatabaseRouting/default", { primary_status: "failed" })).status).toBe(200);
    await until(() => streams.every(({ received }) => received().includes("rests in RoutingStable B")));
    expect(await (await service.get("/metrics")).text()).toContain("ved_streams_open 1000");
    for (const { socket } of streams) socket.destroy();
    await until(async () => (await (await service.get("/metrics")).text()).includes("ved_streams_open 0"));
  });

  it("are cut off when too much waits for them, and the rest goes on", async () => {
    const service = await startTestService({ source, config: { effects } });
    const { socket } = await open(service);
    socket.write("GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await until(async () => (await (await service.get("/metrics")).text()).includes("ved_streams_open 1"));
    socket.pause();
    const large = "x".repeat(60_000);
    await until(async () => {
      await service.observe("DatabaseRouting/default", { primary_status: large + Math.random() });
      return (await (await service.get("/metrics")).text()).includes("ved_streams_open 0");
    });
  });

  it("are told when the service stops", async () => {
    const service = await startTestService({ source, config: { effects } });
    const { socket, received, closed } = await open(service);
    socket.write("GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await until(() => received().includes("retry:"));
    await service.service.stop();
    await closed;
  });
});
