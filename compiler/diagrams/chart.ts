import type { Plan, Receiver } from "../../runtime-lib/kernel/compiled.js";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State, Value, ValueType } from "../../runtime-lib/kernel/value.js";
import type { DomainDescription, FieldDescription } from "../2-check/description.js";
import { ownKey } from "../language/name.js";

/** Whether instances rest there, have something to do, or wait for the outside, a message or the time. */
export type NodeKind = "rest" | "work" | "wait";

/** Where an instance may be: all states in which the same realities hold and the same transitions are enabled. */
export interface ChartNode {
  /** The same for the same node, whoever asks. */
  readonly id: string;
  readonly kind: NodeKind;
  /** For each goal the name of the reality that holds, or null. */
  readonly realities: Readonly<Record<string, string | null>>;
  /** The transitions that are enabled. */
  readonly enabled: readonly string[];
  readonly isInitial: boolean;
}

/** What leads from one node to another: observations, transitions, what became of effects, messages, or time. */
export type EdgeKind = "observed" | "transition" | "outcome" | "message" | "time";

/** What leads from one node to another. */
export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** What does, each in words of the program. */
  readonly labels: readonly string[];
}

/** A domain as a graph: where it may be, and what leads from node to node. */
export interface Chart {
  readonly domain: string;
  readonly nodes: readonly ChartNode[];
  readonly edges: readonly ChartEdge[];
  /** Every node is there; false: the states were too many to look at all. */
  readonly isWhole: boolean;
  /** Whether nodes are told apart by the enabled transitions as well, or by realities alone: then they were too many. */
  readonly isFine: boolean;
}

/** So many states are looked at. */
const maxStates = 20_000;

/** A chart with more nodes says little: those that differ in the enabled transitions only become one. */
const maxNodes = 24;

/** Stands for every string that the program does not know. */
const otherString = "…";

interface ChartMove {
  readonly kind: EdgeKind;
  readonly label: string;
  readonly state: State;
}

/**
 * Makes the chart of a domain: its states are followed from the first one through everything that may be observed, sent and done,
 * each transition as if its effects happened at once. Pure; what is compiled is asked, so that the chart shows what will run.
 */
export function chartOf(description: DomainDescription, definition: Definition): Chart {
  const explored = explore(description, definition);
  const fine = drawn(explored, definition, true);
  return fine.nodes.length <= maxNodes ? fine : drawn(explored, definition, false);
}

/** Finds the node where a state is. @param isFine whether the chart tells nodes apart by the enabled transitions */
export function nodeOf(definition: Definition, state: State, isFine: boolean): Omit<ChartNode, "isInitial"> {
  const realities = Object.fromEntries(
    Object.entries(definition.goals).map(([goal, reality]) => [goal, quietly(() => reality(state), null)]),
  );
  const enabled = enabledIn(definition, state, realities);
  const isResting = Object.values(realities).every((reality) => reality !== null);
  const kind = isResting ? "rest" : enabled.length > 0 ? "work" : "wait";
  const payload = isFine || kind !== "work" ? enabled : [];
  return { id: JSON.stringify([kind, ...Object.values(realities), ...payload]), kind, realities, enabled: payload };
}

function enabledIn({ transitions }: Definition, state: State, realities: ChartNode["realities"]): string[] {
  const unmet = new Set(Object.keys(realities).filter((goal) => realities[goal] === null));
  if (unmet.size === 0) return [];
  return Object.entries(transitions)
    .filter(([, { parameters, serves }]) => parameters === undefined && (serves?.some((goal) => unmet.has(goal)) ?? true))
    .filter(([, transition]) => quietly(() => transition.enabled(state), false))
    .map(([name]) => name);
}

interface Explored {
  readonly states: ReadonlyMap<string, State>;
  readonly moves: readonly (ChartMove & { readonly from: State })[];
  readonly isWhole: boolean;
}

/** The states with which instances come to life: each with its own key in it, where that is asked for. */
function beginningsOf({ keys }: DomainDescription, initial: State): State[] {
  return keys === undefined ? [initial] : keys.map((key) => ({ ...initial, [ownKey]: key }));
}

function explore(description: DomainDescription, definition: Definition): Explored {
  const firsts = beginningsOf(description, definition.initial).map((state) => settled(definition, state));
  const states = new Map(firsts.map((first) => [JSON.stringify(first), first]));
  const moves: (ChartMove & { from: State })[] = [];
  for (const state of states.values()) {
    for (const move of movesFrom(description, definition, state)) {
      const key = JSON.stringify(move.state);
      if (!states.has(key) && states.size === maxStates) return { states, moves, isWhole: false };
      if (!states.has(key)) states.set(key, move.state);
      moves.push({ ...move, from: state });
    }
  }
  return { states, moves, isWhole: true };
}

function drawn({ states, moves, isWhole }: Explored, definition: Definition, isFine: boolean): Chart {
  const known = new Map<State, string>();
  const nodes = new Map<string, ChartNode>();
  for (const state of states.values()) {
    const node = nodeOf(definition, state, isFine);
    known.set(state, node.id);
    if (!nodes.has(node.id)) nodes.set(node.id, { ...node, isInitial: nodes.size === 0 });
  }
  const idOf = (state: State) => known.get(states.get(JSON.stringify(state)) ?? state) ?? "";
  const edges = new Map<string, { from: string; to: string; kind: EdgeKind; labels: Set<string> }>();
  for (const { from, state, kind, label } of moves) {
    const edge = { from: idOf(from), to: idOf(state), kind };
    if (edge.from === edge.to || (kind === "observed" && !isDrawn(from, nodes.get(edge.from)))) continue;
    const key = JSON.stringify(edge);
    const labels = edges.get(key)?.labels ?? new Set();
    edges.set(key, { ...edge, labels: labels.add(label) });
  }
  return {
    domain: definition.name,
    nodes: [...nodes.values()],
    edges: [...edges.values()].map((edge) => ({ ...edge, labels: [...edge.labels] })),
    isWhole,
    isFine,
  };
}

