import type { Machine } from "../../../runtime-lib/kernel/rules.js";
import type { Domain, Handler, Statement, Transition } from "../../2-check/program.js";
import { blocksIn, expressionsIn, fieldsIn, stepsOf } from "../../2-check/traverse.js";
import { at } from "../../language/at.js";
import { unreachable } from "../../language/unreachable.js";

// What the kernel remembers of orders (which transition is looked at next, which activation started first) matters only where
// transitions can get in each other's way. Elsewhere it is forgotten, so that states which differ in nothing else are one.

/** What of the orders matters. */
export interface Orders {
  /** For each place of the cursor the first place from which the same transitions get in each other's way in the same order. */
  readonly cursors: readonly number[];
  /**
   * For each transition those with which it may be in flight at the same time, where it matters which of them began first: both write a
   * field, or what nobody knows of both has to do with each other. By index.
   */
  readonly rivals: readonly (readonly number[])[];
  /** There are more places of the cursor than a node can tell apart. */
  readonly isTooMany: boolean;
}

const maxCursors = 1 << 14;

/** What of the orders matters in a domain. */
export function ordersOf({ transitions, handlers }: Domain, machine: Machine): Orders {
  const waits = (transition: Transition, other: Transition) =>
    machine.transitions.find(({ name }) => name === transition.name)?.waitsFor.includes(other.name) === true;
  const isAtOnce = transitions.map((transition) => stepsOf(transition).some(canCommitAtOnce));
  const turns = groupsOf(transitions.length, (a, b) => {
    const [first, second] = pair(transitions, a, b);
    return isAtOnce[a] === true || isAtOnce[b] === true || waits(first, second) || waits(second, first);
  });
  const areRivals = (first: Transition, second: Transition) =>
    (first.writes.some((field) => second.writes.includes(field)) || meetInCrash(handlers, first, second)) &&
    !(waits(first, second) && waits(second, first));
  const rivals = transitions.map((own) =>
    transitions.flatMap((other, index) => (other !== own && areRivals(own, other) ? [index] : [])),
  );
  // With priorities the cursor has a place for each, and is kept as it is.
  const positions = machine.classes.reduce((product, { members }) => product * members.length, 1);
  const isOneClass = machine.classes.length < 2;
  const cursors = isOneClass ? cursorsOf(turns) : Array.from({ length: Math.min(positions, maxCursors) }, (_, cursor) => cursor);
  return { cursors, rivals, isTooMany: !isOneClass && positions > maxCursors };
}

/**
 * Whether it matters which of two transitions began first when a crash makes both unknown: a handler of one writes what a handler of the
 * other reads or writes.
 */
function meetInCrash(handlers: readonly Handler[], first: Transition, second: Transition): boolean {
  const askedBy = ({ effects }: Transition) =>
    handlers.filter(({ effect, outcome }) => outcome === "unknown" && effects.includes(effect));
  const isTouched = ({ writes }: Handler, { writes: others, body }: Handler) =>
    [...others, ...expressionsIn(body).flatMap(fieldsIn)].some((field) => writes.includes(field));
  return askedBy(first).some((one) => askedBy(second).some((other) => isTouched(one, other) || isTouched(other, one)));
}

function pair(transitions: readonly Transition[], a: number, b: number): [Transition, Transition] {
  return [at(transitions, a), at(transitions, b)];
}

/** Numbers the groups of those that are connected; -1 for one that is alone. */
function groupsOf(count: number, isConnected: (a: number, b: number) => boolean): number[] {
  const groups = Array.from({ length: count }, (_, index) => index);
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const [own, other] = [groups[a], groups[b]];
      if (own !== other && isConnected(a, b))
        for (const [index, group] of groups.entries()) if (group === other) groups[index] = own ?? -1;
    }
  }
  return groups.map((group) => (groups.filter((other) => other === group).length > 1 ? group : -1));
}

function cursorsOf(groups: readonly number[]): number[] {
  const count = groups.length;
  const named = [...new Set(groups)].filter((group) => group >= 0);
  const firstFrom = (cursor: number, group: number) => {
    for (let step = 0; step < count; step += 1) if (groups[(cursor + step) % count] === group) return (cursor + step) % count;
    return -1;
  };
  const signatures = groups.map((_, cursor) => named.map((group) => firstFrom(cursor, group)).join());
  return signatures.map((signature) => signatures.indexOf(signature));
}

/** Whether a step may assign something without emitting anything. */
export function canCommitAtOnce(body: readonly Statement[]): boolean {
  return waysThrough(body).some(({ emits, assigns }) => assigns && !emits);
}

interface Way {
  readonly emits: boolean;
  readonly assigns: boolean;
}

/** What the ways through a step do, whatever its conditions are; at most four are told apart. */
function waysThrough(body: readonly Statement[]): Way[] {
  let ways: Way[] = [{ emits: false, assigns: false }];
  for (const statement of body) {
    const inner = waysThroughStatement(statement);
    ways = ways.flatMap((way) =>
      inner.map(({ emits, assigns }) => ({ emits: way.emits || emits, assigns: way.assigns || assigns })),
    );
    ways = [...new Map(ways.map((way) => [`${way.emits}${way.assigns}`, way])).values()];
  }
  return ways;
}

function waysThroughStatement(statement: Statement): Way[] {
  switch (statement.kind) {
    case "emit":
    case "send":
    case "broadcast":
      return [{ emits: true, assigns: false }];
    case "assign":
      return [{ emits: false, assigns: true }];
    case "if":
      return blocksIn(statement).flatMap(waysThrough);
    default:
      return unreachable(statement);
  }
}
