/** Adapters as the user gives them: functions, in objects as the effects' dotted names say. */
export type Adapters = object;

/** What can be looked into by name. */
type Folder = Readonly<Record<string, unknown>>;
type Adapter = (...args: unknown[]) => unknown;

/** Calls an effect's adapter with the intent's arguments and the call. @throws whatever the adapter throws */
export function invoke(adapters: Adapters, path: readonly string[], args: readonly unknown[], call: object): unknown {
  let owner: unknown;
  let found: unknown = adapters;
  for (const name of path) {
    owner = found;
    // Seen at the start to be there; if somebody took it away since, this throws, and the attempt did not happen.
    found = (owner as Folder)[name];
  }
  const adapter = found as Adapter;
  const [first] = args;
  // Named arguments are an object, which the adapter may change as it likes.
  if (args.length === 1) return adapter.call(owner, typeof first === "object" ? { ...first } : first, call);
  return adapter.call(owner, ...args, call);
}

/** Throws one error that lists every effect without an adapter. @throws TypeError */
export function checkAdapters(domain: string, adapters: unknown, paths: ReadonlyMap<string, readonly string[]>): void {
  const missing = [...paths].filter(([, path]) => typeof path.reduce(member, adapters) !== "function").map(([name]) => name);
  if (missing.length > 0) throw new TypeError(`${domain} cannot start: \`effects\` has no function for ${missing.join(", ")}`);
}

/** A member that somebody put there: not one that every object or function has. */
function member(owner: unknown, name: string): unknown {
  if ((typeof owner !== "object" && typeof owner !== "function") || owner === null) return undefined;
  const value = (owner as Folder)[name];
  const isInherited = Reflect.get(Object.prototype, name) === value || Reflect.get(Function.prototype, name) === value;
  return isInherited && !Object.hasOwn(owner, name) ? undefined : value;
}
