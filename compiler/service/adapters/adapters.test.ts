// Adapters against a real server and real processes: what they send, and what they make of the answer.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { EffectCall } from "../../../runtime-lib/host/call.js";
import { outcomeOfThrow } from "../../../runtime-lib/host/outcome.js";
import type { EffectDescription } from "../../2-check/description.js";
import { scratchFolder } from "../../testing/load.js";
import type { EffectConfig } from "../config/schema.js";
import { validate } from "../config/validate.js";
import { testServer } from "../testing/server.js";
import { until } from "../testing/service.js";
import { bind, nested } from "./bind.js";
import { verdictOf } from "./codes.js";
import { fill, fillJson, namesIn } from "./template.js";
import { atPointer } from "./value.js";

const route: EffectDescription = {
  name: "Network.UpdateDNS",
  named: false,
  parameters: [{ name: "value", type: "string" }],
  returns: null,
};
const restart: EffectDescription = {
  name: "Box.Restart",
  named: true,
  parameters: [
    { name: "name", type: "string" },
    { name: "after", type: "int" },
  ],
  returns: { type: "int" },
};

function callWith(signal = new AbortController().signal): EffectCall {
  return {
    ...{ key: "D/default/e/1/0", attempt: 2, activation: 1, domain: "D", instance: "default", signal },
    observe: () => Promise.resolve(),
  };
}

function adapterOf(effect: EffectDescription, config: object, folder = process.cwd()) {
  const read = validate({ effects: { [effect.name]: config } });
  const own = read.config?.effects[effect.name];
  if (own === undefined) throw new Error(JSON.stringify(read.problems));
  return bind(effect, own as EffectConfig, { folder, log: () => {}, redact: (text) => text });
}

/** What an adapter's answer says of the effect. */
async function outcomeOf(act: () => unknown): Promise<[string, string]> {
  try {
    await act();
    return ["done", ""];
  } catch (error) {
    return [outcomeOfThrow(error), error instanceof Error ? error.message : String(error)];
  }
}

