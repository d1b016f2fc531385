import type { Definition, State } from "../../runtime-lib/kernel/definition.js";
import type { Input } from "../../runtime-lib/kernel/event.js";
import type { Activation, Backoff, Instance } from "../../runtime-lib/kernel/instance.js";
import { type Machine, prepare, type RetryPolicy } from "../../runtime-lib/kernel/machine.js";
import { type Reaction, react } from "../../runtime-lib/kernel/react.js";
import type { Domain } from "../2-check/program.js";
import { Codec, later } from "./codec.js";
import type { Inputs } from "./inputs.js";
import { Moves } from "./moves.js";
import type { Flight, Node, Pause } from "./node.js";
import { canCommitAtOnce, ordersOf } from "./order.js";
import { type Plain, type Planned, States } from "./states.js";

/** One ms before the next attempt, whatever happens: time does not pass by itself. */
const policy: RetryPolicy = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };

/** Drives `react` from node to node, over states of which there is one object each. */
export class Walker {
  readonly domain: Domain;
  readonly machine: Machine;
  readonly states: States;
  readonly moves: Moves;
  readonly codec: Codec;
  /** The transitions that are in nobody's way, by index. */
  readonly lone: readonly boolean[];
  readonly #survivedRest = new Set<Flight | Pause>();
  readonly #survivedChange = new Set<Flight | Pause>();
  /** The one transition that may start, once; null: any may. */
  #only: number | null = null;
  /** Where the observation leads that is being made. */
  #arriving: Plain | null = null;

  constructor(domain: Domain, definition: Definition, inputs: Inputs, withOthers: boolean) {
    this.domain = domain;
    this.states = new States(domain, definition, inputs.intBound);
    this.machine = this.#machineOver(definition);
    this.moves = new Moves(this.machine.transitions.length, inputs, withOthers);
    this.lone = loneIn(domain, this.machine);
    this.codec = new Codec(this.machine, this.states, ordersOf(domain, definition), this.lone);
  }

  /** The compiled machine over states of which there is one object each. */
  #machineOver(definition: Definition): Machine {
    const plain = prepare(definition, { retry: policy, publishes: false });
    const { states } = this;
    return {
      ...plain,
      initial: states.of(plain.initial).state,
      same: (a, b) => a === b,
      merge: (state, changes) => this.#merge(states.of(state), state, changes),
      goals: plain.goals.map(({ name }, index) => ({ name, reality: (state) => realityIn(states.of(state), index) })),
      transitions: plain.transitions.map((transition, index) => ({
        ...transition,
        plan: (state) => (this.#mayStart(index) ? planOf(states.of(state), index) : null),
      })),
    };
  }

