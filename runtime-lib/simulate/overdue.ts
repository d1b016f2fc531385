import type { Plan, Receiver } from "../kernel/compiled.js";
import type { Definition } from "../kernel/definition.js";
import { isTrue } from "../kernel/faults.js";
import type { Activation, Backoff, Envelope, Fault, Received } from "../kernel/instance.js";
import type { State } from "../kernel/value.js";

/** How an instance stands, as far as that says what it waits for: an image is one, and so is an instance of the kernel. */
export interface Standing {
  readonly state: State;
  readonly activations?: readonly Pending[];
  readonly inbox?: readonly Received[];
  readonly outgoing?: readonly Envelope[];
  readonly backoffs?: readonly Backoff[];
  /** What faulted in this state; where that is not known, nothing is said of transitions that run by themselves. */
  readonly faults?: readonly Pick<Fault, "kind" | "name">[];
  readonly heldUntil?: number | null;
}

/** An activation; without a mode it is in flight. */
type Pending = Pick<Activation, "transition" | "intents" | "writes"> & Partial<Pick<Activation, "mode" | "dueAt" | "args">>;

/** What a definition says of one of its transitions. */
type Rule = Definition["transitions"][string];

/** One look at an instance. */
interface Look extends Standing {
  readonly definition: Definition;
  readonly now: number;
}

/**
 * Says what an instance could do at once and has left undone, in words; null: nothing. Whatever an instance can do it does in the reaction
 * that makes it possible, so that between two reactions nothing is overdue. A second opinion, from what the language says of who waits for
 * whom.
 */
export function overdue(definition: Definition, standing: Standing, now: number): string | null {
  const look = { ...standing, definition, now };
  return overdueMessage(look) ?? overdueRetry(look) ?? overdueStart(look);
}

/** Finds a message that waits although nothing holds it up: of one sender and priority the first has its turn. */
function overdueMessage(look: Look): string | null {
  const seen = new Set<string>();
  for (const message of look.inbox ?? []) {
    const way = `${message.from}/${message.isHigh}`;
    if (!seen.has(way) && canRun(look, message)) return `${message.name} waits in the mailbox, and nothing holds it up`;
    seen.add(way);
  }
  return null;
}

function canRun(look: Look, { name, args, isEvent }: Received): boolean {
  const { definition, state } = look;
  const receivers: readonly Receiver[] = (isEvent ? definition.hears : definition.receives) ?? [];
  const receiver = receivers.find((other) => other.name === name);
  const rule = receiver === undefined && !isEvent ? definition.transitions[name] : undefined;
  if (mustWaitForRoom(look, () => (receiver ?? rule)?.plan(state, ...args) ?? null)) return false;
  return rule === undefined || !(isUnderWay(look, name) || isHeldUp(look, rule) || isLetAlone(look, name));
}

/** Finds an activation that waits for its next attempt although that is due, and nothing holds it up. */
function overdueRetry(look: Look): string | null {
  const { activations = [], definition, state, now } = look;
  for (const { transition, mode, dueAt = null, args = null } of activations) {
    const rule = definition.transitions[transition];
    if (rule === undefined || mode === undefined || mode === "in flight" || dueAt === null || dueAt > now) continue;
    const isBound = mode === "carried";
    if (!isBound && ((args === null && isHeldBack(look)) || isHeldUp(look, rule))) continue;
    if (!isBound && mustWaitForRoom(look, () => rule.plan(state, ...(args ?? [])))) continue;
    return `${transition} is due, and is not tried again`;
  }
  return null;
}

/** Finds a transition that a goal asks for, and that could start. */
function overdueStart(look: Look): string | null {
  const { definition, state, faults } = look;
  const unmet = Object.entries(definition.goals).filter(([, reality]) => !isTrue((of) => reality(of) !== null, state));
  if (unmet.length === 0 || faults === undefined || isHeldBack(look)) return null;
  for (const [name, rule] of Object.entries(definition.transitions)) {
    const isServing = rule.serves === undefined || unmet.some(([goal]) => rule.serves?.includes(goal));
    if (rule.parameters !== undefined || !isServing || isUnderWay(look, name)) continue;
    if (faults.some((fault) => fault.kind === "transition" && fault.name === name)) continue;
    if (isHeldUp(look, rule) || isLetAlone(look, name)) continue;
    const plan = planned(() => rule.plan(state));
    if (plan === null || mustWaitForRoom(look, () => plan)) continue;
    return `a goal does not hold, and ${name} could start`;
  }
  return null;
}

function isUnderWay({ activations = [] }: Look, name: string): boolean {
  return activations.some(({ transition }) => transition === name);
}

/** Says whether an activation in flight holds a transition up: one of an older program by what it writes and uses. */
function isHeldUp({ activations = [] }: Look, { waitsFor, reads, uses, guards = [] }: Rule): boolean {
  return activations.some(
    ({ transition, mode, writes, intents }) =>
      mode !== "waiting" &&
      (waitsFor.includes(transition) ||
        [...reads, ...guards].some((field) => Object.hasOwn(writes, field)) ||
        intents.some(({ effect }) => uses.includes(effect))),
  );
}

/** Says whether a transition backs off, or cools down. */
function isLetAlone({ backoffs = [], now }: Look, name: string): boolean {
  return backoffs.some(({ transition, until }) => transition === name && until > now);
}

function isHeldBack({ heldUntil = null, now }: Look): boolean {
  return heldUntil !== null && heldUntil > now;
}

/** Says whether something would send, while what was sent before is still on its way. */
function mustWaitForRoom({ outgoing = [] }: Look, ask: () => Plan | null): boolean {
  return outgoing.length > 0 && (planned(ask)?.sends ?? []).length > 0;
}

/** Gives a plan; null: there is nothing to do, or it faults. */
function planned(ask: () => Plan | null): Plan | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
