import { expect, it } from "vitest";
import { moved } from "./moved.js";

it("moves every span, whatever else holds it, and keeps what holds none", () => {
  const rule = { operator: "+", evaluate: () => 1 };
  const tree = { kind: "sum", rule, terms: [{ span: { start: 1, end: 2 }, name: null }], span: { start: 0, end: 5 } };
  const other = moved(tree, 10);
  expect(other).toEqual({ ...tree, terms: [{ span: { start: 11, end: 12 }, name: null }], span: { start: 10, end: 15 } });
  expect(other.rule).toBe(rule);
  expect(tree.span.start).toBe(0);
});

it("gives the same where nothing moves", () => {
  const tree = { span: { start: 1, end: 2 } };
  expect(moved(tree, 0)).toBe(tree);
});
