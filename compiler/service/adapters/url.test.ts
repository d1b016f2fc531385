// Where a URL leads is what its template says, whatever the values are.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema } from "../config/schema.js";
import { fillUrl } from "./url.js";

const problemsOf = (url: string) => {
  const { error } = configSchema.safeParse({ effects: { X: { http: { url } } } });
  return error?.issues.map(({ message }) => message) ?? [];
};
const filled = (template: string, x: unknown, y: unknown = "y") => fillUrl(template, { x, y });

describe("a path", () => {
  it.each([
    ["/v1/{x}/status", ".."],
    ["/v1/{x}/status", "."],
    ["/v1/{x}/status", ""],
    ["/v1/{x}", ".."],
    ["/v1/{x}?by=me", ""],
    ["/v1/.{x}", "."],
    ["/v1/%2e{x}/status", "."],
    ["/v1/%2E{x}/status", "."],
    ["/v1/{x}{y}/status", "."],
    ["/v1/{x}/status", "../../admin"],
    ["/v1/{x}/status", "a/../../admin"],
    ["/v1/{x}/status", "..\\admin"],
    ["/v1/{x}/status", "..;/admin"],
    ["/v1/{x};v=1/status", ".."],
    ["/v1/{x}/status", "..\u0000"],
    ["/v1/{x}/status", ".\t."],
    ["/v1/{x}/status", "\ud800"],
  ])("of %s does not lead elsewhere with %j: nothing is sent", (template, value) => {
    expect(() => filled(`https://api.internal${template}`, value, ".")).toThrow(/^\{x\}/);
  });

  it("takes whatever else there is, as one segment", () => {
    const cases = ["a/b c", "a?b#c", "@evil.example", "\\", "...", ".a", "a..b", "%2e%2e", "{y}", "ä", "a\nb", " "];
    for (const value of cases) {
      const url = new URL(filled("https://api.internal/v1/{x}/status", value));
      expect([value, url.pathname]).toEqual([value, `/v1/${encodeURIComponent(value)}/status`]);
    }
  });

  it("has the segments of its template, and the host, whatever the values are", () => {
    const part = fc.constantFrom("{x}", "{y}", ".", "%2e", "a", "-", ";");
    const segment = fc.array(part, { maxLength: 3 }).map((parts) => parts.join(""));
    const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/v1/${segments.join("/")}`);
    const value = fc.oneof(
      fc
        .array(fc.constantFrom(".", "..", "/", "\\", "%2e", "\t", "\n", "", "?", "#", "@", ";", ":", "a"))
        .map((all) => all.join("")),
      fc.string({ unit: "binary" }),
    );
    const property = fc.property(path, fc.constantFrom("", "?q={x}", "#{y}", " "), value, value, (own, rest, x, y) => {
      const template = `https://api.internal${own}${rest}`;
      if (problemsOf(template).length > 0) return;
      let url: string;
      try {
        url = filled(template, x, y);
      } catch {
        return;
      }
      const { origin, pathname, username } = new URL(url);
      expect([origin, username, pathname.split("/").length]).toEqual(["https://api.internal", "", own.split("/").length]);
      expect(pathname.startsWith("/v1/")).toBe(true);
    });
    fc.assert(property, { numRuns: 3000 });
  });
});

describe("a host", () => {
  it.each([
    ["https://{x}.internal/a", ""],
    ["https://{x}.internal/a", "evil.example/"],
    ["https://{x}.internal/a", "evil.example#"],
    ["https://{x}.internal/a", "user@evil"],
    ["https://{x}.internal/a", "evil.example\\"],
    ["https://{x}.internal/a", "evil\uff0fa"],
    ["https://{x}.internal/a", "evil\u2488"],
    ["https://{x}.internal/a", "-a"],
    ["https://{x}.internal/a", "a..b"],
    ["https://{x}/a", ""],
    ["https://{x}/a", "a:80"],
    ["https://api{x}/a", ".evil.example"],
    ["https://api{x}/a", "x.evil.example"],
    ["https://api.internal:{x}/a", ""],
    ["https://api.internal:{x}/a", "80@evil.example"],
    ["https://api.internal:{x}/a", "8e1"],
    ["https://api.internal:{x}/a", "99999"],
    ["https://{x}/a", "1.2.3.4.5"],
  ])("of %s is no other one with %j", (template, value) => {
    expect(() => filled(template, value)).toThrow(/^\{x\}/);
  });

  it("may be named by an argument, and so may a port", () => {
    expect(filled("https://{x}.internal:{y}/a", "db-1.eu", 8443)).toBe("https://db-1.eu.internal:8443/a");
    expect(filled("http://{x}/", "127.0.0.1")).toBe("http://127.0.0.1/");
    expect(filled("http://node{x}/", 3)).toBe("http://node3/");
  });
});

it("a query takes any value as one of its parts", () => {
  const { searchParams } = new URL(filled("https://api.internal/a?by={x}&v=2", "&v=3#=+ %"));
  expect([...searchParams]).toEqual([
    ["by", "&v=3#=+ %"],
    ["v", "2"],
  ]);
});

describe("a template", () => {
  it.each([
    "https://api.internal/v1/../admin",
    "https://api.internal/v1/./a",
    "https://api.internal/v1/..",
    "https://api.internal/v1/%2e%2E/a",
    "https://api.internal/v1/.%2e/{x}",
    "https://api.internal/v1/..;a=1/{x}",
    "https://api.internal/v1\\..\\admin",
    "https://api.internal/v1/.\t./admin",
    "https://api.internal/v1/.. ",
    "https:///api.internal/v1",
    "https://\\evil.example/v1",
  ])("that does not say where it leads is refused: %j", (url) => {
    expect(problemsOf(url)).toHaveLength(1);
  });

  it.each(["https://api.internal", "https://api.internal/", "https://api.internal/a.b/...?x=../..", "http://[::1]:80/a//b"])(
    "that does is not: %s",
    (url) => {
      expect(problemsOf(url)).toEqual([]);
    },
  );
});
