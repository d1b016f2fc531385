import type { Contract, Handler } from "../../../runtime-lib/kernel/compiled.js";
import { Contracts } from "../../../runtime-lib/kernel/contracts.js";
import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import { Durations } from "../../../runtime-lib/kernel/durations.js";
import type { Input } from "../../../runtime-lib/kernel/event.js";
import { isTrue } from "../../../runtime-lib/kernel/faults.js";
import { Handlers } from "../../../runtime-lib/kernel/handlers.js";
import { type Activation, type Backoff, type Instance, none, noPost } from "../../../runtime-lib/kernel/instance.js";
import { prepare } from "../../../runtime-lib/kernel/machine.js";
import { type Reaction, react } from "../../../runtime-lib/kernel/react.js";
import type { Machine, RetryPolicy } from "../../../runtime-lib/kernel/rules.js";
import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Domain, Outcome } from "../../2-check/program.js";
import { at } from "../../language/at.js";
import type { Inputs } from "../environment/inputs.js";
import { changesOnly, fieldsPromisedBy } from "../environment/observations.js";
import { payloadName } from "../environment/payload.js";
import { Visits } from "../search/visits.js";
import { Codec, later } from "./codec.js";
import { Moves } from "./moves.js";
import type { Flight, Node, Pause } from "./node.js";
import { canCommitAtOnce, ordersOf } from "./order.js";
import { isEnabled, type Plain, type Planned, States } from "./states.js";

const noNumbers: readonly number[] = [];

/** When what has to hold for some time began to, in nodes in which it has not for long enough. */
const began = -later / 2;

/** One ms before the next attempt, whatever happens: time does not pass by itself. */
const policy: RetryPolicy = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };

/** What a call of `react` is to heed. */
interface Reacting {
  /** The one transition that may start, once; null: all may. */
  readonly only: number | null;
  /** Where the observation leads that is being made; null: nowhere new, or it is made already. */
  readonly arriving: Plain | null;
}

const unhindered: Reacting = { only: null, arriving: null };

/** Drives `react` from node to node, over states of which there is one object each. */
export class Walker {
  readonly domain: Domain;
  readonly machine: Machine;
  readonly states: States;
  readonly moves: Moves;
  readonly codec: Codec;
  readonly visits: Visits;
  /** The transitions that are in nobody's way, by index. */
  readonly independent: readonly boolean[];
  /** Nothing in it depends on time, on outcomes or on what is more important: its transitions are on a par. */
  readonly isPlain: boolean;
  /** It is plain, and whatever begins has an effect to wait for: nothing commits at once. */
  readonly isGentle: boolean;
  readonly #payloads: Inputs["payloads"];
  readonly #contracts: readonly (readonly [string, Contract])[];
  readonly #survivedRest = new Set<Flight | Pause>();
  readonly #survivedChange = new Set<Flight | Pause>();
  /** What the kernel is given for each move, as far as it was made; of outcomes for each intent. */
  readonly #inputs: Input[] = [];
  /** What the call of `react` that is under way is to heed; set and taken away by that call. */
  #reacting: Reacting = unhindered;

  constructor(domain: Domain, definition: Definition, inputs: Inputs, withOthers: boolean) {
    this.domain = domain;
    this.states = new States(domain, definition, inputs.intBound);
    this.machine = this.#machineOver(definition);
    this.moves = new Moves(domain, inputs, withOthers);
    this.isPlain = isPlain(domain, this.machine);
    this.isGentle = this.isPlain && !domain.transitions.some(({ body }) => canCommitAtOnce(body));
    this.independent = this.isPlain ? independentIn(domain, this.machine) : domain.transitions.map(() => false);
    this.visits = new Visits();
    this.codec = new Codec(this.machine, this.states, ordersOf(domain, this.machine), this.independent, this.visits);
    this.#payloads = inputs.payloads;
    this.#contracts = [...(this.machine.contracts?.byEffect ?? [])];
  }

