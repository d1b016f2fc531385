import { visible, visibleJson } from "../diagnostics/visible.js";
import { isTakenInFunction, isTakenInModule } from "../language/name.js";

// How names of the source become names of JavaScript. Ved's own have no `$`, so that a `$` before one is never taken.

/** Gives the name of a domain's constant inside its module; exported under the domain's own name. */
export function constantName(domain: string): string {
  return isTakenInModule(domain) ? `$${domain}` : domain;
}

/** Gives the name of a variable or parameter that stands for a field. */
export function variableName(field: string): string {
  return isTakenInFunction(field) ? `$${field}` : field;
}

/** Writes a property of an object in the code: fields that the runtime keeps have names that no program can spell. */
export function memberOf(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${quoted(name)}]`;
}

/** Writes a property's name in a literal or an interface. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quoted(name);
}

/** Writes a text as a literal, in whichever quotes it reads better. */
export function quoted(name: string): string {
  const isPlain = !/['\\]/.test(name) && visible(name) === name;
  return isPlain && name.includes('"') ? `'${name}'` : visibleJson(name);
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Says whether every object has a property of this name. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/** Writes a method's name in an interface: `new` would declare a constructor, and some other words something else. */
export function methodName(name: string): string {
  return /^(new|constructor|get|set|readonly|async|static)$/.test(name) ? JSON.stringify(name) : name;
}
