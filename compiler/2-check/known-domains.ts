import type * as ast from "../1-parse/ast.js";
import type { Origin } from "../1-parse/parse.js";
import type { Kept } from "../diagnostics/diagnostic.js";
import type { Surroundings } from "./context.js";
import type { CheckedDomain, Undescribed } from "./domain.js";
import { Inquiry } from "./inquiry.js";
import type { Domain, Send } from "./program.js";
import type { Signatures } from "./signature.js";

/** What was found out of the domains of some files, for as long as they and what they ask for stay as they are. */
export class KnownDomains {
  readonly signatures = new Answered<Signatures>();
  readonly checks = new Answered<CheckedDomain>();
  readonly descriptions = new Consequences<Undescribed, Domain>();
  readonly messages = new Consequences<Domain, readonly Send[]>();
  readonly warnings = new Consequences<Domain, readonly Kept[]>();
}

/** Something that speaks of places in a source, which has moved since. */
export interface Placed<T> {
  readonly value: T;
  /** How far it has moved. */
  readonly by: number;
}

/** What is found out of a domain and of what it asks of what is around it. */
class Answered<T> {
  readonly #known = new WeakMap<ast.DomainNode, Placed<T> & { readonly inquiry: Inquiry }>();

  /** Gives what is known of a domain, or else finds it out. */
  of({ node, by }: Origin, around: Surroundings, find: (around: Surroundings) => T): Placed<T> {
    const known = this.#known.get(node);
    if (known?.inquiry.isAnsweredAlike(around) === true) return { value: known.value, by: by - known.by };
    const inquiry = new Inquiry(around);
    const value = find(inquiry);
    inquiry.end();
    this.#known.set(node, { value, by, inquiry });
    return { value, by: 0 };
  }
}

/** What follows from something, and from no more than can be put into a text. */
class Consequences<Cause extends object, T> {
  readonly #known = new WeakMap<Cause, { readonly rest: string; readonly value: T }>();

  /** Gives what is known to follow, or else finds it out. */
  of(cause: Cause, rest: string, find: () => T): T {
    const known = this.#known.get(cause);
    if (known?.rest === rest) return known.value;
    const value = find();
    this.#known.set(cause, { rest, value });
    return value;
  }
}
