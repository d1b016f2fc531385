/** Copies facts, so that later changes by the sender do not reach them. */
export function snapshot(facts: unknown): unknown {
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return facts;
  try {
    return Object.create(Object.getPrototypeOf(facts), Object.getOwnPropertyDescriptors(facts));
  } catch {
    // It cannot be read later either.
    return facts;
  }
}
