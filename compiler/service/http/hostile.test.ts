// Those who mean harm, and those who merely err: clear refusals, nothing falls over, no secret in a log.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectUnharmed, open, post, raw } from "../testing/hostile.js";
import { startTestService, until } from "../testing/service.js";
import { appOf } from "./app.js";

const source = readFileSync("fixtures/failover.ved", "utf8");
const oddSource = readFileSync("fixtures/odd-names.ved", "utf8");
const effects = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };
const path = "/api/instances/DatabaseRouting/default/observe";
const token = "a-token-of-some-length";

describe("bodies", () => {
  it.each([
    ["not JSON", "{", 400, /^the body is not JSON/],
    ["nothing", "", 400, /^the body is not JSON/],
    ["a list", "[]", 400, /an observation is an object/],
    ["null", "null", 400, /an observation is an object/],
    ["a text", '"x"', 400, /an observation is an object/],
    ["__proto__ as a field", '{"__proto__":{"primary_status":"failed"}}', 422, /^nothing was observed/],
    ["constructor as a field", '{"constructor":1}', 422, /^nothing was observed/],
    ["hasOwnProperty as a field", '{"hasOwnProperty":"x"}', 422, /^nothing was observed/],
    ["an object as a value", '{"primary_status":{"toString":"x"}}', 422, /^nothing was observed/],
    ["null as a value", '{"primary_status":null}', 422, /^nothing was observed/],
    ["a number that is too large", '{"alert_sent":1e999}', 422, /^nothing was observed/],
    ["nested without end", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, 400, /an observation is an object/],
    ["too large", `{"primary_status":"${"x".repeat(70_000)}"}`, 413, /at most 65536 bytes/],
  ])("that are refused with the reason: %s", async (_, body, status, error) => {
    const service = await startTestService({ source, config: { effects } });
    const answer = await post(service, path, body);
    expect([answer.status, await answer.json()]).toEqual([
      status,
      expect.objectContaining({ error: expect.stringMatching(error) }),
    ]);
    await expectUnharmed(service);
  });

  it("that are of another type than JSON, as a form of another site would send them", async () => {
    const service = await startTestService({ source, config: { effects } });
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonx",
    ]) {
      expect((await post(service, path, '{"primary_status":"failed"}', { "content-type": type })).status).toBe(415);
    }
    const crossSite = { "content-type": "application/json", "sec-fetch-site": "cross-site" };
    expect((await post(service, path, '{"primary_status":"failed"}', crossSite)).status).toBe(403);
    await expectUnharmed(service);
  });

  it("that claim to be small and are not, and those that never end", async () => {
    const service = await startTestService({ source, config: { effects } });
    const { socket, received } = await open(service);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    for (let sent = 0; sent < 8; sent += 1) socket.write(chunk);
    await until(() => received().includes("413"));
    await expectUnharmed(service);
  });

  it("whatever they are", async () => {
    const service = await startTestService({ source, config: { effects } });
    const field = fc.oneof(
      fc.constantFrom("primary_status", "active_route", "alert_sent", "__proto__", "constructor"),
      fc.string(),
    );
    const observation = fc.dictionary(field, fc.jsonValue(), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          observation.map((facts) => JSON.stringify(facts)),
          fc.string(),
        ),
        async (body) => {
          const { status } = await post(service, "/api/instances/DatabaseRouting/fuzz/observe", body);
          expect([200, 400, 422]).toContain(status);
        },
      ),
      { numRuns: 200 },
    );
    await expectUnharmed(service);
  });
});

describe("names", () => {
  it("of instances may be what every object has, and are kept apart", async () => {
    const service = await startTestService({ source, config: { effects, instances: [] } });
    const keys = ["__proto__", "constructor", "toString", "a/b", "..", ".", "%2e%2e", " ", "ä", "<img src=x>", '"'];
    for (const [index, key] of keys.entries()) {
      // A dot alone means something in a path, and is sent as it would be by hand.
      const encoded = encodeURIComponent(key).replaceAll(".", "%2E");
      const answer = await post(
        service,
        `/api/instances/DatabaseRouting/${encoded}/observe`,
        index % 2 === 0 ? '{"primary_status":"failed"}' : "{}",
      );
      if (key === "." || key === "..") continue;
      expect([key, answer.status]).toEqual([key, 200]);
      const view = (await service.json(`/api/instances/DatabaseRouting/${encoded}`)) as { key: string; state: object };
      expect(view).toMatchObject({ key, state: { primary_status: index % 2 === 0 ? "failed" : "healthy" } });
    }
    const { instances } = (await service.json("/api/instances")) as { instances: { key: string }[] };
    expect(instances.map(({ key }) => key).sort()).toEqual(keys.filter((key) => key !== "." && key !== "..").sort());
  });

  it("that cannot be keys are refused", async () => {
    const service = await startTestService({ source, config: { effects } });
    for (const key of ["%00", "%0a", "x".repeat(201), "%E0%A4"]) {
      const answer = await post(service, `/api/instances/DatabaseRouting/${key}/observe`, "{}");
      expect([key.slice(0, 6), answer.status]).toEqual([key.slice(0, 6), 400]);
    }
    expect((await post(service, "/api/instances/DatabaseRoutin/x/observe", "{}")).status).toBe(404);
    expect((await post(service, "/api/instances/__proto__/x/observe", "{}")).status).toBe(404);
    expect((await service.get("/api/instances/DatabaseRouting/nobody")).status).toBe(404);
  });

  it("of fields and domains may be words of JavaScript", async () => {
    const service = await startTestService({ source: oddSource, observeOnly: true });
    const { domains } = (await service.json("/api/program")) as { domains: { name: string; fields: { name: string }[] }[] };
    for (const { name, fields } of domains) {
      const view = (await service.json(`/api/instances/${name}/default`)) as { state: object };
      expect(Object.keys(view.state)).toEqual(fields.map((field) => field.name));
    }
    expect((await service.get("/openapi.json")).status).toBe(200);
  });

  it("of paths lead to nothing but what there is", async () => {
    const page = [{ path: "/", type: "text/html", body: "<!doctype html>" }];
    const service = await startTestService({ source, config: { effects }, page });
    const tricks = [
      "/../package.json",
      "/..%2f..%2fpackage.json",
      "/%2e%2e/%2e%2e/etc/passwd",
      "//etc/passwd",
      "/app.js/../../x",
      "/api/../../x",
      "/\\..\\x",
      "/.git/config",
    ];
    for (const trick of tricks) {
      const { status, text } = await raw(service, { path: trick });
      expect([trick, [400, 404].includes(status)]).toEqual([trick, true]);
      expect(text).not.toContain("vedc");
    }
    for (const method of ["PUT", "DELETE", "PATCH", "TRACE"]) expect((await raw(service, { method, path })).status).toBe(404);
    await expectUnharmed(service);
  });
});