describe("http", () => {
  it("sends the arguments where the templates say, escaped, with the idempotency key", async () => {
    const { seen, url } = await testServer((_, response) => response.end());
    const http = {
      method: "PUT",
      url: `${url}/route/{0}?by={call.instance}`,
      headers: { "x-attempt": "{call.attempt}" },
      body: { to: "{value}", note: "to {value}", n: "{call.attempt}" },
    };
    await adapterOf(route, { http })(["a/b c"], callWith());
    expect(seen).toMatchObject([
      {
        method: "PUT",
        url: "/route/a%2Fb%20c?by=default",
        headers: { "idempotency-key": "D/default/e/1/0", "x-attempt": "2", "content-type": "application/json" },
      },
    ]);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ to: "a/b c", note: "to a/b c", n: 2 });
  });

  it("sends the idempotency key of an instance in whatever script, each as another one", async () => {
    const { seen, url } = await testServer((_, response) => response.end());
    for (const key of ["D/日本 ü/e/1/0", "D/%20/e/1/0", "D/ /e/1/0"])
      await adapterOf(route, { http: { url } })(["x"], { ...callWith(), key });
    expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "D/%E6%97%A5%E6%9C%AC%20%C3%BC/e/1/0",
      "D/%2520/e/1/0",
      "D/%20/e/1/0",
    ]);
  });

  it("sends nothing where a value would lead to another path, and says which argument it was but not its value", async () => {
    const { seen, url } = await testServer((_, response) => response.end());
    const http = { url: `${url}/route/{0}/status`, headers: { authorization: "Bearer hunter2" } };
    for (const value of ["..", ".", "", "../../admin"]) {
      const outcome = await outcomeOf(() => adapterOf(route, { http })([value], callWith()));
      expect(outcome).toEqual([
        "failed",
        'Network.UpdateDNS was not sent: {0} would lead elsewhere, as an empty part of a path, "." or ".." does',
      ]);
    }
    expect(seen).toEqual([]);
  });

  it("sends all arguments where nothing else is said, and no body where none is wanted", async () => {
    const { seen, url } = await testServer((_, response) => response.end("7"));
    await adapterOf(restart, { http: { url } })([{ name: "web", after: 3 }], callWith());
    await adapterOf(restart, { http: { url, body: false } })([{ name: "web", after: 3 }], callWith());
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      effect: "Box.Restart",
      instance: "D/default",
      arguments: { name: "web", after: 3 },
    });
    expect(seen[1]?.body).toBe("");
  });

  it("gives what the effect came to: a text, a JSON value, a part of one", async () => {
    const bodies: Record<string, [string, string]> = {
      "/text": ["text/plain", "42\n"],
      "/json": ["application/json", "42"],
      "/part": ["application/json; charset=utf-8", '{"job":{"id":42}}'],
    };
    const { url } = await testServer(({ url: path }, response) => {
      const [type = "", body = ""] = bodies[path] ?? [];
      response.writeHead(200, { "content-type": type }).end(body);
    });
    const args = [{ name: "web", after: 3 }];
    expect(await adapterOf(restart, { http: { url: `${url}/text` } })(args, callWith())).toBe(42);
    expect(await adapterOf(restart, { http: { url: `${url}/json` } })(args, callWith())).toBe(42);
    expect(await adapterOf(restart, { http: { url: `${url}/part`, value: "/job/id" } })(args, callWith())).toBe(42);
  });

  it("tells what did not happen from what nobody knows", async () => {
    const { url } = await testServer(({ url: path }, response) => {
      if (path === "/cut") response.socket?.destroy();
      else response.writeHead(Number(path.slice(1)), { location: "http://127.0.0.1:1/" }).end("said so");
    });
    const outcomes: Record<string, string> = {};
    for (const path of ["200", "204", "302", "400", "409", "429", "408", "500", "502", "503", "504", "cut"]) {
      [outcomes[path]] = await outcomeOf(() => adapterOf(route, { http: { url: `${url}/${path}` } })(["x"], callWith()));
    }
    expect(outcomes).toEqual({
      ...{ 200: "done", 204: "done", 302: "failed", 400: "failed", 409: "failed", 429: "failed", 503: "failed" },
      ...{ 408: "unknown", 500: "unknown", 502: "unknown", 504: "unknown", cut: "unknown" },
    });
    const gone = await testServer(() => {});
    gone.server.close();
    const closed = { http: { url: gone.url } };
    expect(await outcomeOf(() => adapterOf(route, closed)(["x"], callWith()))).toEqual([
      "failed",
      `POST ${gone.url}: connect ECONNREFUSED 127.0.0.1:${gone.port}`,
    ]);
  });

  it("says in its reasons nothing of what a URL may hold of secrets", async () => {
    const { url } = await testServer((_, response) => response.writeHead(403).end("no"));
    const [, reason] = await outcomeOf(() =>
      adapterOf(route, { http: { url: `${url}/hooks/hunter2?token=hunter2` } })(["x"], callWith()),
    );
    expect(reason).toBe(`POST ${url} says 403: no`);
    const secret = url.replace("http://", "http://user:hunter2@");
    expect(validate({ effects: { X: { http: { url: secret } } } }).problems.map(({ message }) => message)).toEqual([
      "a password in a URL gets into logs: put it into `headers`",
    ]);
  });

  it("says nothing either of what a header may hold of secrets", async () => {
    const headers = { authorization: "Bearer hunter2\n" };
    expect(validate({ effects: { X: { http: { url: "http://localhost/", headers } } } }).problems).toEqual([
      { path: ["effects", "X", "http", "headers", "authorization"], message: expect.not.stringContaining("hunter2"), fix: null },
    ]);
    const filled = { http: { url: "http://localhost/", headers: { authorization: "Bearer {0}" } } };
    const outcome = await outcomeOf(() => adapterOf(route, filled)(["hunter2\n"], callWith()));
    expect(outcome).toEqual(["failed", "the header authorization would have a character that headers cannot have"]);
  });

  it("knows by the status what happened, also where the connection breaks behind it", async () => {
    const { url } = await testServer(({ url: path }, response) => {
      response.writeHead(Number(path.slice(1)), { "content-length": 100 }).write("the rest is");
      setTimeout(() => response.destroy(), 20);
    });
    const outcome = (effect: EffectDescription, status: number) =>
      outcomeOf(() => adapterOf(effect, { http: { url: `${url}/${status}` } })(["x"], callWith()));
    expect((await outcome(route, 200))[0]).toBe("done");
    expect((await outcome(route, 409))[0]).toBe("failed");
    expect((await outcome(restart, 200))[0]).toBe("unknown");
  });

  it("gives up when its time is over, and then nobody knows", async () => {
    const { url } = await testServer(() => {});
    const abort = new AbortController();
    const outcome = outcomeOf(() => adapterOf(route, { http: { url } })(["x"], callWith(abort.signal)));
    abort.abort();
    expect((await outcome)[0]).toBe("unknown");
  });
});

describe("status lists", () => {
  it.each([
    [404, { done: [404, "2xx"] }, "done"],
    [201, { done: [200] }, "unknown"],
    [500, { failed: ["500-502"] }, "failed"],
    [503, { unknown: ["5xx"] }, "unknown"],
  ] as const)("%i with %j is %s", (status, lists, verdict) => {
    const own = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...list]]));
    expect(verdictOf(status, own)).toBe(verdict);
  });
});

