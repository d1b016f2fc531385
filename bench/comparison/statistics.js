// What interleaved pairs of values say about two versions. Each pair was measured at about the same time, so what slows the
// machine down for a while slows both down, and leaves the ratio of a pair as it is. What counts is the median of the ratios; no
// single pair, however far off, moves it far.

/** @typedef {"worse" | "better" | "same"} Verdict */

/**
 * The same figure of both versions, in the same unit.
 * @typedef {{ readonly base: number, readonly head: number }} Pair
 */

/**
 * @typedef {object} Judgement
 * @property {number} ratio the median of the ratios: below 1 the head is worse, whether more is better or less
 * @property {readonly [number, number]} interval where that median is, with a confidence of at least 90 %
 * @property {Verdict} verdict
 */

/** How sure the interval is, at least. */
const confidence = 0.9;

/** Beyond these a difference is large enough to be called one. */
const worseBelow = 0.95;
const betterAbove = 1.05;

/** Of fewer pairs not even the smallest and the largest ratio enclose the median with enough confidence. */
export const minPairs = 5;

/**
 * Judges pairs: whether the head is worse than the base, better, or much the same.
 *
 * The interval is the exact one of the sign test: from the k-th smallest ratio to the k-th largest. How many of n ratios are below
 * their true median is a binomial number whatever their distribution is, so nothing is assumed of it, nothing is drawn at random,
 * and the same pairs give the same verdict. (W. R. Thompson, "On confidence ranges for the median and other expectation
 * distributions for populations of unknown distribution form", Annals of Mathematical Statistics 7, 1936, pages 122 to 128.)
 * @param {readonly Pair[]} pairs
 * @param {boolean} isMoreBetter whether more of the figure is better, as of a rate, or less, as of a time
 * @returns {Judgement}
 * @throws {RangeError} for too few pairs, and for values that are not above zero
 */
export function judge(pairs, isMoreBetter) {
  if (pairs.length < minPairs) throw new RangeError(`${pairs.length} pairs are too few: it takes ${minPairs}`);
  for (const value of pairs.flatMap(({ base, head }) => [base, head])) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${value} is nothing that a ratio can be taken of`);
  }
  const ratios = pairs.map(({ base, head }) => (isMoreBetter ? head / base : base / head)).sort((a, b) => a - b);
  const rank = intervalRank(ratios.length);
  const interval = /** @type {const} */ ([at(ratios, rank - 1), at(ratios, ratios.length - rank)]);
  const ratio = geometricMedian(ratios);
  return { ratio, interval, verdict: verdictOf(ratio, interval) };
}

/** @param {number} ratio @param {readonly [number, number]} interval @returns {Verdict} */
function verdictOf(ratio, [low, high]) {
  if (ratio < worseBelow && high < 1) return "worse";
  if (ratio > betterAbove && low > 1) return "better";
  return "same";
}

/**
 * Gives the largest k for which the k-th smallest and the k-th largest of so many values enclose their median with enough
 * confidence: it is outside of them where fewer than k values are below it, or above it.
 * @param {number} count from 5 to 1000
 */
export function intervalRank(count) {
  let rank = 0;
  let probability = 2 ** -count;
  let tail = probability;
  while (2 * tail <= 1 - confidence) {
    rank += 1;
    probability *= (count - rank + 1) / rank;
    tail += probability;
  }
  return rank;
}

/**
 * Gives the median of ratios: of an even number the one halfway between the two in the middle, as ratios go.
 * @param {readonly number[]} sorted
 */
function geometricMedian(sorted) {
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [at(sorted, Math.floor(middle)), at(sorted, Math.ceil(middle))];
  return low * Math.sqrt(high / low);
}

/** @param {readonly number[]} values @param {number} index */
function at(values, index) {
  const value = values[index];
  if (value === undefined) throw new RangeError(`there is no value ${index} of ${values.length}`);
  return value;
}
