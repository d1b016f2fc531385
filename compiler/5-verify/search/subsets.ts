/** Of more things than this not every subset is looked at: each, and all of them. */
export const maxCombined = 4;

/** The subsets of some things that have one or more of them: every one where they are few, else each thing and all of them. */
export function subsetsOf<T>(things: readonly T[]): (readonly T[])[] {
  if (things.length > maxCombined) return [...things.map((thing) => [thing]), things];
  const subsets: (readonly T[])[] = [];
  for (const thing of things) subsets.push([thing], ...subsets.map((subset) => [...subset, thing]));
  return subsets;
}
