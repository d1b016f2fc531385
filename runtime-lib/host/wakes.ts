import type { Agenda, Entry } from "./agenda.js";

/** The timers of instances, as they stand on the agenda. */
export class Wakes {
  readonly #agenda: Agenda;
  readonly #wake: (key: string, now: number) => void;
  /** Null as long as there was none. */
  #entries: Map<string, Entry> | null = null;

  constructor(agenda: Agenda, wake: (key: string, now: number) => void) {
    this.#agenda = agenda;
    this.#wake = wake;
  }

  /** Says whether an instance has a timer. */
  has(key: string): boolean {
    return this.#entries?.has(key) === true;
  }

  /** Sets the timer of an instance (epoch ms); null: it has none. */
  set(key: string, at: number | null): void {
    this.#entries ??= new Map();
    const old = this.#entries.get(key);
    if (old !== undefined) this.#agenda.remove(old);
    if (at === null) this.#entries.delete(key);
    else {
      const entry = { at, ring: (now: number) => this.#ring(key, now) };
      this.#entries.set(key, entry);
      this.#agenda.add(entry);
    }
  }

  #ring(key: string, now: number): void {
    this.#entries?.delete(key);
    this.#wake(key, now);
  }
}
