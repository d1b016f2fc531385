/** Adapters as the user gives them: functions, in objects as the effects' dotted names say. */
export type Adapters = object;

type Adapter = (...args: unknown[]) => unknown;

interface Found {
  readonly owner: unknown;
  readonly adapter: Adapter;
}

/** The adapter of an effect; null when there is none. What every object or function has is none. */
export function findAdapter(adapters: unknown, path: readonly string[]): Found | null {
  let owner: unknown;
  let found: unknown = adapters;
  for (const name of path) {
    owner = found;
    found = member(owner, name);
  }
  // The type of a function in JavaScript says no more than this.
  return typeof found === "function" ? { owner, adapter: found as Adapter } : null;
}

function member(owner: unknown, name: string): unknown {
  if ((typeof owner !== "object" && typeof owner !== "function") || owner === null) return undefined;
  const value: unknown = Reflect.get(owner, name);
  const inherited = [Object.prototype, Function.prototype].some((prototype) => Reflect.get(prototype, name) === value);
  return inherited && !Object.hasOwn(owner, name) ? undefined : value;
}

/** Calls an effect's adapter with the intent's arguments and the call. @throws whatever the adapter throws */
export function invoke(adapters: Adapters, path: readonly string[], args: readonly unknown[], call: object): unknown {
  const found = findAdapter(adapters, path);
  // It was there at the start; whoever took it away gets an attempt that did not happen.
  if (found === null) throw new Error(`there is no adapter for ${path.join(".")}`);
  return found.adapter.call(found.owner, ...args.map(copy), call);
}

/** Named arguments are an object, which the adapter may change as it likes. */
function copy(argument: unknown): unknown {
  return typeof argument === "object" && argument !== null ? { ...argument } : argument;
}

/** Throws one error that lists every effect without an adapter. @throws TypeError */
export function checkAdapters(domain: string, adapters: unknown, paths: ReadonlyMap<string, readonly string[]>): void {
  const missing = [...paths].filter(([, path]) => findAdapter(adapters, path) === null).map(([name]) => name);
  if (missing.length === 0) return;
  throw new TypeError(`${domain} cannot start: \`effects\` has no function for ${missing.join(", ")}`);
}