  /** The compiled machine over states of which there is one object each. */
  #machineOver(definition: Definition): Machine {
    const plain = prepare(definition, { retry: policy, publishes: false });
    const { states } = this;
    return {
      ...plain,
      initial: states.of(plain.initial).state,
      same: (a, b) => a === b,
      merge: (state, changes) => this.#merge(states.of(state), changes),
      goals: plain.goals.map(({ name }, index) => ({ name, reality: (state) => realityIn(states.of(state), index) })),
      transitions: plain.transitions.map(({ laterSteps, cooldown, ...transition }, index) => ({
        ...transition,
        ...(cooldown === undefined ? {} : { cooldown: later }),
        plan: (state) => (this.#mayStart(index) ? planOf(states.of(state), index) : null),
        ...(laterSteps === undefined
          ? {}
          : {
              laterSteps: laterSteps.map(
                (ask, step) => (state: State) => planFrom(states.laterPlan(states.of(state), index, step + 1, ask)),
              ),
            }),
      })),
      durations: inTimeOfNodes(plain.durations),
      handlers: plain.handlers && new Handlers(plain.handlers.all.map((each) => ({ ...each, writes: this.#handling(each) }))),
      contracts: plain.contracts && new Contracts(Object.fromEntries(promisesOf(plain.contracts))),
    };
  }

  /** What a handler writes, as one object for each answer. */
  #handling(handler: Handler): Handler["writes"] {
    const key = payloadName(handler);
    return (state, payload) => {
      const { handled, state: own } = this.states.of(state);
      const question = JSON.stringify([key, payload]);
      const writes = handled.get(question) ?? handler.writes(own, payload);
      handled.set(question, writes);
      return writes;
    };
  }

  #merge(before: Plain, changes: Partial<State>): State {
    const { arriving } = this.#reacting;
    if (arriving !== null) {
      this.#reacting = { ...this.#reacting, arriving: null };
      return arriving.state;
    }
    const after = this.states.after(before, changes);
    // What counts is a change all the same, and leads to a state that there never was before.
    return this.states.counts(changes) ? { ...after.state } : after.state;
  }

  /** An empty node to read others into. */
  node(): Node {
    const plain = this.states.of(this.machine.initial);
    return {
      plain,
      cursor: 0,
      isHeld: false,
      owed: 0,
      faulted: none,
      reached: none,
      isUnborn: true,
      about: this.machine.transitions.map(() => null),
    };
  }

  /** What a move makes of a node. */
  step(node: Node, move: number): Reaction {
    return this.#react(this.machine, node, move, null);
  }

  /**
   * Makes a move after which nothing starts but, once, one transition (-1: none at all): for looking at other orders than the
   * kernel's own.
   */
  stepAlone(node: Node, move: number, only: number): Reaction {
    return this.#react(this.machine, node, move, only);
  }

  /** What a move makes of a node, with all that is published about it. */
  tell(node: Node, move: number): Reaction {
    return this.#react({ ...this.machine, publishes: true }, node, move, null);
  }

  #react(machine: Machine, node: Node, move: number, only: number | null): Reaction {
    const target = this.moves.observationOf(move) < 0 ? node.plain : this.observed(node.plain, this.moves.observationOf(move));
    this.#reacting = { only, arriving: target === node.plain ? null : target };
    const reaction = react(machine, this.instanceOf(node, move), this.#inputOf(node, this.moves.baseOf(move)));
    this.#reacting = unhindered;
    return this.#withoutCounted(reaction);
  }

  /** What has counted something is in a state that it never was in before. */
  #withoutCounted(reaction: Reaction): Reaction {
    const { instance, commits } = reaction;
    if (instance.reached.length === 0 || !commits.some(({ writes }) => this.states.counts(writes))) return reaction;
    return { ...reaction, instance: { ...instance, reached: none } };
  }

  #mayStart(transition: number): boolean {
    const { only } = this.#reacting;
    if (only === null) return true;
    if (only !== transition) return false;
    this.#reacting = { ...this.#reacting, only: -1 };
    return true;
  }

