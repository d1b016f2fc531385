import type { EffectName } from "../../../runtime-lib/host/adapters.js";
import type { EffectOptions, UserConfig } from "./schema.js";

export type { EffectCall } from "../../../runtime-lib/host/call.js";
export type { UserConfig } from "./schema.js";

/**
 * The adapter of an effect in an interface that `vedc build` writes, without those of effects whose names go on after its own.
 */
type AdapterAt<E, Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? AdapterAt<E[First & keyof E], Rest>
  : E[Name & keyof E] extends (...args: infer A) => infer R
    ? (...args: A) => R
    : never;

/** A configuration for a program: every effect is bound, and functions take what the program gives. */
export type ConfigFor<Effects extends object> = Omit<UserConfig, "effects"> & {
  readonly effects: {
    readonly [Name in EffectName<Effects>]:
      | AdapterAt<Effects, Name>
      | (Omit<EffectOptions, "run"> & { readonly run?: AdapterAt<Effects, Name> });
  };
};

/**
 * Gives a configuration its type; does nothing else. For `vedc.config.js`, with `// @ts-check`, and in TypeScript also for what
 * `vedc build` has made of the program: `defineConfig<DatabaseRoutingEffects>({ … })`.
 */
export function defineConfig<Effects extends object = never>(
  config: [Effects] extends [never] ? UserConfig : ConfigFor<Effects>,
): UserConfig {
  // What is bound for a program may be bound for any: functions of fewer types are all that differs.
  return config as UserConfig;
}
