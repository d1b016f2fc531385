import { isTrue } from "../../../runtime-lib/kernel/faults.js";
import type { Reaction } from "../../../runtime-lib/kernel/react.js";
import type { Flight, Node } from "./node.js";
import type { Walker } from "./walker.js";

/** What a commit promises and did not keep: an effect happened, and its writes neither took place nor were overtaken. */
export interface Broken {
  readonly node: number;
  readonly move: number;
  readonly transition: number;
}

/** An invariant that a commit broke, because an observation came in between. */
export interface BrokenInvariant extends Broken {
  readonly invariant: string;
}

/** Sees to it, move by move, that the kernel keeps its promise: nothing is left half-finished. Notes which invariants break. */
export class Promises {
  readonly broken: Broken[] = [];
  readonly brokenInvariants: BrokenInvariant[] = [];
  readonly #walker: Walker;

  constructor(walker: Walker) {
    this.#walker = walker;
  }

  /** Whether all that was carried through is still there, or has been committed. */
  check(at: number, node: Node, move: number, reaction: Reaction): void {
    const { moves } = this.#walker;
    const { instance, commits } = reaction;
    for (let index = 0; index < node.about.length; index += 1) {
      const entry = node.about[index];
      if (entry?.kind !== "flight") continue;
      const { number } = entry.activation;
      if (isAmong(number, instance.activations)) continue;
      const committed = commits.find((activation) => activation.number === number);
      const isKept =
        committed === undefined ? moves.failedBy(move) === index && canBeGivenUp(entry) : this.#happened(reaction, committed);
      if (!isKept) this.broken.push({ node: at, move, transition: index });
    }
    if (this.#walker.machine.invariants.length > 0) this.#checkInvariants(at, node, move, reaction);
  }

  #happened({ instance, commits }: Reaction, { writes, overtaken }: Reaction["commits"][number]): boolean {
    if (commits.length > 1) return true;
    const { counters } = this.#walker.states;
    for (const field in writes) {
      if (instance.state[field] !== writes[field] && !overtaken.includes(field) && !counters.has(field)) return false;
    }
    return true;
  }

  #checkInvariants(at: number, { plain }: Node, move: number, { instance, commits }: Reaction): void {
    const [first] = commits;
    if (first === undefined) return;
    for (const { name, holds } of this.#walker.machine.invariants) {
      if (!isTrue(holds, plain.state) || isTrue(holds, instance.state)) continue;
      this.brokenInvariants.push({ node: at, move, transition: this.#walker.codec.indexOf(first.transition), invariant: name });
    }
  }

  /** An attempt that may have happened is not given up by a failure of the next. */
  checkUnknown(at: number, node: Node, index: number): void {
    const walker = this.#walker;
    const move = walker.moves.failed(index);
    if (!walker.survivesUnknown(node, index)) this.broken.push({ node: at, move, transition: index });
  }
}

/** Asked at each move: a loop is what is fastest here. */
function isAmong(number: number, activations: Reaction["commits"]): boolean {
  for (const activation of activations) if (activation.number === number) return true;
  return false;
}

/** Whether a failure may be the end of it: nothing of it has happened, or may have. */
export function canBeGivenUp({ next, planned, unsure }: Flight): boolean {
  return next === 0 && planned.step === 0 && !unsure;
}