/**
 * Says whether a move is drawn: what is observed on the way, or after something unknown, adds lines to each node and nothing that
 * those at rest do not show.
 */
function isDrawn(from: State, node: ChartNode | undefined): boolean {
  return node?.kind !== "work" && !Object.values(from).includes(otherString);
}

function* movesFrom(description: DomainDescription, definition: Definition, state: State): Generator<ChartMove> {
  for (const field of description.fields) yield* observationsOf(definition, field, state);
  const { realities } = nodeOf(definition, state, true);
  for (const name of enabledIn(definition, state, realities)) yield* transitionMoves(definition, name, [], state);
  for (const { name, parameters = [] } of asked(definition))
    for (const args of argumentsFor(parameters)) yield* messageMoves(definition, name, args, state);
  for (const { name, over, holds } of definition.durations?.all ?? [])
    if (state[name] !== true && quietly(() => holds(state), false))
      yield { kind: "time", label: name, state: settled(definition, definition.merge(state, over)) };
}

function* observationsOf(
  definition: Definition,
  { name, type, members, values }: FieldDescription,
  state: State,
): Generator<ChartMove> {
  const all = type === "string" && members === undefined && values.length > 0 ? [...values, otherString] : values;
  for (const value of all) {
    if (value === state[name]) continue;
    const label = value === otherString ? `${name} = anything else` : `${name} = ${JSON.stringify(value)}`;
    yield { kind: "observed", label, state: settled(definition, definition.merge(state, { [name]: value })) };
  }
}

/** Carries a transition through, step by step, with what its handlers make of it; and of failures, as often as not. */
function* transitionMoves(definition: Definition, name: string, args: readonly Value[], state: State): Generator<ChartMove> {
  const transition = definition.transitions[name];
  const plan = quietly(() => transition?.plan(state, ...args) ?? null, null);
  if (transition === undefined || plan === null) return;
  yield* outcomesOf(definition, plan, state);
  let next = committed(definition, plan, state);
  for (const later of transition.laterSteps ?? []) {
    const reached = next;
    const planned = quietly(() => later(reached, ...args), null);
    if (planned !== null) next = committed(definition, planned, next);
  }
  yield { kind: "transition", label: name, state: next };
}

/** Gives the state after a commit, with what handlers write where its effects are done. */
function committed(definition: Definition, { intents, writes }: Plan, state: State): State {
  let next = definition.merge(state, writes);
  for (const { effect } of intents) {
    const handler = definition.handlers?.find(effect, "done");
    const before = next;
    const handled = handler && quietly(() => handler.writes(before, anyValue(handler.payload)), {});
    next = definition.merge(next, handled ?? {});
  }
  return settled(definition, next);
}

/** Gives what handlers of failures and of unknown outcomes make of a state. */
function* outcomesOf(definition: Definition, { intents }: Plan, state: State): Generator<ChartMove> {
  for (const { effect } of intents) {
    for (const outcome of ["failed", "unknown"] as const) {
      const handler = definition.handlers?.find(effect, outcome);
      if (handler === undefined) continue;
      const writes = quietly(() => handler.writes(state, anyValue(handler.payload)), {});
      yield { kind: "outcome", label: `${effect} ${outcome}`, state: settled(definition, definition.merge(state, writes)) };
    }
  }
}

/** Gives what may be done about messages and events: receivers, and transitions with a parameter list. */
function asked({ receives = [], hears = [], transitions }: Definition): { name: string; parameters?: readonly ValueType[] }[] {
  const named = Object.entries(transitions).map(([name, { parameters }]) => ({ name, parameters }));
  return [
    ...receives,
    ...hears,
    ...named.flatMap(({ name, parameters }) => (parameters === undefined ? [] : [{ name, parameters }])),
  ];
}

function* messageMoves(definition: Definition, name: string, args: readonly Value[], state: State): Generator<ChartMove> {
  const { receives = [], hears = [] } = definition;
  const receiver: Receiver | undefined = [...receives, ...hears].find((each) => each.name === name);
  if (receiver === undefined) {
    for (const move of transitionMoves(definition, name, args, state)) yield { ...move, kind: "message" };
    return;
  }
  const plan = quietly(() => receiver.plan(state, ...args), null);
  if (plan !== null) yield { kind: "message", label: name, state: settled(definition, definition.merge(state, plan.writes)) };
}

/** Gives some of what a message may give: each member of a union, both booleans, small ints, the ends of a range. */
function argumentsFor(parameters: readonly ValueType[]): Value[][] {
  return parameters.reduce<Value[][]>(
    (lists, type) => lists.flatMap((list) => someOf(type).map((value) => [...list, value])).slice(0, 64),
    [[]],
  );
}

function someOf(type: ValueType): readonly Value[] {
  if (typeof type !== "string") return "min" in type ? [type.min, type.max] : type;
  return type === "bool" ? [false, true] : type === "int" ? [0, 1] : [otherString];
}

function anyValue(type: ValueType | undefined): Value {
  return type === undefined ? "" : (someOf(type)[0] ?? "");
}

/** Sets back the durations in a state whose conditions no longer hold. */
function settled({ durations, merge }: Definition, state: State): State {
  let next = state;
  for (const { name, holds, open } of durations?.all ?? []) {
    const before = next;
    if (before[name] === true && !quietly(() => holds(before), false)) next = merge(before, open);
  }
  return next;
}

function quietly<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
