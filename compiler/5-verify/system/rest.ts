import type { Member } from "./member.js";

/** Whether an instance has nothing left to do, and all its goals hold. */
export function isAtRest({ instance, part: { machine } }: Member): boolean {
  const { activations, post, state } = instance;
  if (activations.length + post.inbox.length + post.outgoing.length > 0) return false;
  return machine.goals.every(({ reality }) => quietly(() => reality(state)) !== null);
}

/** For each goal of an instance the reality that holds, or null. */
export function realitiesOf({ instance: { state }, part: { machine } }: Member): Map<string, string | null> {
  return new Map(machine.goals.map(({ name, reality }) => [name, quietly(() => reality(state))]));
}

/** What faults is as if it were not there. */
function quietly<T>(ask: () => T | null): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
