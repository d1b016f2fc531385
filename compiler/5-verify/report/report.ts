import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { StoryStep } from "./story.js";

/** What is said first, and never blurred with one of the others. */
export type Verdict = "proved" | "proved up to a bound" | "refuted" | "gave up";

/** How much was looked at. */
export interface Extent {
  /** Situations: states with all that is in flight. */
  readonly nodes: number;
  /** States of the fields. */
  readonly states: number;
  /** Moves that were followed. */
  readonly steps: number;
  /** Bytes that the search took. */
  readonly bytes: number;
  /** Nodes that were found and not looked at, where it gave up. */
  readonly frontier: number;
  /** Where it gave up: so many moves at least lead to whatever was not looked at. Null: all was looked at. */
  readonly depth: number | null;
}

/** Where a domain may rest. */
export interface Rest {
  /** For each goal the name of its reality. */
  readonly realities: Readonly<Record<string, string>>;
  readonly states: readonly State[];
}

/** What an effect that never succeeds does to a domain. */
export interface OutageReport {
  readonly effect: string;
  /** Where nothing is left but to try it again. */
  readonly hangs: readonly State[];
  /** Effects that are carried out all the same. */
  readonly works: readonly string[];
}

/** An effect that is emitted again and again until something is observed. */
export interface WaitReport {
  readonly state: State;
  readonly effects: readonly string[];
  /** What has to be observed for it to go on: one of these fields, unless one of the messages is sent. */
  readonly fields: readonly string[];
  /** What may be sent from outside for it to go on. */
  readonly messages: readonly string[];
}

/** A counterexample, as a story. */
export interface Story {
  readonly steps: readonly StoryStep[];
  /** The index of the step from which on it goes round; null: it ends. */
  readonly repeatsFrom: number | null;
  /** Where it ends, and why it stays there. */
  readonly end: readonly string[];
  /** Of a system: it was found with mailboxes of so many messages. Null: there are none. */
  readonly mailbox: number | null;
}

/** A finding with what led to it. */
export interface VerifyFinding {
  readonly diagnostic: Diagnostic;
  readonly story: Story | null;
}

/** Everything that was found out about a domain. */
export interface Report {
  readonly domain: string;
  /** What its instance begins with where a system starts it with values of its own; null: as it is declared, or a whole system. */
  readonly startedWith: Partial<State> | null;
  readonly verdict: Verdict;
  /** In one sentence, what the verdict says. */
  readonly summary: string;
  readonly extent: Extent;
  /** What the first line says that the verdict rests on, each as a clause behind "as long as". */
  readonly assumes: readonly string[];
  /** What the outside was not let set: fields that only the program assigns. */
  readonly unobserved: readonly string[];
  /** What else the verdict rests on, beside the program. */
  readonly assumptions: readonly string[];
  readonly rests: readonly Rest[];
  /** The most effects of a recovery, the longest chain of them, and the most commits; null: there is no bound. */
  readonly effort: { readonly effects: number; readonly chain: number | null; readonly commits: number } | null;
  /**
   * Convergence rests on every enabled transition getting its turn: these lead out of what would go round otherwise. Null: it
   * does not, as far as was looked at.
   */
  readonly turns: readonly string[] | null;
  readonly independent: readonly (readonly [string, string])[];
  readonly waitsFor: readonly { readonly transition: string; readonly other: string; readonly reasons: readonly string[] }[];
  readonly outages: readonly OutageReport[];
  readonly waits: readonly WaitReport[];
  readonly findings: readonly VerifyFinding[];
  /** What was done so that less had to be looked at. */
  readonly reductions: readonly string[];
  /** Every value that was observed. */
  readonly inputs: Readonly<Record<string, readonly Value[]>>;
}
