import type { Intent } from "./compiled.js";
import { type Activation, type Backoff, none } from "./instance.js";
import { fractionOf, nextRandom } from "./random.js";
import type { NamedTransition, RetryPolicy, Turn } from "./rules.js";

/** Of more backoffs than this the oldest are forgotten: what is remembered is bounded. */
const maxPerInstance = 64;

/** Gives the policy of an intent; undefined stands for a message. */
export function policyOf({ machine }: Turn, intent: Intent | undefined): RetryPolicy {
  return machine.retryOf.get(intent?.effect ?? "") ?? machine.retry;
}

/**
 * Says until when (epoch ms) a transition must let these intents (null: whatever it wants) alone, or cools down; 0 when it need
 * not.
 */
export function backingOffUntil(turn: Turn, transition: string, intents: readonly Intent[] | null): number {
  let until = 0;
  for (const known of turn.next.backoffs) {
    if (known.transition === transition && (known.intents === null || (intents !== null && sameIntents(known.intents, intents))))
      until = Math.max(until, known.forgottenAt > turn.now ? known.until : 0);
  }
  return until;
}

/** Makes a transition that has committed cool down. */
export function coolDown({ next, now }: Turn, { name }: NamedTransition, cooldown: number): void {
  const until = now + cooldown;
  const others = next.backoffs.filter(({ transition, intents }) => transition !== name || intents !== null);
  next.backoffs = [...others, { transition: name, intents: null, failures: 0, fruitless: 0, until, forgottenAt: until }];
}

/** Notes an attempt in vain and gives the time of the next one, in epoch ms. */
export function noteFailure(turn: Turn, { transition, intents }: Activation, intent: Intent): number {
  const known = find(turn, transition, intents);
  const failures = (known?.failures ?? 0) + 1;
  return keep(turn, known, { transition, intents, failures, fruitless: known?.fruitless ?? 0 }, policyOf(turn, intent));
}

/** Notes a commit that changed nothing: the same intents are not emitted again at once. */
export function noteFruitless(turn: Turn, { transition, intents, sends }: Activation): void {
  const [intent] = intents;
  if (intent === undefined && sends.length === 0) return;
  const known = find(turn, transition, intents);
  const fruitless = (known?.fruitless ?? 0) + 1;
  keep(turn, known, { transition, intents, failures: 0, fruitless }, policyOf(turn, intent));
}

/** Notes that an intent is done: what failed before it no longer counts. */
export function noteDone(turn: Turn, { transition, intents }: Activation): void {
  const known = find(turn, transition, intents);
  if (known !== undefined) turn.next.backoffs = [...others(turn, known), { ...known, failures: 0 }];
}

/** Forgets a backoff, as a commit changed the state. */
export function forget(turn: Turn, { transition, intents }: Activation): void {
  const known = find(turn, transition, intents);
  if (known !== undefined) turn.next.backoffs = others(turn, known);
}

/** Gives the delay before try number `tries + 1`, in ms: exponential, at most `max`, shortened by chance. */
export function delay({ next }: Turn, { initial, factor, max, jitter }: RetryPolicy, tries: number): number {
  next.random = nextRandom(next.random);
  return Math.round(Math.min(max, initial * factor ** (tries - 1)) * (1 - jitter * fractionOf(next.random)));
}

function find({ next, now }: Turn, transition: string, intents: readonly Intent[]): Backoff | undefined {
  if (next.backoffs.length === 0) return undefined;
  return next.backoffs.find(
    (known) =>
      known.transition === transition && known.forgottenAt > now && known.intents !== null && sameIntents(known.intents, intents),
  );
}

/**
 * Keeps how often something was tried in vain, in the place of what was known of it. Gives until when it is let alone, in epoch
 * ms.
 */
function keep(
  turn: Turn,
  known: Backoff | undefined,
  tried: Omit<Backoff, "until" | "forgottenAt">,
  policy: RetryPolicy,
): number {
  const until = turn.now + delay(turn, policy, tried.failures + tried.fruitless);
  turn.next.backoffs = [...others(turn, known), { ...tried, until, forgottenAt: until + policy.max }];
  return until;
}

/** Gives the backoffs beside one that still count. */
function others({ next, now }: Turn, known: Backoff | undefined): readonly Backoff[] {
  const rest = next.backoffs.filter((other) => other !== known && other.forgottenAt > now);
  const surplus = rest.length + 1 - maxPerInstance;
  if (surplus <= 0) return rest.length === 0 ? none : rest;
  // A cooldown is never forgotten early; there is one for each transition at most.
  const oldest = rest.filter(({ intents }) => intents !== null).slice(0, surplus);
  return rest.filter((other) => !oldest.includes(other));
}

/** Says whether two plans want the same of the world. Intents are plain data, with named arguments always in one order. */
export function sameIntents(a: readonly Intent[], b: readonly Intent[]): boolean {
  if (a === b) return true;
  // Most differ in their effects already, and that is quickly seen.
  return (
    a.length === b.length &&
    a.every(({ effect }, index) => effect === b[index]?.effect) &&
    JSON.stringify(a) === JSON.stringify(b)
  );
}
