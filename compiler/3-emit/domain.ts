import type { Domain } from "../2-check/program.js";
import type { Lists } from "../2-check/traverse.js";
import { docLines, docOf } from "./comments.js";
import { printContracts } from "./contract.js";
import { printDurations } from "./duration.js";
import { printGoal, realityType } from "./goal.js";
import { printHandlers } from "./handler.js";
import { printInvariants } from "./invariant.js";
import { block, indented } from "./lines.js";
import { constantName } from "./names.js";
import { messagesType, printReceivers } from "./receiver.js";
import { printInitial, printRanges, printStateFunctions, printUnions } from "./state.js";
import { printTransition } from "./transition.js";

/**
 * Gives the type arguments of a domain's constant: its state, effects, realities by goal, transitions, and what messages give.
 */
function typeArguments(domain: Domain): string[] {
  const { name, goals, transitions } = domain;
  const messages = messagesType(domain);
  const realities = goals.map((goal) => `readonly ${goal.name}: ${realityType(goal)}`).join("; ");
  const names = transitions.map((transition) => JSON.stringify(transition.name)).join(" | ");
  return [
    `${name}State,`,
    `${name}Effects,`,
    `${realities === "" ? "object" : `{ ${realities} }`},`,
    (names === "" ? "never" : names) + (messages === null ? "" : ","),
    ...(messages === null ? [] : [messages]),
  ];
}

/** What the definition says of each list of a domain, in the order in which it says so. */
const sections: { readonly [K in Lists]: (domain: Domain) => readonly string[] } = {
  fields: (domain) => {
    const unions = printUnions(domain);
    const ranges = printRanges(domain);
    return [
      ...block("initial: ", printInitial(domain), ","),
      ...printStateFunctions(domain),
      ...(unions.length > 0 ? block("unions: ", unions, ",") : []),
      ...(ranges.length > 0 ? block("ranges: ", ranges, ",") : []),
    ];
  },
  durations: printDurations,
  goals: ({ goals, fields }) => {
    const printed = goals.flatMap((goal) => printGoal(goal, fields));
    return block("goals: ", printed, ",");
  },
  transitions: ({ transitions, fields, name }) => {
    const printed = transitions.flatMap((transition) => printTransition(transition, fields, `${name}State`));
    return block("transitions: ", printed, ",");
  },
  invariants: printInvariants,
  handlers: printHandlers,
  receivers: printReceivers,
  effects: (domain) => [
    ...printContracts(domain),
    `effects: [${domain.effects.map((effect) => JSON.stringify(effect.name)).join(", ")}],`,
  ],
};

/** The domain's constant. */
export function printDomain(domain: Domain): string[] {
  const { name } = domain;
  const members = [`name: ${JSON.stringify(name)},`, ...Object.values(sections).flatMap((print) => print(domain))];
  const head = `${exportName(domain) === null ? "export " : ""}const ${constantName(name)}: Domain<`;
  const [first = "", ...more] = block("> = defineDomain(", members, ");");
  return [...docLines(docOf(domain.remarks)), head, ...indented(typeArguments(domain)), first, ...more];
}

/** Gives the name under which a domain's constant is exported where it has another one inside the module; else null. */
export function exportName({ name }: Domain): string | null {
  return constantName(name) === name ? null : name;
}
