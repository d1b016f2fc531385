import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings, Source, Span } from "../diagnostics/diagnostic.js";
import type { TypeRef } from "../language/type.js";
import type { Argument, Duration, Parameter, Remarks } from "./program.js";

/** A domain as others see it: what it is called, and the messages and events that it takes. */
export interface Correspondent {
  readonly node: ast.DomainNode;
  readonly source: Source;
  /** What each message gives; null where a type is wrong, which is reported where it stands. */
  readonly messages: ReadonlyMap<string, readonly Parameter[] | null>;
}

/** Where the uses of effects in a file are noted: all of them must agree. */
export interface EffectTable {
  /** Notes a use, and reports where it disagrees with the signature, or else with the first use. */
  add(path: readonly string[], args: readonly Argument[], span: Span): void;
  /** Notes what a handler says that the adapter returns; null: nothing in particular. */
  addReturn(effect: string, ref: TypeRef | null, span: Span): void;
}

/** What checking one domain needs to know wherever it stands. */
export interface Context {
  readonly domain: ast.DomainNode;
  /** The declared fields with their types; null where the type itself is wrong. */
  readonly types: ReadonlyMap<string, TypeRef | null>;
  /** Every domain that a message may go to, by name; null: it is imported, and not there. */
  readonly domains: ReadonlyMap<string, Correspondent | null>;
  /** What a handler or a message gives, with its type; null where the type itself is wrong. */
  readonly parameters: ReadonlyMap<string, TypeRef | null>;
  /** Whether a condition may be asked for how long it has held. */
  readonly allowsTime: boolean;
  /** What has to hold for some time, by the names of the fields that say so: filled on the way. */
  readonly durations: Map<string, Duration>;
  readonly effects: EffectTable;
  readonly comments: Comments;
  readonly findings: Findings;
}

/** Gives the comments that belong to a node. */
export function remarksOf(comments: Comments, span: Span): Remarks {
  return { above: comments.above(span), behind: comments.behind(span) };
}
