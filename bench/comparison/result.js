import { median } from "../median.js";
import { isMoreBetter } from "./catalogue.js";
import { judge } from "./statistics.js";

/** @import { Measured } from "./pairs.js" */

/** What came of a line of the table. @typedef {ReturnType<typeof resultOf>} Result */

/**
 * Gives what came of a line: the medians of both versions, and how they compare.
 * @param {Measured} measured
 */
export function resultOf({ name, unit, pairs }) {
  const base = median(pairs.map((pair) => pair.base));
  const head = median(pairs.map((pair) => pair.head));
  return { name, unit, base, head, ...judge(pairs, isMoreBetter(unit)), pairs };
}
