import { priorityWords } from "../compiler/language/default.js";
import { units as durationUnits } from "../compiler/language/duration.js";
import { functionRules } from "../compiler/language/function.js";
import { types as typeRules } from "../compiler/language/type.js";

// What editors know of the language's words. Those that the compiler has in a table come from there; the keywords stand in its
// grammar, and a test holds the lists below equal to that.

/** The keywords, by what they do in a program. */
export const keywords = {
  /** They begin what stands at the top of a file or in a domain, and a name follows. */
  declarations: ["domain", "system", "goal", "transition", "invariant", "effect", "on", "const", "type", "define"],
  /** They begin such a part without a name. */
  nameless: ["import", "state"],
  /** They begin a clause of such a part. */
  clauses: [
    "from",
    "start",
    "predicate",
    "target",
    "reality",
    "priority",
    "strategy",
    "payload",
    "expects",
    "within",
    "cooldown",
  ],
  /** They begin a step. */
  steps: ["step", "slice"],
  /** They say for how long a condition holds. */
  operators: ["for"],
  branches: ["if", "else"],
  /** They begin a statement that tells somebody something. */
  sends: ["emit", "send", "send_high"],
  /** What can become of an effect. */
  outcomes: ["done", "failed", "unknown"],
  annotations: ["@priority"],
  booleans: ["true", "false"],
  /** What the language itself calls so. */
  itself: ["self"],
  /** They belong to later levels of the language: the compiler knows no more of them than their names. */
  later: ["capability", "scope", "environment", "deploy", "migration", "test", "@version"],
} as const;

/** The names of the types, however they may be spelt. */
export const types: readonly string[] = Object.values(typeRules).flatMap(({ spellings }) => spellings);

/** The names of the functions. */
export const functions: readonly string[] = functionRules.map(({ name }) => name);

/** The words for priorities. */
export const priorities: readonly string[] = Object.keys(priorityWords);

/** The units of durations. */
export const units: readonly string[] = durationUnits.map(({ unit }) => unit);

/** Gives a pattern of any of these words, with those first that begin with another: for every flavour of regular expressions. */
export function anyOf(words: readonly string[], or = "|"): string {
  return [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join(or);
}
