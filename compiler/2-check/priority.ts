import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import type { Context } from "./context.js";

/** Words for priorities. */
const words: ReadonlyMap<string, number> = new Map([
  ["critical", 1000],
  ["high", 500],
  ["normal", 100],
  ["low", 50],
  ["background", 0],
]);

/** What has no priority of its own. */
export const normalPriority = 100;

/** How important something is: higher numbers first. */
export function checkPriority(node: ast.PriorityNode | null, { findings }: Context): number {
  if (node === null) return normalPriority;
  const { value } = node;
  if (!("text" in value)) return Number(value.value);
  const known = words.get(value.text);
  if (known === undefined) {
    findings.report("VED2018", value.span, { word: value.text }, { fix: suggest(value.text, words.keys(), value.span) });
  }
  return known ?? normalPriority;
}
