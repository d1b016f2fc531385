import { factsOf } from "../2-check/facts.js";
import type { Domain } from "../2-check/program.js";
import { durationText } from "../language/duration.js";
import { printCondition } from "./condition.js";
import { block } from "./lines.js";
import { propertyName, quoted } from "./names.js";

/** Prints what has to hold for some time, as a property of the definition; nothing where there is nothing. */
export function printDurations({ name, durations, fields }: Domain): string[] {
  if (durations.length === 0) return [];
  const members = durations.flatMap(({ name: field, text, ms, condition }) =>
    block(
      `${propertyName(field)}: `,
      [
        `condition: ${quoted(text)},`,
        `ms: ${ms}, // ${durationText(ms)}`,
        ...block("holds(state) ", printCondition(condition, factsOf(fields)), ","),
      ],
      ",",
    ),
  );
  return block(`durations: durations<${name}State>(`, members, "),");
}
