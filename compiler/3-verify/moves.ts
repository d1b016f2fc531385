import type { State } from "../../runtime-lib/kernel/definition.js";
import type { Cue } from "../../runtime-lib/simulate/replay.js";
import type { Value } from "../2-check/program.js";
import type { Inputs } from "./inputs.js";

/** What may happen to an instance next; transitions are given by their index. */
export type Move = Cue<number>;

/** More combinations of observed values than this are not told at once, but field by field. */
const maxCombinations = 64;

/** The moves of a domain, each with a number of its own. */
export class Moves {
  readonly start = 0;
  readonly resume = 1;
  readonly observations: readonly State[];
  /** Whether also several fields are observed at once. */
  readonly isJoint: boolean;
  readonly #transitions: number;

  constructor(transitions: number, { fields }: Inputs, withOthers: boolean) {
    this.#transitions = transitions;
    const values = fields.map(({ field, values, others }) => [field, withOthers ? [...values, ...others] : values] as const);
    const combinations = values.reduce((product, [, each]) => product * (each.length + 1), 1) - 1;
    this.isJoint = combinations <= maxCombinations;
    const single = values.flatMap(([field, each]) => each.map((value): State => ({ [field]: value })));
    this.observations = this.isJoint ? combinationsOf(values) : single;
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

  /** How many there are. */
  get count(): number {
    return this.observe(this.observations.length);
  }

  /** What a number stands for. */
  of(move: number): Move {
    if (move === this.start) return { kind: "start" };
    if (move === this.resume) return { kind: "resume" };
    const [kind, transition] = [Math.floor((move - 2) / this.#transitions), (move - 2) % this.#transitions];
    if (this.#transitions > 0 && kind === 0) return { kind: "done", transition };
    if (this.#transitions > 0 && kind === 1) return { kind: "failed", transition };
    if (this.#transitions > 0 && (kind === 2 || kind === 3)) return { kind: "retry", transition };
    // Every other number is an observation's.
    return { kind: "observe", facts: this.observations[move - 2 - 4 * this.#transitions] as State };
  }
}

/** Every non-empty choice of fields with a value for each, those with the fewest fields first. */
function combinationsOf(fields: readonly (readonly [string, readonly Value[]])[]): State[] {
  let all: [string, Value][][] = [[]];
  for (const [field, values] of fields) {
    all = all.flatMap((chosen) => [chosen, ...values.map((value): [string, Value][] => [...chosen, [field, value]])]);
  }
  const sorted = all.filter((chosen) => chosen.length > 0).sort((a, b) => a.length - b.length);
  // A field may have any name, so no literal: `__proto__` would set the prototype.
  return sorted.map((chosen) => Object.fromEntries(chosen));
}
