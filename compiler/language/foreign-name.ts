/** What other languages call nothing. */
const nothing: ReadonlySet<string> = new Set(["null", "nil", "None", "undefined", "Null", "NULL", "none", "unset", "nothing"]);

/** Says whether other languages call a value that is absent so. */
export function isNothing(name: string): boolean {
  return nothing.has(name);
}

/** What other languages ask for the time. */
const clock =
  /^(?:now|(?:\w+\.)*(?:now|Now|time|getTime|utcnow|monotonic|currentTimeMillis|since|Since|elapsed)|time|clock|elapsed)$/;

/** What other languages ask for the environment of a process. */
const environment = /^(?:env|getenv|environ|(?:\w+\.)*(?:env|getenv|Getenv|environ|LookupEnv)(?:\.\w+)?)$/;

/** Says whether other languages ask for the time so. */
export function isClock(name: string): boolean {
  return clock.test(name);
}

/** Says whether other languages ask for the environment of a process so. */
export function isEnvironment(name: string): boolean {
  return environment.test(name);
}

/** Says what stands for a clock. */
export const clockNote =
  "No expression reads a clock: how long a condition has held is asked with `for`, as in `!up for 30s`, and how often a transition may run is said with `cooldown 30s`.";

/** Says where what differs from place to place belongs. */
export const environmentNote =
  "What differs from place to place belongs to the configuration of the service, which binds each effect to an adapter; or observe it into a field.";
