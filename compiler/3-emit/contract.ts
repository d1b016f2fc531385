import { factsOf } from "../2-check/facts.js";
import type { Domain } from "../2-check/program.js";
import { durationText } from "../language/duration.js";
import { printCondition } from "./condition.js";
import { block } from "./lines.js";

/** Prints what the world is expected to show once effects have happened, as a property of the definition. */
export function printContracts({ name, effects, fields }: Domain): string[] {
  const members = effects.flatMap(({ name: effect, contract }) =>
    contract === null
      ? []
      : block(
          `${JSON.stringify(effect)}: `,
          [
            `within: ${contract.within}, // ${durationText(contract.within)}`,
            ...block("shown(state) ", printCondition(contract.condition, factsOf(fields)), ","),
          ],
          ",",
        ),
  );
  return members.length === 0 ? [] : block(`contracts: contracts<${name}State>(`, members, "),");
}
