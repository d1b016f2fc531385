import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import { type Reading, type ReadPart, readBroken, readMatching, within } from "./read-part.js";

/** A part that no version asked for in so many is forgotten: until then what is taken back, or opened to be closed, costs nothing. */
const remembered = 100;

interface Known<T> {
  readonly value: T;
  /** The last version that asked for it. */
  version: number;
}

/** What was read of earlier versions of a file, by its text: what has not changed is not read again. */
export class KnownParts {
  readonly #matching = new Map<string, Known<ReadPart | null>>();
  readonly #broken = new Map<string, Known<ReadPart | null>>();
  #version = 0;

  /** Reads a part as it stands, or gives what came of it before; null where it does not match. */
  matching(reading: Reading, part: Span): ReadPart | null {
    const text = detached(reading.text.slice(part.start, part.end));
    return this.#asked(this.#matching, text, () => readMatching(text, part.start));
  }

  /** Reads a part that does not match, or gives what came of it before; null where that takes what follows it. */
  broken(reading: Reading, part: Span): ReadPart | null {
    return this.#asked(this.#broken, brokenKey(reading, part), () => readBroken(reading, part));
  }

  /** Begins another version; forgets what none has asked for since long. */
  begin(): void {
    this.#version += 1;
    for (const known of [this.#matching, this.#broken]) {
      for (const [key, { version }] of known) if (version < this.#version - remembered) known.delete(key);
    }
  }

  #asked<T>(known: Map<string, Known<T>>, key: string, read: () => T): T {
    const earlier = known.get(key);
    if (earlier !== undefined) {
      earlier.version = this.#version;
      return earlier.value;
    }
    const value = read();
    known.set(key, { value, version: this.#version });
    return value;
  }
}

/** Copies a text: otherwise what is kept of it would keep the whole file that it was cut from. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/** Gives all that counts in saying what is wrong with a part. */
function brokenKey({ source, text, reported }: Reading, { start, end }: Span): string {
  const known = within(reported, { start, end }).map(({ code, span }: Diagnostic) => [code, moved(span, -start)]);
  return JSON.stringify([text.slice(start, end), source.text.slice(start, end), end === text.length, known]);
}
