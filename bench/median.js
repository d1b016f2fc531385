/**
 * Gives the median of numbers.
 * @param {readonly number[]} numbers at least one
 */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new RangeError("there is no median of nothing");
  return (low + high) / 2;
}

/**
 * Gives the median of each figure of readings that have the same figures.
 * @template {string} Name
 * @param {readonly Readonly<Record<Name, number>>[]} readings at least one
 * @returns {Record<Name, number>}
 */
export function medians(readings) {
  const [first] = readings;
  if (first === undefined) throw new RangeError("there is no median of nothing");
  const names = /** @type {Name[]} */ (Object.keys(first));
  const entries = names.map((name) => [name, median(readings.map((reading) => reading[name]))]);
  return Object.fromEntries(entries);
}
