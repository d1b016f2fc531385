import type { Invariant, Receiver, Transition } from "./compiled.js";
import type { ContractRules, DurationRules, HandlerRules } from "./rules.js";
import type { Range, State } from "./value.js";

/** A compiled domain, as the generated code gives it. */
export interface Definition<S = State> {
  readonly name: string;
  readonly initial: Readonly<S>;
  /** The state with some fields changed. */
  merge(state: Readonly<S>, changes: Readonly<Partial<S>>): S;
  /** Whether two states have the same values. */
  same(a: Readonly<S>, b: Readonly<S>): boolean;
  /** For each goal the name of the reality that holds in a state, or null. */
  readonly goals: Readonly<Record<string, (state: Readonly<S>) => string | null>>;
  readonly transitions: Readonly<Record<string, Transition<S>>>;
  readonly invariants?: Readonly<Record<string, Invariant<S>>>;
  /** The strings that fields with a union may have. */
  readonly unions?: Readonly<Record<string, readonly string[]>>;
  /** The ranges that ints have. */
  readonly ranges?: Readonly<Record<string, Range>>;
  readonly durations?: DurationRules;
  readonly handlers?: HandlerRules;
  readonly contracts?: ContractRules;
  /** What is done about messages, beside what transitions do that are called like one. */
  readonly receives?: readonly Receiver<S>[];
  /** What is done about events. */
  readonly hears?: readonly Receiver<S>[];
  /** The domains that it sends messages to, and the events that it broadcasts; absent where it does neither. */
  readonly sends?: readonly string[];
  /** The dotted names of the effects that transitions use. */
  readonly effects: readonly string[];
}
