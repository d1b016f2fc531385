import { allTypes, type Type, types } from "../language/type.js";

// What a text cannot be read for is looked up in it as it stands: it only says how something is put into words.

/** So many characters around a place are looked at, so that a long text with many mistakes is read at once. */
const looked = 20_000;

/** Gives the type that a name is declared with, above a place in a text or else below it; null: it cannot be seen. */
export function declaredType(text: string, name: string, place: number): Type | null {
  const declared = nearest(text, new RegExp(`(?<![\\w.])${escaped(name)}[ \\t]*:[ \\t]*(\\w+|")`, "g"), place);
  if (declared === null) return null;
  return typeCalled(declared) ?? aliased(text, declared, place);
}

function aliased(text: string, alias: string, place: number): Type | null {
  const type = nearest(text, new RegExp(`\\btype[ \\t]+${escaped(alias)}[ \\t]*=[ \\t]*(\\w+|")`, "g"), place);
  return type === null ? null : typeCalled(type);
}

function nearest(text: string, shape: RegExp, place: number): string | null {
  const start = Math.max(0, place - looked);
  const all = [...text.slice(start, place + looked).matchAll(shape)];
  return (all.findLast(({ index }) => start + index < place) ?? all[0])?.[1] ?? null;
}

function typeCalled(name: string): Type | null {
  if (name === '"') return "string";
  return allTypes.find((type) => types[type].spellings.includes(name)) ?? null;
}

function escaped(name: string): string {
  return name.replace(/\W/g, "\\$&");
}

/** Puts what is filled into a string in words, with `text(…)` where it is an int or a bool. */
export function asText(text: string, inner: string, place: number): string {
  const name = /^(?:state\.)?([A-Za-z_]\w*)/.exec(inner)?.[1];
  const type = name === undefined ? null : declaredType(text, name, place);
  const isNumber = /^[0-9]/.test(inner);
  return isNumber || type === "int" || type === "bool" ? `text(${inner})` : inner;
}
