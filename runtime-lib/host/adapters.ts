/** Adapters as the user gives them: functions, in objects as the effects' dotted names say. */
export type Adapters = object;

/** The dotted names of the effects whose adapters have the type `E`; any, where nothing is known of it. */
export type EffectName<E> = [E] extends [never]
  ? string
  : { [N in keyof E & string]: (E[N] extends (...args: never[]) => unknown ? N : never) | `${N}.${EffectName<E[N]>}` }[keyof E &
      string];

/** What can be looked into by name. */
type Folder = Readonly<Record<string, unknown>>;
type Adapter = (...args: unknown[]) => unknown;

/** Where an effect's adapter is to be found. */
export interface Route {
  readonly adapters: Adapters;
  /** The effect's dotted name, taken apart. */
  readonly path: readonly string[];
}

/** Calls an effect's adapter with the intent's arguments and the call. @throws whatever the adapter throws */
export function invoke(route: Route | undefined, args: readonly unknown[], call: object): unknown {
  let owner: unknown;
  let found: unknown = route?.adapters;
  for (const name of route?.path ?? []) {
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

/** Says whether an effect can be carried out; one that the program no longer has may have an adapter of its own. */
export function canCarryOut(routes: Map<string, Route>, legacy: Adapters | undefined, effect: string): boolean {
  const path = effect.split(".");
  if (!routes.has(effect) && legacy !== undefined && isAdapter(legacy, path)) routes.set(effect, { adapters: legacy, path });
  return routes.has(effect);
}

/** Says whether there is a function for an effect. */
function isAdapter(adapters: unknown, path: readonly string[]): boolean {
  return typeof path.reduce(member, adapters) === "function";
}

/** Finds the adapters of effects. @throws TypeError one error that lists every effect without one. */
export function routesTo(domain: string, adapters: Adapters, effects: readonly string[]): Map<string, Route> {
  const routes = new Map(effects.map((effect) => [effect, { adapters, path: effect.split(".") }]));
  const missing = effects.filter((effect) => !isAdapter(adapters, effect.split(".")));
  if (missing.length > 0) throw new TypeError(`${domain} cannot start: \`effects\` has no function for ${missing.join(", ")}`);
  return routes;
}

/** Gives a member that somebody put there: not one that every object or function has. */
function member(owner: unknown, name: string): unknown {
  if ((typeof owner !== "object" && typeof owner !== "function") || owner === null) return undefined;
  const value = (owner as Folder)[name];
  const isInherited = Reflect.get(Object.prototype, name) === value || Reflect.get(Function.prototype, name) === value;
  return isInherited && !Object.hasOwn(owner, name) ? undefined : value;
}
