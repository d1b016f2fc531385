// Requests that say something twice, or leave open where they end: two who read them could read two things.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectUnharmed, open } from "../testing/hostile.js";
import { startTestService, type TestService } from "../testing/service.js";

const source = readFileSync("fixtures/failover.ved", "utf8");
const effects = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };
const token = "a-token-of-some-length";
const path = "/api/instances/DatabaseRouting/default/observe";
const facts = '{"primary_status":"failed"}';

/** The statuses that are answered to what is sent as it is. */
async function statuses(service: TestService, text: string): Promise<number[]> {
  const { socket, received, closed } = await open(service);
  socket.on("error", () => {});
  socket.write(text);
  await expect.poll(received).toMatch(/^HTTP\/1\.1 \d{3}/);
  socket.end();
  await closed;
  return [...received().matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

const get = (...headers: string[]) => `GET /api/program HTTP/1.1\r\n${headers.map((each) => `${each}\r\n`).join("")}\r\n`;
const post = (body: string, ...headers: string[]) =>
  `POST ${path} HTTP/1.1\r\n${headers.map((each) => `${each}\r\n`).join("")}\r\n${body}`;
const [host, json, length] = ["Host: localhost", "Content-Type: application/json", `Content-Length: ${facts.length}`];

describe("a request is refused with 400", () => {
  it.each([
    ["two hosts, the first a good one", get(host, "Host: evil.example")],
    ["two hosts, the second a good one", get("Host: evil.example", host)],
    ["the same host twice, in other letters", get(host, "HOST: localhost")],
    ["a second host behind thousands of headers", get(host, ...Array.from({ length: 2500 }, () => "a:"), "Host: evil.example")],
    ["no host", get()],
    ["an empty host", get("Host: ")],
    ["two hosts in one", get("Host: localhost, evil.example")],
    ["a host with a user", get("Host: localhost@evil.example")],
    ["two hosts in a request for health", get(host, host).replace("/api/program", "/healthz")],
    ["no host, in HTTP/1.0", get().replace("HTTP/1.1", "HTTP/1.0")],
    ["two tokens", get(host, "Authorization: Bearer a", "Authorization: Bearer b")],
    ["two origins", get(host, "Origin: http://localhost", "Origin: http://evil.example")],
    ["two sites", post(facts, host, json, length, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site")],
    ["two types", post(facts, host, json, "Content-Type: text/plain", length)],
    ["two lengths", post(facts, host, json, length, "Content-Length: 5")],
    ["the same length twice", post(facts, host, json, length, length)],
    ["a length and chunks", post(`0\r\n\r\n${facts}`, host, json, length, "Transfer-Encoding: chunked")],
    ["chunks, and something else last", post("0\r\n\r\n", host, json, "Transfer-Encoding: chunked, identity")],
    ["chunks twice", post("0\r\n\r\n", host, json, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")],
    ["a length that is none", post(facts, host, json, "Content-Length: +27")],
    ["a space before a colon", get("Host : localhost")],
    ["a line that goes on", get(host, "X-A: b\r\n c: d")],
    ["lines that end in \\n alone", get(host, "X-A: b\nHost: evil.example")],
    ["NUL in a header", get(host, "X-A: b\u0000c")],
  ])("that has %s", async (_, text) => {
    const service = await startTestService({ source, config: { effects } });
    expect((await statuses(service, text)).at(0)).toBe(400);
    await expectUnharmed(service);
  });
});

it("a request says its token once, also where the right one is among two", async () => {
  const service = await startTestService({ source, config: { effects, listen: { token } } });
  const right = `Authorization: Bearer ${token}`;
  expect(await statuses(service, get(host, right, "Connection: close"))).toEqual([200]);
  expect(await statuses(service, get(host, right, "Authorization: Bearer other", "Connection: close"))).toEqual([400]);
});

it("a request whose target names a host is one to that host", async () => {
  const service = await startTestService({ source, config: { effects } });
  const to = (target: string) => get(host, "Connection: close").replace("/api/program", target);
  expect(await statuses(service, to("http://localhost/api/program"))).toEqual([200]);
  expect(await statuses(service, to("http://evil.example/api/program"))).toEqual([403]);
});
