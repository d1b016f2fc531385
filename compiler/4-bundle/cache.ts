import { createHash } from "node:crypto";

/**
 * What was found out in a build, by keys that say everything that it depends on. It is plain data; whoever asks knows of which type.
 * What is asked for or noted in this build is kept for the next one, and the rest forgotten.
 */
export class Cache {
  readonly #kept = new Map<string, unknown>();

  /** @param earlier what the build before kept */
  constructor(private readonly earlier: ReadonlyMap<string, unknown> = new Map()) {}

  /** How much was known in the beginning. */
  get size(): number {
    return this.earlier.size;
  }

  /** Gives what was noted under a key; undefined: nothing. */
  get(key: string): unknown {
    const known = this.#kept.get(key) ?? this.earlier.get(key);
    if (known !== undefined) this.#kept.set(key, known);
    return known;
  }

  /** Notes something under a key. */
  set(key: string, value: unknown): void {
    this.#kept.set(key, value);
  }

  /** Gives what is kept, in the order of the keys. */
  entries(): [string, unknown][] {
    return [...this.#kept].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Makes a key of what something depends on, which is plain data. @param what the sort of thing that is kept under it */
export function keyOf(what: string, dependencies: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([what, dependencies]))
    .digest("base64url");
}
