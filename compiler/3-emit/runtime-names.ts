import type { Domain, Program } from "../2-check/program.js";
import { allExpressions, partsOf } from "../2-check/traverse.js";
import { sendsOf } from "../2-check/usage.js";
import { moduleExports, runtimeOperations } from "../language/name.js";
import { emissionsOf } from "./expression.js";
import { collects } from "./plan.js";
import { isSystem } from "./system.js";

/** What a module imports of the runtime, or passes on. */
export interface RuntimeName {
  readonly name: string;
  readonly isTypeOnly?: boolean;
}

/** Gives what the module of a program imports of the runtime: what it uses, and nothing else. */
export function importedNames({ domains }: Program, hasSystem: boolean): RuntimeName[] {
  const starting = hasSystem ? [{ name: "defineSystem" }, { name: "StartSystem", isTypeOnly: true }] : [];
  if (domains.length === 0) return starting;
  const calls = new Set(domains.flatMap(callsIn));
  const sent = domains.flatMap(sendsOf);
  const sends = (isHigh: boolean) => sent.some((each) => each.kind === "send" && each.isHigh === isHigh);
  return [
    ...runtimeOperations.filter((name) => calls.has(name)).map((name) => ({ name })),
    { name: "defineDomain" },
    ...(domains.some(({ durations }) => durations.length > 0) ? [{ name: "durations" }] : []),
    ...(domains.some(({ handlers }) => handlers.length > 0) ? [{ name: "handlers" }] : []),
    ...(domains.some(({ effects }) => effects.some(({ contract }) => contract !== null)) ? [{ name: "contracts" }] : []),
    ...starting,
    ...(sends(false) ? [{ name: "send" }] : []),
    ...(sends(true) ? [{ name: "sendHigh" }] : []),
    ...(sent.some(({ kind }) => kind === "broadcast") ? [{ name: "broadcast" }] : []),
    { name: "Domain", isTypeOnly: true },
    ...(domains.some(({ effects }) => effects.length > 0) ? [{ name: "EffectCall", isTypeOnly: true }, { name: "emit" }] : []),
    ...(domains.some((domain) => collects(domain, false)) ? [{ name: "Intent", isTypeOnly: true }] : []),
    ...(domains.some((domain) => collects(domain, true)) ? [{ name: "Send", isTypeOnly: true }] : []),
  ];
}

/** What every module passes on: users of it need it. */
export const passedOn: readonly RuntimeName[] = moduleExports.map((name) => {
  return { name, isTypeOnly: /^(EffectCall|EventOf|KernelEvent|Status|StatusOf)$/.test(name) };
});

/** Gives the values of the runtime, without types, that the module of a program imports or passes on; each once, in order. */
export function neededValues(program: Program): string[] {
  const all = [...importedNames(program, isSystem(program)), ...passedOn];
  return [...new Set(all.flatMap(({ name, isTypeOnly }) => (isTypeOnly === true ? [] : [name])))].sort();
}

/** Gives the functions of the runtime that a domain's expressions call. */
function callsIn(domain: Domain): string[] {
  return allExpressions(domain)
    .flatMap(partsOf)
    .flatMap(emissionsOf)
    .flatMap((emission) => ("call" in emission ? [emission.call] : []));
}
