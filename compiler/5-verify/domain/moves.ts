import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Happening } from "../../../runtime-lib/simulate/cue.js";
import type { Domain, Outcome } from "../../2-check/program.js";
import { at } from "../../language/at.js";
import type { Value } from "../../language/type.js";
import type { Inputs } from "../environment/inputs.js";
import { observationsOf } from "../environment/observations.js";
import { payloadName } from "../environment/payload.js";
import { elsewhere } from "./elsewhere.js";
import { Overdue } from "./overdue.js";
import { Symmetry } from "./symmetry.js";

/** What may happen to an instance next; transitions are given by their index. */
export type Move = Happening<number>;

const nothing: readonly number[] = [];

/** More transitions than this are not left out of a crash one by one. */
const maxCrashing = 8;

/** An outcome that is told apart from others of the same effect by the payload of its handler; or one that nobody knows. */
export interface PayloadOutcome {
  readonly transition: number;
  readonly effect: string;
  readonly outcome: Outcome;
  /** Undefined: its handler has none. */
  readonly payload: Value | undefined;
}

/** The moves of a domain, each with a number of its own. */
export class Moves {
  readonly start = 0;
  readonly resume = 1;
  readonly observations: readonly State[];
  /** So many of them come from outside; the others are what happens elsewhere in the domain of which this is a part. */
  readonly ordinary: number;
  readonly symmetry: Symmetry;
  /** The numbers of the observations without which nothing is missing once it has come to life. */
  readonly sufficient: readonly number[];
  /** How many fields that have to do with each other are observed at once at most; null: as many as there are. */
  readonly atOnce: number | null;
  /** Outcomes beside the plain ones. */
  readonly outcomes: readonly PayloadOutcome[];
  /** The fields that say whether something has held for long enough. */
  readonly durations: readonly string[];
  /** The transitions with an effect of which a handler asks whether nobody knows: a crash makes a difference where several are under way. */
  readonly crashing: readonly number[];
  /** Further ones: these are always under way where they are in flight. */
  readonly surelyCrashing: readonly number[];
  /** What is over at once. */
  readonly overdue = new Overdue();
  readonly #transitions: number;

  constructor(domain: Domain, { fields, payloads, fresh }: Inputs, withOthers: boolean) {
    this.#transitions = domain.transitions.length;
    this.outcomes = outcomesOf(domain, payloads);
    this.durations = domain.durations.map(({ name }) => name);
    const crashing = crashingIn(domain);
    this.crashing = crashing.slice(0, maxCrashing);
    this.surelyCrashing = crashing.slice(maxCrashing);
    const values = fields.map(({ field, values, others }) => [field, withOthers ? [...values, ...others] : values] as const);
    const { all, sufficient, atOnce } = observationsOf(domain, values);
    // Whether something elsewhere holds may change at any time.
    const isPart = domain.fields.some(({ name }) => name === elsewhere);
    this.observations = isPart ? [...all, { [elsewhere]: true }, { [elsewhere]: false }] : all;
    this.ordinary = all.length;
    this.symmetry = new Symmetry(fresh, this.observations);
    this.sufficient = sufficient;
    this.atOnce = atOnce;
  }

  done(transition: number): number {
    return 2 + transition;
  }

  failed(transition: number): number {
    return 2 + this.#transitions + transition;
  }

  retry(transition: number): number {
    return 2 + 2 * this.#transitions + transition;
  }

  /** The same where there are two times to wait for, and the second one comes. */
  retryOther(transition: number): number {
    return 2 + 3 * this.#transitions + transition;
  }

  observe(observation: number): number {
    return 2 + 4 * this.#transitions + observation;
  }

  /** One of the outcomes beside the plain ones. */
  outcome(index: number): number {
    return this.observe(this.observations.length) + index;
  }

  /** Something has held for long enough. */
  elapse(duration: number): number {
    return this.outcome(this.outcomes.length) + duration;
  }

  /** A crash that makes unknown what some transitions have under way, and does not find the others so: a bit for each of those crashing. */
  crash(transitions: number): number {
    return this.elapse(this.durations.length) + transitions;
  }

  /** How many there are, but for their late variants. */
  get count(): number {
    return this.crash(1 << this.crashing.length);
  }

  /**
   * The same move at a moment when some of what is waited for is over, though nobody has looked.
   * @param variant the number of what is over, see `overdue`
   */
  late(move: number, variant: number): number {
    return move + variant * this.count;
  }

  /** The move of which another is a late variant. */
  baseOf(move: number): number {
    return move < this.count ? move : move % this.count;
  }

  /** What is waited for and over at the moment of a move, by the moves that end it: nothing where it is no late one. */
  overdueAt(move: number): readonly number[] {
    return move < this.count ? nothing : at(this.overdue.sets, Math.floor(move / this.count));
  }

