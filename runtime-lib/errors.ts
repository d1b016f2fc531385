// The classes are recognised by a brand and not by identity, so that one artifact's class works in another.

interface ErrorOptions {
  readonly cause?: unknown;
}

/** Makes an error class whose instances carry a brand, and which takes for its instance whatever carries it. */
function branded(name: string): new (message?: string, options?: ErrorOptions) => Error {
  const brand = Symbol.for(`ved.${name}`);
  return class extends Error {
    static override [Symbol.hasInstance](value: unknown): boolean {
      return typeof value === "object" && value !== null && brand in value;
    }

    constructor(message?: string, options?: ErrorOptions) {
      super(message, options);
      Object.defineProperties(this, { name: { value: name }, [brand]: { value: true } });
    }
  };
}

/** What an adapter throws when it cannot tell whether its effect happened: the intent is tried again under the same key. */
export class OutcomeUnknown extends branded("OutcomeUnknown") {}

/** Why an observation was refused; nothing of it was applied. */
export class ObservationError extends branded("ObservationError") {}

/** A predicate or a step that cannot be computed: a division by zero, an int out of range. */
export class VedFault extends branded("VedFault") {}
