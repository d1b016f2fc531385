import type { Domain, Effect } from "../2-check/program.js";
import { docLines } from "./comments.js";
import { typeName } from "./expression.js";
import { block } from "./lines.js";
import { methodName, variableName } from "./names.js";

/** Effects by the parts of their dotted names. A name may end at a part and go on as well: `A` and `A.b`. */
interface Part {
  readonly name: string;
  readonly effect: Effect | null;
  readonly parts: readonly Part[];
}

/** Prints the interface of the functions that carry a domain's effects out. */
export function printEffects({ name, effects }: Domain): string[] {
  const doc = `The adapters of ${name}: a function for each effect.\nThe effect has happened once it returns, or the promise it returns resolves.`;
  return [...docLines(doc), ...block(`export interface ${name}Effects `, partsOf(effects, 0).flatMap(printMember))];
}

/** Groups effects by the part of their names at a depth. */
function partsOf(effects: readonly Effect[], depth: number): Part[] {
  const names = [...new Set(effects.flatMap(({ path }) => path[depth] ?? []))];
  return names.map((name) => {
    const own = effects.filter(({ path }) => path[depth] === name);
    const effect = own.find(({ path }) => path.length === depth + 1) ?? null;
    return { name, effect, parts: partsOf(own, depth + 1) };
  });
}

function printMember({ name, effect, parts }: Part): string[] {
  const call = effect === null ? [] : [`${signature(effect)};`];
  if (parts.length === 0) return call.map((line) => methodName(name) + line);
  return block(`readonly ${name}: `, [...call, ...parts.flatMap(printMember)], ";");
}

function signature({ parameters, named, returns }: Effect): string {
  const typed = parameters.map((parameter) => ({ name: parameter.name, type: typeName(parameter) }));
  const object = `args: { ${typed.map(({ name, type }) => `readonly ${name}: ${type}`).join("; ")} }`;
  const type = returns === null ? "unknown" : typeName(returns);
  const returned = returns === null ? type : `${type} | PromiseLike<${type}>`;
  const list = named ? [object] : typed.map(({ name, type }) => `${variableName(name)}: ${type}`);
  return `(${[...list, "call: EffectCall"].join(", ")}): ${returned}`;
}
