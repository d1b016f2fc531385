/** @import { Line } from "./catalogue.js" */
/** @import { Pair } from "./statistics.js" */

/**
 * A line of the table, and what was measured for it.
 * @typedef {Line & { readonly pairs: readonly Pair[] }} Measured
 */

/**
 * Measures both versions in interleaved pairs: base and head, head and base, and so on. All measurements of a pair are made
 * before the next pair is begun, so that each spreads over the whole time.
 * @template {{ readonly lines: readonly Line[] }} M
 * @param {readonly M[]} measurements
 * @param {number} count how many pairs
 * @param {(measurement: M, side: "base" | "head") => Promise<Readonly<Record<string, number>>>} measure gives the figures of one
 * @returns {Promise<Measured[]>}
 */
export async function measurePairs(measurements, count, measure) {
  const rows = measurements.map((measurement) => ({
    measurement,
    measured: measurement.lines.map((line) => ({ ...line, pairs: /** @type {Pair[]} */ ([]) })),
  }));
  for (let pair = 0; pair < count; pair += 1) {
    for (const { measurement, measured } of rows) {
      const { base, head } = await measureOne(measurement, pair % 2 === 0);
      for (const { figure, pairs } of measured) pairs.push({ base: figureOf(base, figure), head: figureOf(head, figure) });
    }
  }
  return rows.flatMap(({ measured }) => measured);

  /** @param {M} measurement @param {boolean} isBaseFirst */
  async function measureOne(measurement, isBaseFirst) {
    if (isBaseFirst) return { base: await measure(measurement, "base"), head: await measure(measurement, "head") };
    const head = await measure(measurement, "head");
    return { base: await measure(measurement, "base"), head };
  }
}

/** @param {Readonly<Record<string, number>>} figures @param {string} name */
function figureOf(figures, name) {
  const value = figures[name];
  if (typeof value !== "number") throw new Error(`a measurement printed no ${name}`);
  return value;
}
