import type { EffectCall } from "../../../runtime-lib/host/call.js";
import type { EffectDescription } from "../../2-check/description.js";
import type { EffectConfig } from "../config/schema.js";
import type { Adapter, AdapterOptions } from "./adapter.js";
import { execAdapter } from "./exec.js";
import { httpAdapter } from "./http.js";

/** What the adapters of configurations are made with. */
export interface BindOptions extends AdapterOptions {
  /** Writes a line for the operator. */
  log(line: string, call: EffectCall): void;
}

/** Makes the adapter that a configuration asks for. */
export function bind(effect: EffectDescription, config: EffectConfig, { log, ...options }: BindOptions): Adapter {
  const { http, exec, log: logged, run } = config;
  if (http !== undefined) return httpAdapter(effect, http, options);
  if (exec !== undefined) return execAdapter(effect, exec, options);
  if (logged !== undefined) {
    return (args, call) => {
      log(`${effect.name}(${args.map((each) => JSON.stringify(each)).join(", ")})`, call);
      return logged.value;
    };
  }
  // It takes what the program gives, as whoever wrote it says.
  const own = run as ((...args: readonly unknown[]) => unknown) | undefined;
  return (args, call) => own?.(...args, call);
}

/** Puts functions into objects as the effects' dotted names say: as the runtime wants them. `A` and `A.b` may both be effects. */
export function nested(adapters: ReadonlyMap<string, Adapter>): object {
  const root: Record<string, unknown> = Object.create(null);
  // Shorter names first: what goes on from a function becomes a property of it.
  for (const [name, adapter] of [...adapters].sort(([a], [b]) => a.length - b.length)) {
    const path = name.split(".");
    const last = path.pop() ?? "";
    const owner = path.reduce<object>((at, part) => {
      if (!Object.hasOwn(at, part)) define(at, part, Object.create(null));
      return Reflect.get(at, part);
    }, root);
    // The call is what comes last.
    define(owner, last, (...all: unknown[]) => adapter(all.slice(0, -1), all.at(-1) as EffectCall));
  }
  return root;
}

function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
}
