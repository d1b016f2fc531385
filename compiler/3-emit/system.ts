import type { Imported, Program, Start } from "../2-check/program.js";
import { isTalking } from "../2-check/usage.js";
import { defaultKey } from "../language/default.js";
import { docLines } from "./comments.js";
import { printValue } from "./expression.js";
import { block, indented } from "./lines.js";
import { constantName, propertyName } from "./names.js";

/** Says whether a module starts its domains together: one that talks to nobody is started by itself. */
export function isSystem(program: Program): boolean {
  const { domains, imported, system } = program;
  if (system !== null || imported.length > 0 || domains.length > 1) return domains.length + imported.length > 0;
  return isTalking(program);
}

/** Gives what a program starts with: what its system names, or every domain once. */
export function startsOf({ domains, imported, system }: Program): readonly Start[] {
  return system?.starts ?? [...domains, ...imported].map(({ name }) => ({ domain: name, key: defaultKey, state: [] }));
}

/** Prints what starts the whole system. */
export function printSystem(program: Program): string[] {
  const { domains, imported, system } = program;
  const all = [...domains, ...imported].map(({ name }) => ({ name, local: constantName(name) }));
  const types = all.map(({ name, local }) => `readonly ${propertyName(name)}: typeof ${local};`);
  const effects = all.map(({ name }) => `${name}Effects`).join(" & ");
  const members = all.map(({ name, local }) => (name === local ? name : `${propertyName(name)}: ${local}`));
  const what = system === null ? "every domain once" : `what \`system ${system.name}\` names`;
  return [
    ...docLines(`Starts ${what}: with one journal, and one set of adapters.`),
    "export const start: StartSystem<",
    ...indented([...block("", types, ","), effects]),
    `> = defineSystem(() => ({ ${members.join(", ")} }), [`,
    ...indented(startsOf(program).flatMap(printStart)),
    "]);",
  ];
}

function printStart({ domain, key, state }: Start): string[] {
  const fields = state.map(({ field, value }) => `${propertyName(field)}: ${printValue(value)},`);
  const begun = fields.length === 0 ? ["state: {},"] : block("state: ", fields, ",");
  return ["{", ...indented([`domain: ${JSON.stringify(domain)},`, `key: ${printValue(key)},`, ...begun]), "},"];
}

/** Says where the module of another file is, from this one's. */
export function moduleOf(program: Program, { path }: Imported): string {
  const [from, to] = [program.source.path, path].map((each) => each.split(/[\\/]/));
  const folder = (from ?? []).slice(0, -1);
  const target = to ?? [];
  let shared = 0;
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared]) shared += 1;
  const up = folder.slice(shared).map(() => "..");
  const steps = [...(up.length === 0 ? ["."] : up), ...target.slice(shared)];
  return steps.join("/").replace(/\.ved$/, ".js");
}