  /** @param move no late variant: what comes is the same, whenever it comes */
  #inputOf(node: Node, move: number): Input {
    const { moves } = this;
    const observation = moves.observationOf(move);
    const transition = moves.outcomeBy(move);
    if (transition < 0) return this.#inputs[move] ?? this.#noteInput(move, observation);
    const flight = node.about[transition];
    const intent = flight?.kind === "flight" ? flight.next : 0;
    if (this.machine.handlers !== null) return this.#outcomeOf(move, transition, intent, this.effectOf(flight));
    // With no payloads, an outcome of an intent is always the same.
    const index = intent * moves.count + move;
    let input = this.#inputs[index];
    if (input === undefined) {
      input = this.#outcomeOf(move, transition, intent, "");
      this.#inputs[index] = input;
    }
    return input;
  }

  #noteInput(move: number, observation: number): Input {
    const { moves } = this;
    const input: Input =
      observation >= 0
        ? { type: "observation", now: 0, facts: moves.observations[observation] }
        : { type: this.#typeOf(move), now: 0 };
    this.#inputs[move] = input;
    return input;
  }

  #typeOf(move: number): "started" | "recovered" | "timer" {
    const { moves } = this;
    if (moves.sparedBy(move) !== null) return "recovered";
    return moves.baseOf(move) === moves.start ? "started" : "timer";
  }

  #outcomeOf(move: number, transition: number, intent: number, effect: string): Input {
    const { moves } = this;
    const own = moves.outcomeOf(move);
    const outcome = own?.outcome ?? (moves.doneBy(move) >= 0 ? "done" : "failed");
    const payload = own === undefined ? this.firstPayload(effect, outcome) : own.payload;
    const reason = outcome === "done" || payload === undefined ? "" : String(payload);
    return { type: "outcome", now: 0, activation: transition + 1, intent, attempt: 1, outcome, reason, value: payload };
  }

  /** The effect that a flight is at; empty: it is none. */
  effectOf(entry: Flight | Pause | null | undefined): string {
    return entry?.kind === "flight" ? (entry.planned.plan.intents[entry.next]?.effect ?? "") : "";
  }

  /** The payload of the handler of a plain outcome; undefined: it has none. */
  firstPayload(effect: string, outcome: Outcome): Value | undefined {
    return this.#payloads.get(payloadName({ effect, outcome }))?.[0];
  }

  /** Whether a handler makes a difference to an outcome of an effect. */
  handles(effect: string, outcome: Outcome): boolean {
    return this.machine.handlers?.find(effect, outcome) !== undefined;
  }

  /** The observations that show what the world owes, by their numbers: those that change nothing else, where there are any. */
  showing(plain: Plain, contract: number): number[] {
    const [effect, promised] = at(this.#contracts, contract);
    const all = this.moves.observations.map((_, index) => index);
    const showing = all.filter((index) => isTrue(promised.shown, this.observed(plain, index).state));
    const fields = fieldsPromisedBy(this.domain, effect);
    const alone = showing.filter((index) => changesOnly(fields, at(this.moves.observations, index), plain.state));
    return alone.length > 0 ? alone : showing;
  }

  /** The contracts of which the world owes something in a node, by their numbers. */
  owedIn({ owed }: Node): readonly number[] {
    return owed === 0 ? noNumbers : this.#contracts.flatMap((_, index) => ((owed >> index) & 1 ? [index] : []));
  }

  /** Whether something holds that has to hold for some time, and has not for long enough. */
  isRunning({ plain: { state }, isUnborn }: Pick<Node, "plain" | "isUnborn">, duration: number): boolean {
    if (isUnborn) return false;
    const own = this.machine.durations?.all[duration];
    return own !== undefined && state[own.name] !== true && isTrue(own.holds, state);
  }

  /** The durations that are running, by their numbers. */
  runningIn(node: Pick<Node, "plain" | "isUnborn">): readonly number[] {
    const { durations } = this.moves;
    return durations.length === 0 ? noNumbers : durations.flatMap((_, index) => (this.isRunning(node, index) ? [index] : []));
  }

  /** The durations that begin anew by a reaction, though they were running before and are running after it. */
  restartedBy(node: Node, { instance }: Reaction): readonly number[] {
    const { durations } = this.machine;
    if (durations === null) return noNumbers;
    return durations.all.flatMap(({ name }, index) => {
      const isRunning = instance.state[name] !== true && (instance.since[index] ?? null) !== null;
      return isRunning && instance.since[index] !== began && this.isRunning(node, index) ? [index] : [];
    });
  }

  /** Whether a transition has something to do in a node, and did not fault there. */
  mayStart({ plain, faulted }: Node, transition: number): boolean {
    return isEnabled(plain, transition) && !faulted.includes(this.machine.transitions[transition]?.name ?? "");
  }

  /** Where an observation leads. */
  observed(plain: Plain, observation: number): Plain {
    let target = plain.observed[observation];
    if (target === undefined) {
      const facts = at(this.moves.observations, observation);
      target = this.states.of({ ...plain.state, ...facts });
      plain.observed[observation] = target;
    }
    return target;
  }

  /** The instance that a node stands for, at the time of a move: what the move waits for is over. */
  instanceOf(node: Node, move: number): Instance {
    const { plain, cursor, isHeld, isUnborn, about } = node;
    const { moves } = this;
    const base = moves.baseOf(move);
    const overdue = moves.overdueAt(move);
    const spared = moves.sparedBy(move);
    const activations: Activation[] = [];
    const backoffs: Backoff[] = [];
    for (let index = 0; index < about.length; index += 1) {
      const entry = about[index];
      if (entry === null || entry === undefined) continue;
      if (entry.kind === "flight") activations.push(spared?.includes(index) === true ? carriedThrough(entry) : entry.activation);
      if (overdue.includes(moves.retry(index))) continue;
      const over = base === moves.retry(index) ? 0 : base === moves.retryOther(index) ? 1 : -1;
      for (const backoff of entry.backoffs) if (backoff !== entry.backoffs[over]) backoffs.push(backoff);
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
      since: this.machine.durations === null ? none : this.#sinceIn(plain, this.machine.durations, move),
      expected: this.owedIn(node).map((index) => ({ effect: this.#contracts[index]?.[0] ?? "", until: later })),
      cursor,
      backoffs,
      // Neither is written down: a crash forgets both.
      faults: spared === null ? faultsOf(node) : none,
      reached: spared === null ? node.reached : none,
      oscillations: 0,
      heldUntil: isHeld && base !== moves.resume && !overdue.includes(moves.resume) ? later : null,
      wakeAt: null,
      random: 0,
      settlements: [],
      post: noPost,
    };
  }

  /** What is over began before the time of nodes, and so did what is just over. */
  #sinceIn({ state }: Plain, { all }: Durations, move: number): (number | null)[] {
    return all.map(({ name, holds }, index) => {
      if (!isTrue(holds, state)) return null;
      // It began a little before now, so that one that begins anew can be told.
      const elapse = this.moves.elapse(index);
      const isOver = this.moves.baseOf(move) === elapse || this.moves.overdueAt(move).includes(elapse);
      return state[name] === true || isOver ? -later : began;
    });
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

function faultsOf({ plain, faulted }: Node): Instance["faults"] {
  return faulted.length === 0 ? none : faulted.map((name) => ({ kind: "transition", name, reason: "", state: plain.state }));
}

/** An activation that waits for another attempt at what it carries through. */
function carriedThrough({ activation }: Flight): Activation {
  return { ...activation, mode: "carried", dueAt: later };
}

/** @throws Error where the step faults, as the compiled plan does */
function planOf(plain: Plain, transition: number): Planned["plan"] | null {
  return planFrom(plain.plans[transition] ?? null);
}

/** @throws Error where the step faults, as the compiled plan does */
function planFrom(planned: Planned | string | null): Planned["plan"] | null {
  if (typeof planned === "string") throw new Error(planned);
  return planned?.plan ?? null;
}

/** Whether a domain has nothing of level 2 but unions and invariants. */
function isPlain({ transitions, handlers, durations }: Domain, { classes, contracts }: Machine): boolean {
  const isSimple = transitions.every(
    ({ laterSteps, cooldown, serves }) => laterSteps.length === 0 && cooldown === 0 && serves === null,
  );
  return isSimple && handlers.length === 0 && durations.length === 0 && classes.length < 2 && contracts === null;
}

/** Durations that are over as soon as the time of nodes goes on. */
function inTimeOfNodes(durations: Durations | null): Durations | null {
  return (
    durations &&
    new Durations(Object.fromEntries(durations.all.map((each) => [each.name, { ...each, ms: Math.min(each.ms, later) }])))
  );
}

/** Contracts that are kept as soon as the time of nodes goes on. */
function promisesOf({ byEffect }: Contracts): [string, Contract][] {
  return [...byEffect].map(([effect, contract]) => [effect, { ...contract, within: later }]);
}

/** Which transitions wait for none, and none waits for: where nothing commits at once, they are in nobody's way. */
function independentIn({ transitions }: Domain, machine: Machine): boolean[] {
  if (transitions.some(({ body }) => canCommitAtOnce(body))) return transitions.map(() => false);
  const awaited = new Set(machine.transitions.flatMap(({ waitsFor }) => waitsFor));
  return machine.transitions.map(({ name, waitsFor }) => waitsFor.length === 0 && !awaited.has(name));
}
