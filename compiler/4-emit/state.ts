import type { InterfaceDeclarationStructure, OptionalKind } from "ts-morph";
import type { Domain, Field } from "../2-check/program.js";
import { docOf } from "./comments.js";
import { printValue, typeName } from "./expression.js";
import { block, indented } from "./lines.js";
import { isInherited } from "./names.js";

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

/** The functions that change and compare states, without looking fields up by name. */
export function printStateFunctions({ fields }: Domain): string[] {
  const merged = fields.map(({ name }) => {
    const changed = `changes.${name} ?? state.${name}`;
    return `${name}: ${isInherited(name) ? `Object.hasOwn(changes, "${name}") ? ${changed} : state.${name}` : changed},`;
  });
  const compared = fields.map(({ name }, index) => `a.${name} === b.${name}${index === fields.length - 1 ? ";" : " &&"}`);
  return [
    ...block("merge(state, changes) ", merged.length === 0 ? ["return {};"] : block("return ", merged, ";"), ","),
    ...block("same(a, b) ", printSame(compared), ","),
  ];
}

function printSame(compared: readonly string[]): string[] {
  const [first, ...rest] = compared;
  return first === undefined ? ["return true;"] : [`return ${first}`, ...indented(rest)];
}

/** The initial state as the properties of an object. */
export function printInitial({ fields }: Domain): string[] {
  return fields.map(({ name, initial }) => `${name}: ${printValue(initial)},`);
}