describe("exec", () => {
  const node = process.execPath;

  it("runs a program without a shell: arguments as they are, all of them on standard input", async () => {
    const folder = scratchFolder();
    const script = `let text = ""; process.stdin.on("data", (d) => { text += d; }).on("end", () => {
      require("fs").writeFileSync("seen.json", JSON.stringify({ argv: process.argv.slice(1), request: JSON.parse(text), key: process.env.VED_IDEMPOTENCY_KEY, more: process.env.MORE, token: process.env.VEDC_TOKEN }));
      console.log(7);
    });`;
    vi.stubEnv("VEDC_TOKEN", "a-token-of-some-length");
    onTestFinished(() => void vi.unstubAllEnvs());
    const exec = { command: [node, "-e", script, "{name}; rm -rf /", "$HOME", "{after}"], env: { MORE: "yes" } };
    const value = await adapterOf(restart, { exec }, folder)([{ name: "$(web)", after: 3 }], callWith());
    expect(value).toBe(7);
    expect(JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"))).toEqual({
      argv: ["$(web); rm -rf /", "$HOME", "3"],
      request: {
        effect: "Box.Restart",
        key: "D/default/e/1/0",
        attempt: 2,
        domain: "D",
        instance: "default",
        arguments: { name: "$(web)", after: 3 },
      },
      key: "D/default/e/1/0",
      more: "yes",
    });
  });

  it("tells what did not happen from what nobody knows", async () => {
    const run = (script: string, more: object = {}) =>
      outcomeOf(() => adapterOf(route, { exec: { command: [node, "-e", script], ...more } })(["x"], callWith()));
    expect(await run("")).toEqual(["done", ""]);
    expect(await run("console.error('no such host'); process.exit(3)")).toEqual(["failed", `${node} ended with 3: no such host`]);
    expect((await run("process.exit(75)", { unknown: [75] }))[0]).toBe("unknown");
    expect((await run("process.exit(4)", { failed: [3] }))[0]).toBe("unknown");
    expect((await run("process.exit(4)", { done: [0, 4] }))[0]).toBe("done");
    expect(await run("process.kill(process.pid, 'SIGKILL')")).toEqual(["unknown", `${node} was killed by SIGKILL`]);
    const missing = await outcomeOf(() => adapterOf(route, { exec: { command: ["/no/such/program"] } })(["x"], callWith()));
    expect(missing[0]).toBe("failed");
    expect(missing[1]).toContain("ENOENT");
  });

  it("ends a program when its time is over, also one that does not want to", async () => {
    const folder = scratchFolder();
    const script =
      "process.on('SIGTERM', () => {}); require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);";
    const abort = new AbortController();
    const outcome = outcomeOf(() =>
      adapterOf(route, { exec: { command: [node, "-e", script] } }, folder)(["x"], callWith(abort.signal)),
    );
    const pid = await until(() => {
      try {
        return Number(readFileSync(join(folder, "pid"), "utf8"));
      } catch {
        return 0;
      }
    });
    abort.abort();
    expect((await outcome)[0]).toBe("unknown");
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it("does not wait for what the program has left running", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "child.cjs"), "setTimeout(() => {}, 3000);");
    const script =
      "require('child_process').spawn(process.execPath, ['child.cjs'], { stdio: 'inherit', detached: true }).unref();";
    expect(
      (await outcomeOf(() => adapterOf(route, { exec: { command: [node, "-e", script] } }, folder)(["x"], callWith())))[0],
    ).toBe("done");
  });
});

describe("templates", () => {
  it("know names, braces, and nothing else", () => {
    expect(namesIn("{a} {{b}} {call.key} {} { c }")).toEqual(["a", "call.key"]);
    expect(fill("{a}-{{a}}-{b}", { a: 1, b: true })).toBe("1-{a}-true");
    expect(fillJson({ x: ["{a}", "{a}!", 3, null] }, { a: 1 })).toEqual({ x: [1, "1!", 3, null] });
  });

  it("find values by pointers, and nothing that is inherited", () => {
    expect(atPointer({ "a/b": [{ c: 1 }] }, "/a~1b/0/c")).toBe(1);
    expect(atPointer({}, "/constructor/name")).toBeUndefined();
    expect(atPointer(5, "")).toBe(5);
  });
});

describe("functions for the runtime", () => {
  it("lie where the effects' names say, also where one name goes on from another, and whatever they are called", () => {
    const names = ["A", "A.b", "constructor.__proto__", "toString"];
    const root = nested(new Map(names.map((name) => [name, (args: readonly unknown[]) => [name, ...args]])));
    const at = (name: string) => name.split(".").reduce<unknown>((owner, part) => Reflect.get(Object(owner), part), root);
    for (const name of names) {
      const adapter = at(name) as (...all: unknown[]) => unknown;
      expect(adapter("x", callWith())).toEqual([name, "x"]);
    }
  });
});
