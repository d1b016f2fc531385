import type { UserConfig } from "./schema.js";

export type { UserConfig } from "./schema.js";

/** Gives a configuration its type; does nothing else. For `vedc.config.js`, with `// @ts-check`, and for `.ts`. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
