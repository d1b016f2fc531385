import type { Domain, Field, Handler } from "../2-check/program.js";
import { docLines, docOf } from "./comments.js";
import { printType, typeName } from "./expression.js";
import { block, indented } from "./lines.js";
import { variableName } from "./names.js";
import { printWrites } from "./plan.js";

/** Prints the handlers as a property of the definition; nothing where there are none. */
export function printHandlers({ handlers, fields, name }: Domain): string[] {
  if (handlers.length === 0) return [];
  return [
    `handlers: handlers<${name}State>([`,
    ...indented(handlers.flatMap((handler) => printHandler(handler, fields, `${name}State`))),
    "]),",
  ];
}

function printHandler(handler: Handler, fields: readonly Field[], stateType: string): string[] {
  const { effect, outcome, parameter, body, remarks } = handler;
  const payload = parameter === null ? "" : `, ${variableName(parameter.name)}: ${typeName(parameter)}`;
  const typed = parameter === null ? fields : [...fields, parameter];
  const members = [
    `effect: ${JSON.stringify(effect)},`,
    `outcome: "${outcome}",`,
    ...(parameter === null ? [] : [`payload: ${printType(parameter)},`]),
    ...block(`writes(state${payload}) `, printWrites(body, typed, stateType), ","),
  ];
  return [...docLines(docOf(remarks)), ...block("", members, ",")];
}
