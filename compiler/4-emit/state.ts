import type { InterfaceDeclarationStructure, OptionalKind } from "ts-morph";
import type { Domain, Field } from "../2-check/program.js";
import { docOf } from "./comments.js";
import { printValue, typeName } from "./expression.js";

/** The interface of a domain's state. */
export function stateInterface({ name, fields }: Domain): OptionalKind<InterfaceDeclarationStructure> {
  return {
    name: `${name}State`,
    isExported: true,
    docs: [`The state of ${name}.`],
    properties: fields.map((field) => ({ name: field.name, type: typeName(field.type), docs: docsOf(field) })),
  };
}

function docsOf({ remarks, observed }: Field): string[] {
  const lines = [docOf(remarks), observed ? "Observed: only the outside sets it." : null].filter((line) => line !== null);
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** The initial state as the properties of an object. */
export function printInitial({ fields }: Domain): string[] {
  return fields.map(({ name, initial }) => `${name}: ${printValue(initial)},`);
}
