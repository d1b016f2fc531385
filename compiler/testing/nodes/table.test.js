import { expect, it } from "vitest";
import { tableOf } from "./table.js";

it("has a column for each Node and a line for each step, with how it ended", () => {
  const fine = { version: "v22.1.0", results: { install: { seconds: 4 }, test: { seconds: 61 }, quick: null } };
  const broken = { version: "v24.0.0", results: { install: { seconds: 5, failure: "no" }, test: null, quick: { seconds: 9 } } };
  expect(tableOf([fine, broken])).toBe(
    [
      "         v22.1.0    v24.0.0",
      "install  ok (4 s)   FAILED",
      "test     ok (61 s)  –",
      "quick    –          ok (9 s)",
      "",
    ].join("\n"),
  );
});
