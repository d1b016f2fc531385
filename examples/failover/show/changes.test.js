import { expect, it } from "vitest";
import { changes } from "./changes.js";

it("gives lines that are changed, and lines that come in", () => {
  expect(changes("a\nb\n}\n}\n", "a\nB\n}\nc {\nd\n}\n}\n")).toEqual(["- b", "+ B", "+ c {", "+ d", "+ }"]);
  expect(changes("a\nb\n", "a\nb\n")).toEqual([]);
  expect(changes("a\n", "a\nb\n")).toEqual(["+ b"]);
});
