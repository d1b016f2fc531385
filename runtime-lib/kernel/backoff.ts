import type { Intent } from "./definition.js";
import { type Activation, type Backoff, none } from "./instance.js";
import type { RetryPolicy } from "./machine.js";
import { fractionOf, nextRandom } from "./random.js";
import type { Turn } from "./turn.js";

/** Backoffs of one transition with different intents beyond this number forget the oldest: what is kept is bounded. */
const maxPerInstance = 64;

/** The policy of an intent. */
export function policyOf({ machine }: Turn, intent: Intent | undefined): RetryPolicy {
  return (intent && machine.retryOf.get(intent.effect)) ?? machine.retry;
}

/** Until when a transition must let these intents alone; 0 when it need not. */
export function backingOffUntil(turn: Turn, transition: number, intents: readonly Intent[]): number {
  if (turn.next.backoffs.length === 0) return 0;
  return find(turn, transition, intents)?.until ?? 0;
}

/** Notes an attempt in vain and gives the time of the next one, in epoch ms. */
export function noteFailure(turn: Turn, { transition, intents, next }: Activation): number {
  const known = find(turn, transition, intents);
  return store(turn, transition, intents, (known?.failures ?? 0) + 1, known?.fruitless ?? 0, intents[next]);
}

/** Notes a commit that changed nothing: the same intents are not emitted again at once. */
export function noteFruitless(turn: Turn, { transition, intents }: Activation): void {
  if (intents.length === 0) return;
  const known = find(turn, transition, intents);
  store(turn, transition, intents, 0, (known?.fruitless ?? 0) + 1, intents[0]);
}

/** An intent is done: what failed before it no longer counts. */
export function noteDone(turn: Turn, { transition, intents }: Activation): void {
  if (turn.next.backoffs.length === 0) return;
  const known = find(turn, transition, intents);
  if (known !== undefined) keep(turn, known, { ...known, failures: 0 });
}

/** A commit changed the state: the backoff ends. */
export function forget(turn: Turn, { transition, intents }: Activation): void {
  if (turn.next.backoffs.length === 0) return;
  const known = find(turn, transition, intents);
  if (known !== undefined) keep(turn, known, null);
}

/** The delay before try number `tries + 1`, in ms: exponential, at most `max`, shortened by chance. */
export function delay(turn: Turn, policy: RetryPolicy, tries: number): number {
  const full = Math.min(policy.max, policy.initial * policy.factor ** (tries - 1));
  turn.next.random = nextRandom(turn.next.random);
  return Math.round(full * (1 - policy.jitter * fractionOf(turn.next.random)));
}

function find({ next, now }: Turn, transition: number, intents: readonly Intent[]): Backoff | undefined {
  return next.backoffs.find(
    (known) => known.transition === transition && known.forgottenAt > now && sameIntents(known.intents, intents),
  );
}

function store(
  turn: Turn,
  transition: number,
  intents: readonly Intent[],
  failures: number,
  fruitless: number,
  intent: Intent | undefined,
): number {
  const policy = policyOf(turn, intent);
  const until = turn.now + delay(turn, policy, failures + fruitless);
  const entry = { transition, intents, failures, fruitless, until, forgottenAt: until + policy.max };
  keep(turn, find(turn, transition, intents), entry);
  return until;
}

function keep({ next, now }: Turn, old: Backoff | undefined, entry: Backoff | null): void {
  const rest = next.backoffs.filter((known) => known !== old && known.forgottenAt > now).slice(1 - maxPerInstance);
  next.backoffs = entry === null ? (rest.length === 0 ? none : rest) : [...rest, entry];
}

/** Whether two plans want the same of the world. */
export function sameIntents(a: readonly Intent[], b: readonly Intent[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((intent, index) => intent.effect === b[index]?.effect && sameArguments(intent.args, b[index].args));
}

function sameArguments(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((argument, index) => sameArgument(argument, b[index]));
}

/** Positional arguments are plain values; named ones are one flat object. */
function sameArgument(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([name, value]) => right.get(name) === value);
}
