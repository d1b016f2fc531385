import type { Plan, Transition } from "./compiled.js";
import { hasInvariants } from "./features.js";
import type { FaultKind } from "./instance.js";
import type { NamedTransition, Turn } from "./rules.js";
import { publish } from "./turn.js";
import type { State } from "./value.js";

// A fault inside a predicate or a step is state: it is noted, published, and hinders nothing else.

/** Gives the plan of a transition in the current state; null when it is not enabled, or faults (which is noted). */
export function planOf(turn: Turn, transition: NamedTransition): Plan | null {
  const { served, name, plan } = transition;
  const { realities, faults } = turn.next;
  // It serves the goals of its strategies, and nothing else.
  if (served?.every((goal) => realities[goal] !== null)) return null;
  if (faults.length > 0 && hasFaulted(turn, "transition", name)) return null;
  return planIn(turn, name, plan);
}

/**
 * Gives what one of a transition's steps would do in the current state; null when it has nothing to do, or faults (which is
 * noted).
 */
export function planIn(turn: Turn, name: string, ask: Transition["plan"]): Plan | null {
  const { next, machine } = turn;
  try {
    const plan = ask(next.state);
    if (!hasInvariants || plan === null || machine.invariants.length === 0) return plan;
    const broken = brokenBy(turn, plan.writes);
    if (broken === null) return plan;
    noteFault(turn, "transition", name, `it would break invariant ${broken}`);
  } catch (error) {
    noteFault(turn, "transition", name, reasonOf(error));
  }
  return null;
}

/** Says which reality of a goal holds in the current state; a predicate that faults does not hold. */
export function realityOf(turn: Turn, { name, reality }: Turn["machine"]["goals"][number]): string | null {
  try {
    return reality(turn.next.state);
  } catch (error) {
    if (!hasFaulted(turn, "goal", name)) noteFault(turn, "goal", name, reasonOf(error));
    return null;
  }
}

/** Gives the first invariant that holds now and would not with these writes, or null. */
export function brokenBy({ machine, next }: Turn, writes: Plan["writes"]): string | null {
  // Writes name fields of the state only.
  const after = { ...next.state, ...writes } as State;
  const broken = machine.invariants.find(({ holds }) => isTrue(holds, next.state) && !isTrue(holds, after));
  return broken?.name ?? null;
}

/** Forgets the faults of states that are no more. */
export function dropOldFaults({ next, machine }: Turn): void {
  if (next.faults.length > 0) next.faults = next.faults.filter((fault) => machine.same(fault.state, next.state));
}

/** Says whether something faulted in the current state. */
export function hasFaulted({ next, machine }: Turn, kind: FaultKind, name: string): boolean {
  return next.faults.some((fault) => fault.kind === kind && fault.name === name && machine.same(fault.state, next.state));
}

/** Notes a fault, and publishes it. */
export function noteFault(turn: Turn, kind: FaultKind, name: string, reason: string): void {
  const { next, machine } = turn;
  const others = next.faults.filter((fault) => fault.kind !== kind || fault.name !== name);
  next.faults = [...others, { kind, name, reason, state: next.state }];
  if (machine.publishes) publish(turn, { type: "faulted", kind, name, reason });
}

/** Says whether a condition holds; one that faults does not. */
export function isTrue(condition: (state: State) => boolean, state: State): boolean {
  try {
    return condition(state);
  } catch {
    return false;
  }
}

/** Puts what was thrown into words; it never throws itself, whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  } catch {
    return "something that cannot be shown";
  }
}