  /**
   * The transitions that have nothing under way at the moment of a crash, but wait for another attempt at what they carry through; null: a
   * move is none.
   */
  sparedBy(move: number): readonly number[] | null {
    const bits = this.baseOf(move) - this.crash(0);
    return bits < 0 ? null : this.crashing.filter((_, index) => ((bits >> index) & 1) === 0);
  }

  /** The observation that a move makes; -1: it makes none. */
  observationOf(given: number): number {
    const move = this.baseOf(given);
    return move >= this.observe(0) && move < this.outcome(0) ? move - this.observe(0) : -1;
  }

  /** The outcome beside the plain ones that a move is. */
  outcomeOf(move: number): PayloadOutcome | undefined {
    return this.outcomes[this.baseOf(move) - this.outcome(0)];
  }

  /** Whose effect comes to something by a move; -1: nobody's. */
  outcomeBy(given: number): number {
    const move = this.baseOf(given);
    if (move >= this.done(0) && move < this.retry(0)) return (move - this.done(0)) % this.#transitions;
    return this.outcomeOf(move)?.transition ?? -1;
  }

  /**
   * Gives what is fair of a move: that an attempt is done some day, not which value it answers. The same for all answers of one attempt.
   */
  labelOf(move: number): number {
    const transition = this.doneBy(move);
    return transition < 0 ? this.baseOf(move) : this.done(transition);
  }

  /** Gives what is fair of what the world owes: that it comes some day, not by which observation. */
  owed(contract: number): number {
    return this.count + contract;
  }

  /** Whose effect is done by a move; -1: nobody's. */
  doneBy(given: number): number {
    const move = this.baseOf(given);
    if (move >= this.done(0) && move < this.failed(0)) return move - this.done(0);
    const own = this.outcomeOf(move);
    return own?.outcome === "done" ? own.transition : -1;
  }

  /** Whose effect fails by a move; -1: nobody's. */
  failedBy(given: number): number {
    const move = this.baseOf(given);
    if (move >= this.failed(0) && move < this.retry(0)) return move - this.failed(0);
    const own = this.outcomeOf(move);
    return own?.outcome === "failed" ? own.transition : -1;
  }

  /** What a number stands for. */
  of(given: number): Move {
    const move = this.baseOf(given);
    if (move === this.start) return { kind: "start" };
    if (move === this.resume) return { kind: "resume" };
    const [kind, transition] = [Math.floor((move - 2) / this.#transitions), (move - 2) % this.#transitions];
    if (this.#transitions > 0 && kind === 0) return { kind: "done", transition };
    if (this.#transitions > 0 && kind === 1) return { kind: "failed", transition };
    if (this.#transitions > 0 && (kind === 2 || kind === 3)) return { kind: "retry", transition };
    const own = this.outcomeOf(move);
    if (own !== undefined) return cueOf(own);
    if (move >= this.crash(0)) return { kind: "crash" };
    const duration = this.durations[move - this.elapse(0)];
    if (duration !== undefined) return { kind: "elapse", duration };
    // Every other number is an observation's.
    return { kind: "observe", facts: at(this.observations, move - this.observe(0)) };
  }
}

/**
 * Beside the plain outcomes, with the first payload that a handler may have: the others, and all where nobody knows. That is told apart
 * as well where a handler asks for failures: after it they are no end.
 */
function outcomesOf(domain: Domain, payloads: Inputs["payloads"]): PayloadOutcome[] {
  const { handlers } = domain;
  const asksFor = (effect: string, outcome: Outcome) =>
    handlers.some((handler) => handler.effect === effect && handler.outcome === outcome);
  return domain.transitions.flatMap(({ effects }, transition) => [
    ...handledOutcomes(domain, transition, payloads),
    ...effects
      .filter((effect) => asksFor(effect, "failed") && !asksFor(effect, "unknown"))
      .map((effect): PayloadOutcome => ({ transition, effect, outcome: "unknown", payload: undefined })),
  ]);
}

function handledOutcomes({ transitions, handlers }: Domain, transition: number, payloads: Inputs["payloads"]): PayloadOutcome[] {
  const effects = transitions[transition]?.effects ?? [];
  return handlers.flatMap((handler) => {
    const { effect, outcome, parameter } = handler;
    if (!effects.includes(effect)) return [];
    const all = parameter === null ? [undefined] : (payloads.get(payloadName(handler)) ?? []);
    return all.slice(outcome === "unknown" ? 0 : 1).map((each) => ({ transition, effect, outcome, payload: each }));
  });
}

function cueOf({ transition, outcome, payload }: PayloadOutcome): Move {
  if (outcome === "done")
    return payload === undefined ? { kind: outcome, transition } : { kind: outcome, transition, value: payload };
  return payload === undefined ? { kind: outcome, transition } : { kind: outcome, transition, reason: String(payload) };
}

function crashingIn({ transitions, handlers }: Domain): number[] {
  const asked = handlers.flatMap(({ effect, outcome }) => (outcome === "unknown" ? [effect] : []));
  return transitions.flatMap(({ effects }, index) => (effects.some((effect) => asked.includes(effect)) ? [index] : []));
}
