import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { renderPretty } from "./pretty.js";

/** Gives what stands above the carets of the first finding, as a terminal shows it in columns. */
function marked(text: string): string {
  const [first] = compile({ path: "a.ved", text }).diagnostics;
  const [, , , line = "", carets = ""] = (first === undefined ? "" : renderPretty(first)).split("\n");
  const [from, to] = [carets.indexOf("^"), carets.lastIndexOf("^") + 1];
  let column = 0;
  return [...new Intl.Segmenter().segment(line)].reduce((found, { segment }) => {
    const isMarked = column >= from && column < to;
    column += segment === "\t" ? 1 : stringWidth(segment);
    return isMarked ? found + segment : found;
  }, "");
}

describe("the carets of a finding", () => {
  const program = (before: string, name: string) =>
    `domain A { state { s: string } goal G { predicate s == "${before}" && ${name} == "x" } }`;

  it.each([
    ["East Asian letters", "日本語"],
    ["emoji", "🦊👩‍👩‍👧🇩🇪"],
    ["combining marks", "e\u0301n\u0303"],
    ["half-width kana", "ｶﾅ"],
    ["tabs", "a\tb"],
    ["controls", "\u202e\u0007"],
  ])("stand under the place behind %s", (_, before) => {
    expect(marked(program(before, "nobody"))).toBe("nobody");
  });

  it("are as wide as what they mark", () => {
    expect(marked("domain A { state { s: string } goal G { predicate s == 「x」 } }")).toBe("「");
    expect(marked('domain A { state { 状態: string } goal G { predicate 状態 == "x" } }')).toBe("状態");
  });
});