  #merge(before: Plain, object: State, changes: Partial<State>): State {
    const arriving = this.#arriving;
    if (arriving !== null) {
      this.#arriving = null;
      return arriving.state;
    }
    const after = this.states.after(before, changes);
    // A commit that does no more than count is a change all the same.
    return after === before && object === before.state && this.states.counts(changes) ? before.twin : after.state;
  }

  /** An empty node to read others into. */
  node(): Node {
    const plain = this.states.of(this.machine.initial);
    return { plain, cursor: 0, isHeld: false, isUnborn: true, about: this.machine.transitions.map(() => null) };
  }

  /** What a move makes of a node. */
  step(node: Node, move: number): Reaction {
    const input = this.#inputOf(node, move);
    const instance = this.instanceOf(node, move);
    return react(this.machine, instance, input);
  }

  /**
   * Makes a move after which nothing starts but, once, one transition (-1: none at all): for looking at other orders than the
   * kernel's own.
   */
  stepAlone(node: Node, move: number, only: number): Reaction {
    this.#only = only;
    const reaction = this.step(node, move);
    this.#only = null;
    return reaction;
  }

  #mayStart(transition: number): boolean {
    if (this.#only === null) return true;
    if (this.#only !== transition) return false;
    this.#only = -1;
    return true;
  }

  /** What a move makes of a node, with all that is published about it. */
  tell(node: Node, move: number): Reaction {
    const input = this.#inputOf(node, move);
    const instance = this.instanceOf(node, move);
    return react({ ...this.machine, publishes: true }, instance, input);
  }

  #inputOf(node: Node, move: number): Input {
    const { moves } = this;
    const count = this.machine.transitions.length;
    if (move === moves.start) return { type: "started", now: 0 };
    if (move === moves.resume || (move >= moves.retry(0) && move < moves.observe(0))) return { type: "timer", now: 0 };
    if (move >= moves.observe(0)) {
      const observation = move - moves.observe(0);
      const target = this.observed(node.plain, observation);
      this.#arriving = target === node.plain ? null : target;
      return { type: "observation", now: 0, facts: moves.observations[observation] };
    }
    const isDone = move < moves.failed(0);
    const transition = (move - moves.done(0)) % count;
    const flight = node.about[transition];
    const intent = flight?.kind === "flight" ? flight.next : 0;
    const outcome = isDone ? "done" : "failed";
    return { type: "outcome", now: 0, activation: transition + 1, intent, attempt: 1, outcome, reason: "" };
  }

  /** Where an observation leads. */
  observed(plain: Plain, observation: number): Plain {
    let target = plain.observed[observation];
    if (target === undefined) {
      // Observations are given by their numbers.
      const facts = this.moves.observations[observation] as State;
      target = this.states.of({ ...plain.state, ...facts });
      plain.observed[observation] = target;
    }
    return target;
  }

  /** The instance that a node stands for, at the time of a move: what the move waits for is over. */
  instanceOf({ plain, cursor, isHeld, isUnborn, about }: Node, move: number): Instance {
    const { moves } = this;
    const activations: Activation[] = [];
    const backoffs: Backoff[] = [];
    for (let index = 0; index < about.length; index += 1) {
      const entry = about[index];
      if (entry === null || entry === undefined) continue;
      if (entry.kind === "flight") activations.push(entry.activation);
      const over = move === moves.retry(index) ? 0 : move === moves.retryOther(index) ? 1 : -1;
      for (const [place, backoff] of entry.backoffs.entries()) if (place !== over) backoffs.push(backoff);
    }
    return {
      key: "",
      epoch: "",
      state: plain.state,
      phase: "working",
      realities: isUnborn ? [] : ["?"],
      activations,
      number: about.length,
      order: about.length,
      cursor,
      backoffs,
      faults: [],
      reached: [],
      oscillations: 0,
      heldUntil: isHeld && move !== moves.resume ? later : null,
      wakeAt: null,
      random: 0,
      settlements: [],
    };
  }

  /**
   * Whether an activation in flight is still there after an attempt that may have happened, and one that failed. It is the same
   * in every state in which nobody wants it, so that each is asked once.
   */
  survivesUnknown(node: Node, transition: number): boolean {
    const flight = node.about[transition];
    const asked = node.plain.allHold ? this.#survivedRest : this.#survivedChange;
    if (flight === null || flight === undefined || asked.has(flight)) return true;
    asked.add(flight);
    const about = { type: "outcome", now: 0, activation: transition + 1, intent: 0, reason: "" } as const;
    const unsure = react(this.machine, this.instanceOf(node, this.moves.start), { ...about, attempt: 1, outcome: "unknown" });
    const again = react(this.machine, unsure.instance, { type: "timer", now: later });
    const after = react(this.machine, again.instance, { ...about, now: later, attempt: 2, outcome: "failed" });
    return after.instance.activations.some(({ number }) => number === transition + 1);
  }
}

function realityIn(plain: Plain, goal: number): string | null {
  plain.isMet = true;
  return plain.realities[goal] ?? null;
}

/** @throws Error where the step faults, as the compiled plan does */
function planOf(plain: Plain, transition: number): Planned["plan"] | null {
  const planned = plain.plans[transition];
  if (typeof planned === "string") throw new Error(planned);
  return planned?.plan ?? null;
}

/** Which transitions wait for none, and none waits for: where nothing commits at once, they are in nobody's way. */
function loneIn({ transitions }: Domain, machine: Machine): boolean[] {
  if (transitions.some(({ body }) => canCommitAtOnce(body))) return transitions.map(() => false);
  const awaited = new Set(machine.transitions.flatMap(({ waitsFor }) => waitsFor));
  return machine.transitions.map(({ name, waitsFor }) => waitsFor.length === 0 && !awaited.has(name));
}
