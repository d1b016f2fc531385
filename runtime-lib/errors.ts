// The classes are recognised by a brand and not by identity, so that one artifact's class works in another.

const brand = (name: string) => Symbol.for(`ved.${name}`);

const outcomeUnknown = brand("OutcomeUnknown");
const observationError = brand("ObservationError");
const vedFault = brand("VedFault");

function hasBrand(value: unknown, key: symbol): boolean {
  return typeof value === "object" && value !== null && key in value;
}

/** What an adapter throws when it cannot tell whether its effect happened: the intent is tried again under the same key. */
export class OutcomeUnknown extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, outcomeUnknown);
  }

  constructor(message = "it is not known whether the effect happened", options?: { cause?: unknown }) {
    super(message, options);
    this.name = "OutcomeUnknown";
    Object.defineProperty(this, outcomeUnknown, { value: true });
  }
}

/** Why an observation was refused; nothing of it was applied. */
export class ObservationError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, observationError);
  }

  constructor(message: string) {
    super(message);
    this.name = "ObservationError";
    Object.defineProperty(this, observationError, { value: true });
  }
}

/** A predicate or a step that cannot be computed: a division by zero, an int out of range. */
export class VedFault extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, vedFault);
  }

  constructor(message: string) {
    super(message);
    this.name = "VedFault";
    Object.defineProperty(this, vedFault, { value: true });
  }
}
