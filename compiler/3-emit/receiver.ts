import type { Domain, Parameter, Receiver } from "../2-check/program.js";
import { sendsOf } from "../2-check/usage.js";
import { docLines, docOf } from "./comments.js";
import { printType, typeName } from "./expression.js";
import { block, indented } from "./lines.js";
import { propertyName, variableName } from "./names.js";
import { printPlan } from "./plan.js";

/** Prints what is done about messages and events, as properties of the definition; nothing where there is nothing. */
export function printReceivers(domain: Domain): string[] {
  const { receivers, fields, name } = domain;
  const sent = sendsOf(domain).map((each) => (each.kind === "send" ? each.target : `Event::${each.event}`));
  const printed = (kind: Receiver["kind"]) =>
    receivers.filter((receiver) => receiver.kind === kind).flatMap((receiver) => printReceiver(receiver, fields, `${name}State`));
  const [messages, events] = [printed("message"), printed("event")];
  return [
    ...(messages.length > 0 ? ["receives: [", ...indented(messages), "],"] : []),
    ...(events.length > 0 ? ["hears: [", ...indented(events), "],"] : []),
    ...(sent.length > 0 ? [`sends: [${[...new Set(sent)].map((to) => JSON.stringify(to)).join(", ")}],`] : []),
  ];
}

function printReceiver({ name, parameters, body, remarks }: Receiver, fields: Domain["fields"], stateType: string): string[] {
  const members = [
    `name: ${JSON.stringify(name)},`,
    `parameters: ${printParameterTypes(parameters)},`,
    ...block(`plan(state${printParameters(parameters)}) `, printPlan(body, [...fields, ...parameters], stateType), ","),
  ];
  return [...docLines(docOf(remarks)), ...block("", members, ",")];
}

/** Prints the types of parameters as values, for the check at run time. */
export function printParameterTypes(parameters: readonly Parameter[]): string {
  return `[${parameters.map(printType).join(", ")}]`;
}

/** Prints the parameters behind the first one of a function. */
export function printParameters(parameters: readonly Parameter[]): string {
  return parameters.map((parameter) => `, ${variableName(parameter.name)}: ${typeName(parameter)}`).join("");
}

/** Gives the payloads of all messages as a type; null where the domain takes no messages of its own. */
export function messagesType({ receivers, transitions }: Domain): string | null {
  const messages = receivers.filter(({ kind }) => kind === "message").map(({ name, parameters }) => ({ name, parameters }));
  const run = transitions.flatMap(({ name, parameters }) => (parameters === null ? [] : { name, parameters }));
  const all = [...messages, ...run].map(({ name, parameters }) => {
    const values = parameters.map((parameter) => `${variableName(parameter.name)}: ${typeName(parameter)}`);
    return `readonly ${propertyName(name)}: [${values.join(", ")}]`;
  });
  return all.length === 0 ? null : `{ ${all.join("; ")} }`;
}
