/**
 * Gives the item of a list at an index that it has.
 * @throws RangeError where it has none, which only a mistake of ours can bring about
 */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is nothing at ${index} of ${list.length}`);
  return item;
}
