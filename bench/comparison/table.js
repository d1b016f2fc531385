/** @import { Comparison, Label } from "./compare.js" */

/**
 * Gives a comparison as a table for people, and in its last line what it comes to.
 * @param {Comparison} comparison
 */
export function renderTable({ machine, base, head, pairs, results }) {
  const rows = results.map((result) => [
    result.name,
    amount(result.base),
    amount(result.head),
    result.unit,
    result.ratio.toFixed(3),
    result.interval.map((end) => end.toFixed(3)).join(" to "),
    result.verdict,
  ]);
  const worse = results.filter(({ verdict }) => verdict === "worse").map(({ name }) => name);
  return [
    `A is ${nameOf(base)}, B is ${nameOf(head)}; ${pairs} pairs, ${machine.cores} cores, Node ${machine.node}`,
    "",
    ...aligned(
      [["", "A", "B", "", "ratio", "90 % interval", ""], ...rows],
      ["left", "right", "right", "left", "right", "right", "left"],
    ),
    "",
    worse.length === 0 ? "Nothing is worse." : `Worse: ${worse.join(", ")}.`,
    "",
  ].join("\n");
}

/** @param {Label} label */
function nameOf({ revision, commit }) {
  if (revision === null || commit === null) return "the working tree";
  const short = commit.slice(0, 7);
  return commit.startsWith(revision) ? short : `${revision} (${short})`;
}

/** Gives four digits of a number, or all of a whole one. @param {number} value */
function amount(value) {
  return value.toLocaleString("en", value < 1000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 0 });
}

/** @param {readonly (readonly string[])[]} rows @param {readonly ("left" | "right")[]} sides */
function aligned(rows, sides) {
  const widths = sides.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (sides[column] === "left" ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
