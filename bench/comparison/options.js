import { Command, InvalidArgumentError, Option } from "commander";
import { lineNames } from "./catalogue.js";
import { minPairs } from "./statistics.js";

/** @import { CommanderError } from "commander" */

/**
 * @typedef {object} Options
 * @property {string} base a revision
 * @property {string | null} head a revision; null: the working tree
 * @property {number} pairs
 * @property {readonly string[]} only the names of the lines that are wanted
 * @property {boolean} json
 */

/**
 * Reads the command line.
 * @param {readonly string[]} argv the arguments alone
 * @returns {Options}
 * @throws {CommanderError} for wrong usage and for `--help`, once it has said what there is to say
 */
export function readOptions(argv) {
  const command = new Command("bench/compare")
    .description("Measures two versions of this repository in interleaved pairs, and says whether the second is slower.")
    .argument("<base>", "a git revision")
    .argument("[head]", "another; the working tree when absent")
    .option("--pairs <n>", "how many pairs", pairCount, 15)
    .addOption(new Option("--quick", `as few pairs as say anything: ${minPairs}`).implies({ pairs: minPairs }))
    .addOption(
      new Option("--only <names>", `only these lines of the table, with commas between them: ${lineNames.join(", ")}`)
        .argParser(names)
        .default(lineNames, "all"),
    )
    .option("--json", "for machines: the values of every pair as well")
    .helpOption("-h, --help", "print this help")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  nothing is worse    1  something is worse    2  wrong usage, or a version that cannot be measured",
    )
    .exitOverride()
    .showHelpAfterError("(`bench/compare --help` says what there is)")
    .parse(argv, { from: "user" });
  const [base = "", head = null] = command.args;
  const { pairs, only, json = false } = command.opts();
  return { base, head, pairs, only, json };
}

/** @param {string} text */
function pairCount(text) {
  const count = Number(text);
  if (/^\d{1,3}$/.test(text) && count >= minPairs) return count;
  throw new InvalidArgumentError(`It is a whole number from ${minPairs} to 999.`);
}

/** @param {string} text */
function names(text) {
  const wanted = text.split(",");
  const unknown = wanted.find((name) => !lineNames.includes(name));
  if (unknown === undefined) return wanted;
  throw new InvalidArgumentError(`There is no ${unknown}; there are ${lineNames.join(", ")}.`);
}
