// Secrets: which texts of a configuration are some, and that they are taken out of whatever is said, in whatever shape.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EffectCall } from "../../../runtime-lib/host/call.js";
import { outcomeOfThrow } from "../../../runtime-lib/host/outcome.js";
import { lastLine } from "../adapters/process.js";
import { discreet } from "./discreet.js";
import { secretsIn } from "./find.js";
import { redactorOf } from "./redact.js";

const variable = (name: string) => `\${${name}}`;
const certain = (text: string, name = "[it]") => ({ text, name, isCertain: true });
const foundIn = (config: unknown, environment: Record<string, string> = {}) =>
  secretsIn(config, [], environment).map(({ text, name }) => [text, name]);

describe("the secrets of a configuration", () => {
  it("are tokens, what headers and variables hold that are called so, and the passwords of URLs", () => {
    const http = {
      url: "https://hooks.example/services/T00000000B0000000X?api_key=a%20key&v=20&w={0}",
      headers: {
        authorization: "Bearer the-token",
        "Proxy-Authorization": `Basic ${Buffer.from("me:pass:word").toString("base64")}`,
        cookie: "session=first; other=second",
        "x-api-key": "key-{call.instance}-rest",
        accept: "application/json",
      },
    };
    const exec = { command: ["psql", "postgres://me:p%40ss@db/x"], env: { PGPASSWORD: "of-pg", LANG: "C.UTF-8" } };
    const config = {
      listen: { token: "of-the-service" },
      effects: { A: { http }, B: { exec } },
      probes: [{ key: "some-key", exec }],
    };
    expect(foundIn(config)).toEqual([
      ["of-the-service", "[listen.token]"],
      ["a key", "[part of a URL]"],
      ["T00000000B0000000X", "[part of a URL]"],
      ["the-token", "[header authorization]"],
      ["bWU6cGFzczp3b3Jk", "[header Proxy-Authorization]"],
      ["pass:word", "[header Proxy-Authorization]"],
      ["session=first; other=second", "[header cookie]"],
      ["first", "[header cookie]"],
      ["second", "[header cookie]"],
      ["key-", "[header x-api-key]"],
      ["-rest", "[header x-api-key]"],
      ["p%40ss", "[password in a URL]"],
      ["p@ss", "[password in a URL]"],
      ["of-pg", "[env PGPASSWORD]"],
    ]);
  });

  it("are what came from the environment, and what programs inherit there that is called so", () => {
    const variables = [
      { name: "DNS_HOST", value: "dns.internal" },
      { name: "A", value: "abc" },
      { name: "DEBUG", value: "true" },
      { name: "KEY_FILE", value: " line one of it\nline two of it\nx\n" },
    ];
    const environment = { AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI", PWD: "/work/somewhere", MY_TOKEN: "short", DB: "x://u:pass@h" };
    expect(secretsIn({ headers: { authorization: "Bearer dns.internal" } }, variables, environment)).toEqual([
      { text: "dns.internal", name: variable("DNS_HOST"), isCertain: true },
      { text: "line one of it\nline two of it\nx", name: variable("KEY_FILE"), isCertain: true },
      { text: "line one of it", name: variable("KEY_FILE"), isCertain: true },
      { text: "line two of it", name: variable("KEY_FILE"), isCertain: true },
      { text: "wJalrXUtnFEMI", name: variable("AWS_SECRET_ACCESS_KEY"), isCertain: true },
      { text: "pass", name: "[password in a URL]", isCertain: true },
    ]);
  });

  it("are looked for in whatever somebody configures", () => {
    class Odd {
      readonly self = this;
      readonly headers = { authorization: "Bearer inside" };
    }
    expect(foundIn({ effects: { A: { run: () => {} }, B: new Odd() }, probes: null, listen: 5 })).toEqual([]);
  });
});

describe("what is said", () => {
  it("has names instead of secrets, of those that begin together the longest", () => {
    const { redact } = redactorOf([certain("hunter", "[a]"), certain("hunter2-more", "[b]"), certain("more", "[c]")]);
    expect(redact("hunter hunter2-more hunter2 more")).toBe("[a] [b] [a]2 [c]");
    expect(redactorOf([]).redact("hunter")).toBe("hunter");
  });

  it("has none either as URLs, JSON, HTML and base64 have them, wherever they lie there", () => {
    const secret = 'p@ss "wörd" <&> \\\n+/=?';
    const { redact } = redactorOf([certain(secret)]);
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    for (const look of [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ a: secret }).toString().slice(2),
      JSON.stringify(secret).slice(1, -1),
      html,
    ])
      expect(redact(`x${look}y`)).toBe("x[it]y");
    expect(redact(encodeURIComponent(secret).toLowerCase())).toBe("[it]");
    for (const user of ["", "a", "ab", "abc", "abcd"]) {
      const own = redact(`Basic ${base64(`${user}:${secret}`)}`);
      expect([user, own.includes("[it]"), own.length < 30]).toEqual([user, true, true]);
      expect(redact(Buffer.from(`${user}:${secret}`).toString("base64url"))).toContain("[it]");
    }
  });

  it("has none either as shells and other writers of JSON quote them", () => {
    const { redact } = redactorOf([certain('a/b"$c\td')]);
    expect(redact('a\\/b\\"\\$c\\td')).toBe("[it]");
  });

  it("has no secret in it, whatever that is and whatever stands around it", () => {
    const text = fc.string({ unit: "grapheme", minLength: 4, maxLength: 30 }).filter((each) => each.trim() === each);
    const encoders = [(each: string) => each, encodeURIComponent, (each: string) => JSON.stringify(each).slice(1, -1)];
    fc.assert(
      fc.property(text, fc.string(), fc.string(), fc.constantFrom(...encoders), (secret, before, behind, encode) => {
        const { redact } = redactorOf([certain(secret, "")]);
        // What merely comes together by taking it out was nobody's secret.
        expect(redact(`${before}|${encode(secret)}|${behind}`)).toMatch(/\|\|/);
        expect(redact(`${before}${encode(secret)}${behind}`)).not.toBe(`${before}${encode(secret)}${behind}`);
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves words alone that contain a short one from the environment", () => {
    const { redact } = redactorOf([{ text: "root", name: variable("USER"), isCertain: false }]);
    expect(redact("rootless root: /root/x")).toBe(`rootless ${variable("USER")}: /${variable("USER")}/x`);
  });

  it("is shortened only once nothing of them is left", () => {
    const { redact } = redactorOf([certain("a-secret-of-many-characters")]);
    const ended = { code: 1, killedBy: null, stdout: "", stderr: `${"x".repeat(190)}a-secret-of-many-characters\n` };
    expect(lastLine(ended, redact)).toBe(`${"x".repeat(190)}[it]`);
    const long = { ...ended, stderr: `secret-of-many-characters${"x".repeat(64_000)}`.slice(0, 64_000) };
    expect(lastLine(long, redact)).toBe(`…${"x".repeat(200)}`);
    const lines = redactorOf([certain("line one\nline two")]);
    expect(lastLine({ ...ended, stderr: "the key is line one\nline two\n" }, lines.redact)).toBe("the key is [it]");
  });
});

describe("an adapter", () => {
  const call = {} as EffectCall;
  const redactor = redactorOf([certain("hunter22"), { text: "eu-west-1", name: variable("REGION"), isCertain: false }]);
  const effect = (returns: object | null) =>
    ({ name: "E", named: false, parameters: [], returns }) as Parameters<typeof discreet>[1];

  it("fails with the same meaning, and without secrets in its reason", async () => {
    const broken = Object.assign(new Error("cut: hunter22"), { code: "ECONNRESET" });
    const plain = new Error("plain");
    for (const [error, outcome, reason] of [
      [broken, "unknown", "cut: [it]"],
      [new Error("no hunter22"), "failed", "no [it]"],
      ["hunter22", "failed", "[it]"],
      [plain, "failed", "plain"],
    ] as const) {
      for (const adapter of [
        () => {
          throw error;
        },
        () => Promise.reject(error),
      ]) {
        const thrown = await Promise.resolve()
          .then(() => discreet(adapter, effect(null), redactor)([], call))
          .catch((each: unknown) => each);
        expect([outcomeOfThrow(thrown), thrown instanceof Error ? thrown.message : thrown]).toEqual([outcome, reason]);
      }
    }
  });

  it("gives values without secrets, and leaves what merely came from the environment", async () => {
    const given = async (value: unknown, returns: object | null) =>
      discreet(() => Promise.resolve(value), effect(returns), redactor)([], call);
    expect(await given("hunter22 eu-west-1", { type: "string" })).toBe("[it] eu-west-1");
    expect(await given("eu-west-1", { type: "string", members: ["eu-west-1"] })).toBe("eu-west-1");
    // It is refused, and shown.
    expect(await given("eu-west-1", { type: "int" })).toBe(variable("REGION"));
    expect(await given(7, { type: "int" })).toBe(7);
    expect(discreet(() => "hunter22", effect({ type: "string" }), redactor)([], call)).toBe("[it]");
  });
});
