import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { hostile, unseenIn } from "../testing/hostile-text.js";
import { renderJson } from "./json.js";
import { renderPretty } from "./pretty.js";
import { visible, visibleJson } from "./visible.js";

describe("a text for a terminal", () => {
  it("shows what a terminal obeys, and what nobody sees, as escapes", () => {
    expect(visible("a\u001b[31mb\u009b2J")).toBe("a\\u{1b}[31mb\\u{9b}2J");
    expect(visible("user\u202etxt.exe")).toBe("user\\u{202e}txt.exe");
    expect(visible("a\nb\r\u2028\u2029\u0000\u007f")).toBe("a\\u{a}b\\u{d}\\u{2028}\\u{2029}\\u{0}\\u{7f}");
    expect(visible("\u200b\u200d\u2060\ufeff\u061c\u200e\u{e0041}\ud800")).toBe(
      "\\u{200b}\\u{200d}\\u{2060}\\u{feff}\\u{61c}\\u{200e}\\u{e0041}\\u{d800}",
    );
  });

  it("leaves all else as it is, and what is shown already", () => {
    for (const text of ["plain\ttext", "日本 ü é 🦊", "\\u{202e}", "e\u0301"]) expect(visible(text)).toBe(text);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => visible(visible(text)) === visible(text)));
  });
});

describe("JSON for a terminal", () => {
  it("says the same in characters that can be seen", () => {
    expect(visibleJson({ text: "a\u202eb\u{e0041}\u007f" })).toBe('{"text":"a\\u202eb\\udb40\\udc41\\u007f"}');
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.constantFrom(undefined, 2), (value, space) => {
        const text = visibleJson(value, space);
        expect(unseenIn(text)).toEqual([]);
        expect(text.replace(/\n/g, "")).not.toMatch(/\n/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("a diagnostic", () => {
  const sources = [
    `domain A { state { s: string = "${hostile.replace(/["\\\n]/g, "")}" } goal G { predicate s == 5 } }`,
    `domain A { ${hostile.replace(/\n/g, "")} }`,
    "domain A { state { s: 'a\u202eb' } }",
    `domain A { state { s: "a" | "b\u200b" } goal G { predicate s == "b" } }`,
  ];

  it.each(sources)("shows what is foreign in it, for people and for machines: %#", (text) => {
    const { diagnostics } = compile({ path: `a${hostile}.ved`, text });
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const diagnostic of diagnostics) expect(unseenIn(renderPretty(diagnostic))).toEqual([]);
    expect(unseenIn(renderJson(diagnostics))).toEqual([]);
  });

  it("marks the place also behind what is shown as escapes, and as wide", () => {
    const text = 'domain A { state { s: string = "\u202e" } goal G { predicate s == ("\u202e" + nobody\u200b) } }';
    const [first] = compile({ path: "a.ved", text }).diagnostics;
    const [, , , line = "", marked = ""] = (first === undefined ? "" : renderPretty(first)).split("\n");
    expect(line.slice(marked.indexOf("^"), marked.lastIndexOf("^") + 1)).toBe("\\u{200b}");
  });
});
