// How names of the source become names of JavaScript. Ved's own have no `$`, so that a `$` before one is never taken.

const reservedWords = `arguments await break case catch class const continue debugger default delete do else enum eval export
  extends false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity Object Partial`.split(
  /\s+/,
);

const reserved = new Set(reservedWords);

/** What the runtime gives to generated modules: functions and classes, and types. */
export const runtimeNames = {
  operators: ["add", "divide", "join", "multiply", "negate", "remainder", "subtract"],
  values: ["broadcast", "contracts", "defineDomain", "defineSystem", "durations", "emit", "handlers", "send", "sendHigh"],
  types: ["Domain", "EffectCall", "Intent", "Send", "StartSystem"],
} as const;

const imported = new Set<string>([...runtimeNames.operators, ...runtimeNames.values, ...runtimeNames.types]);

/** Names that the functions of a domain use for themselves. */
const local = new Set(["state", "intents", "sends", "writes", "emits", "call"]);

/** The name of a domain's constant inside its module; exported under the domain's own name. */
export function constantName(domain: string): string {
  return reserved.has(domain) || imported.has(domain) ? `$${domain}` : domain;
}

/** The name of a variable or parameter that stands for a field. */
export function variableName(field: string): string {
  return reserved.has(field) || imported.has(field) || local.has(field) ? `$${field}` : field;
}

/** A property of an object in the code: fields that the runtime keeps have names that no program can spell. */
export function memberOf(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${quoted(name)}]`;
}

/** A property's name in a literal or an interface. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quoted(name);
}

/** A text as a literal, in whichever quotes it reads better. */
export function quoted(name: string): string {
  return /['\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name) || !name.includes('"') ? JSON.stringify(name) : `'${name}'`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether every object has a property of this name. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/** A method's name in an interface: `new` would declare a constructor, and some other words something else. */
export function methodName(name: string): string {
  return /^(new|constructor|get|set|readonly|async|static)$/.test(name) ? JSON.stringify(name) : name;
}