describe("queries", () => {
  it("that make no sense are refused, each part with its reason", async () => {
    const service = await startTestService({ source, config: { effects } });
    const answer = await service.get("/api/instances?limit=5000&offset=-1&standing=sleeping&domain=X&reality=B");
    expect(answer.status).toBe(400);
    const { problems } = (await answer.json()) as { problems: { at: string }[] };
    expect(problems.map(({ at }) => at)).toEqual(["domain", "standing", "reality", "limit", "offset"]);
    expect((await service.get("/api/events?since=x")).status).toBe(400);
  });
});

describe("who is asked for", () => {
  it("on loopback is this machine, and no name that was made to point here", async () => {
    const service = await startTestService({ source, config: { effects } });
    const ask = (host: string) => raw(service, { path: "/api/program", headers: { host } }).then(({ status }) => status);
    expect(
      await Promise.all(
        ["localhost", "127.0.0.1:1", "[::1]:7070", "evil.example", "evil.example:7070", "localhost.evil.example"].map(ask),
      ),
    ).toEqual([200, 200, 200, 403, 403, 403]);
  });

  it("is told whether it lives whatever it is called, as those ask who look after it", async () => {
    const service = await startTestService({ source, config: { effects } });
    expect((await raw(service, { path: "/healthz", headers: { host: "10.0.0.7" } })).status).toBe(200);
  });
});

describe("tokens", () => {
  const config = { effects, listen: { token } };
  const page = [{ path: "/", type: "text/html", body: "<!doctype html>" }];

  it("are wanted for everything but health and the page", async () => {
    const service = await startTestService({ source, config, page });
    const statusOf = async (to: string, authorization?: string) =>
      (await service.get(to, authorization === undefined ? {} : { authorization })).status;
    const guarded = [
      "/api/program",
      "/api/counts",
      "/api/instances",
      "/api/instances/DatabaseRouting/default",
      "/api/events",
      "/api/changes",
      "/metrics",
      "/openapi.json",
      "/nothing",
    ];
    for (const to of guarded) expect([to, await statusOf(to)]).toEqual([to, 401]);
    for (const to of ["/healthz", "/readyz", "/"]) expect([to, await statusOf(to)]).toEqual([to, 200]);
    for (const wrong of [
      "Bearer",
      "Bearer ",
      `Bearer ${token}x`,
      `Basic ${token}`,
      token,
      `Bearer ${token.slice(1)}`,
      "Bearer \u00e4",
    ])
      expect([wrong, await statusOf("/api/program", wrong)]).toEqual([wrong, 401]);
    expect(await statusOf("/api/program", `Bearer ${token}`)).toBe(200);
    expect((await service.observe("DatabaseRouting/default", {})).status).toBe(401);
  });

  it("say how to send one, and are written nowhere", async () => {
    const service = await startTestService({ source, config, page });
    const answer = await service.get("/api/program", { authorization: "Bearer some-other-token" });
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="vedc"');
    const everything = JSON.stringify([service.said, service.events, await answer.text()]);
    expect(everything).not.toContain(token);
    expect(everything).not.toContain("some-other-token");
    const described = await service.get("/openapi.json", { authorization: `Bearer ${token}` });
    expect(await described.text()).not.toContain(token);
  });
});

describe("answers", () => {
  it("say that nothing of them runs, is framed or kept elsewhere", async () => {
    const { get } = await startTestService({ source, config: { effects }, page: [{ path: "/", type: "text/html", body: "" }] });
    for (const to of ["/", "/api/program", "/nothing", "/healthz"]) {
      const { headers } = await get(to);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect((await get("/api/program")).headers.get("cache-control")).toBe("no-store");
  });

  it("tell nobody what went wrong inside; the log does", async () => {
    const reported: unknown[] = [];
    const broken = {
      ...({} as Parameters<typeof appOf>[0]),
      token: null,
      page: [],
      report: (error: unknown) => reported.push(error),
    };
    const context = {
      ...broken,
      notReady: () => null,
      failure: () => null,
      fleet: {
        counts: () => {
          throw new Error("secret detail");
        },
      },
    };
    // As much of a service as this asks for.
    const answer = await appOf({ ...context, streams: { isFull: false }, recentEvents: { number: 0 } } as unknown as Parameters<
      typeof appOf
    >[0]).request("http://localhost/api/counts", {}, {});
    expect([answer.status, await answer.json()]).toEqual([500, { error: "something went wrong inside; its log says what" }]);
    expect(String(reported[0])).toBe("Error: secret detail");
  });
});
