/** How far a search has come. */
export interface Progress {
  readonly nodes: number;
  /** Nodes that were found and not looked at yet. */
  readonly frontier: number;
  /** Bytes that it will take in one go before the next pause; 0: hardly any. */
  readonly growth: number;
  /** Whether it was told to give up before, and looks at some of what lies beyond for as long as it may. */
  readonly isBeyond: boolean;
}

/** Work that pauses now and then, says how far it came, and gives up when it is sent the reason to, and not null. */
export type Steps<R> = Generator<Progress, R, string | null>;

/** A search was told to give up. */
export class LimitReached extends Error {}

/** Pauses. @throws LimitReached with the reason to give up, if there is one */
export function* pause(progress: Progress): Steps<void> {
  const reason = yield progress;
  if (reason !== null) throw new LimitReached(reason);
}

/** Does all of some work without a pause. */
export function atOnce<R>(steps: Steps<R>): R {
  for (;;) {
    const { done, value } = steps.next(null);
    if (done === true) return value;
  }
}
