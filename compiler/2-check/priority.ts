import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { defaultPriority, priorityWords } from "../language/default.js";
import type { Context } from "./context.js";

/** Checks how important something is. Gives the number: higher ones go first. */
export function checkPriority(node: ast.PriorityNode | null, { vocabulary, findings }: Context): number {
  if (node === null) return defaultPriority;
  const { value } = node;
  if (!("text" in value)) return Number(value.value);
  const constant = vocabulary.constant(value.text);
  if (constant === null) return defaultPriority;
  if (constant?.kind === "value" && typeof constant.value === "number") return constant.value;
  const known = constant === undefined && Object.hasOwn(priorityWords, value.text) ? priorityWords[value.text] : undefined;
  if (known === undefined) {
    findings.report(
      "VED2018",
      value.span,
      { word: value.text },
      { fix: suggest(value.text, [...Object.keys(priorityWords), ...vocabulary.constants], value.span) },
    );
  }
  return known ?? defaultPriority;
}
