import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Source, Span } from "../../diagnostics/diagnostic.js";
import type { Space } from "../search/space.js";
import type { WaitReport } from "./report.js";
import type { StoryStep } from "./story.js";

/** Something that is written in a program. */
export interface Passage {
  readonly span: Span;
  readonly source: Source;
}

/** A goal that does not hold. */
export interface Unmet extends Passage {
  /** `` `Scaled` ``, or in a system `` `Scaled` of Shop/default ``. */
  readonly text: string;
}

/** What a move makes of a situation, in words. */
export interface Told {
  /** The words of where it leads. */
  readonly words: Uint16Array;
  readonly step: StoryStep;
  /** The transitions that commit. */
  readonly commits: readonly Passage[];
}

/** What a report asks of a model: words for its situations and moves. */
export interface Teller {
  /** Its domains. */
  readonly name: string;
  /** Where it is written: its first goal. */
  readonly passage: Passage;
  /** So many messages a mailbox holds; null: there are none. */
  readonly mailbox: number | null;
  tell(words: Uint16Array, move: number): Told;
  /** The goals that do not hold. */
  unmetIn(words: Uint16Array): readonly Unmet[];
  /** Why nothing goes on: what is false of each goal, and of each transition's guard. */
  whyStuck(words: Uint16Array): readonly string[];
  /** The fields with their values, in a sentence. */
  describe(words: Uint16Array): string;
  /** The fields with their values: in a system each behind the name of its instance. */
  stateOf(words: Uint16Array): State;
  /** For each goal the reality that holds, or null. */
  realitiesIn(words: Uint16Array): Readonly<Record<string, string | null>>;
  /** What a move is, behind "until". */
  endOf(move: number): string;
  /** For what the situations of a circle wait. @param helps moves from outside that help, each in a situation in which it is made */
  waitOf(circle: readonly Uint16Array[], helps: readonly HelpingMove[]): WaitReport;
}

/** Something from outside that helps. */
export interface HelpingMove {
  readonly words: Uint16Array;
  readonly move: number;
}

/** What is verified: a domain by itself, or the instances of a system. */
export type Model = Space & Teller;
