import type { InterfaceDeclarationStructure, OptionalKind } from "ts-morph";
import { isOwnKey } from "../2-check/own-key.js";
import type { Domain, Duration, Field } from "../2-check/program.js";
import { durationText } from "../language/duration.js";
import { docOf } from "./comments.js";
import { printRange, printValue, typeName } from "./expression.js";
import { block, indented } from "./lines.js";
import { isInherited, memberOf, propertyName } from "./names.js";

/** Gives the interface of a domain's state. */
export function stateInterface({ name, fields, durations }: Domain): OptionalKind<InterfaceDeclarationStructure> {
  return {
    name: `${name}State`,
    isExported: true,
    docs: [`The state of ${name}.`],
    properties: [
      ...fields.map((field) => ({ name: field.name, type: typeName(field), docs: docsOf(field) })),
      ...durations.map((duration) => ({ name: propertyName(duration.name), type: "boolean", docs: [keptDoc(duration)] })),
    ],
  };
}

function docsOf(field: Field): string[] {
  if (isOwnKey(field)) return ["Kept by the runtime: the key of the instance."];
  const { remarks, observed } = field;
  const lines = [docOf(remarks), observed ? "Observed: only the outside sets it." : null].filter((line) => line !== null);
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function keptDoc({ ms }: Duration): string {
  return `Kept by the runtime: whether this has held for ${durationText(ms)}.`;
}

/** Gives the names of all that a state holds: the fields, and what the runtime keeps. */
function namesIn({ fields, durations }: Domain): string[] {
  return [...fields, ...durations].map(({ name }) => name);
}

/** Prints the functions that change and compare states, without looking fields up by name. */
export function printStateFunctions(domain: Domain): string[] {
  const names = namesIn(domain);
  const merged = names.map((name) => {
    const old = memberOf("state", name);
    const changed = `${memberOf("changes", name)} ?? ${old}`;
    return `${propertyName(name)}: ${isInherited(name) ? `Object.hasOwn(changes, "${name}") ? ${changed} : ${old}` : changed},`;
  });
  const compared = names.map(
    (name, index) => `${memberOf("a", name)} === ${memberOf("b", name)}${index === names.length - 1 ? ";" : " &&"}`,
  );
  return [
    ...block("merge(state, changes) ", merged.length === 0 ? ["return {};"] : block("return ", merged, ";"), ","),
    ...block("same(a, b) ", printSame(compared), ","),
  ];
}

function printSame(compared: readonly string[]): string[] {
  const [first, ...rest] = compared;
  return first === undefined ? ["return true;"] : [`return ${first}`, ...indented(rest)];
}

/** Prints the initial state as the properties of an object. */
export function printInitial({ fields, durations }: Domain): string[] {
  return [
    ...fields.map(({ name, initial }) => `${name}: ${printValue(initial)},`),
    ...durations.map(({ name }) => `${propertyName(name)}: false,`),
  ];
}

/** Prints the ranges that ints have, as the properties of an object. */
export function printRanges({ fields }: Domain): string[] {
  return fields.flatMap(({ name, range }) => (range === undefined ? [] : [`${name}: ${printRange(range)},`]));
}

/** Prints the strings that the fields with a union may have, as the properties of an object. */
export function printUnions({ fields }: Domain): string[] {
  return fields.flatMap(({ name, members }) =>
    members === undefined ? [] : [`${name}: [${members.map(printValue).join(", ")}],`],
  );
}
