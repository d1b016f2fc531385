import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings, Source, Span } from "../diagnostics/diagnostic.js";
import type { TypeRef, Value } from "../language/type.js";
import type { Argument, Duration, Expression, Parameter, Remarks } from "./program.js";

/** A domain as others see it: what it is called, and the messages and events that it takes. */
export interface Correspondent {
  readonly node: ast.DomainNode;
  readonly source: Source;
  /** What the names of constants and types stand for in it. */
  readonly vocabulary: Vocabulary;
  /** What each message gives; null where a type is wrong, which is reported where it stands. */
  readonly messages: ReadonlyMap<string, readonly Parameter[] | null>;
}

/** What a constant stands for: a value, or a length of time in ms. */
export type Constant = { readonly kind: "value"; readonly value: Value } | { readonly kind: "duration"; readonly ms: number };

/** What the names of constants and types stand for, in a file or in one of its domains. */
export interface Vocabulary {
  /** Gives a constant by its name; undefined: there is none; null: it is wrong, which is reported where it stands. */
  constant(name: string): Constant | null | undefined;
  /** Gives the type that a name stands for; undefined: there is none; null: it is wrong, which is reported where it stands. */
  type(name: string): TypeRef | null | undefined;
  /** The names of all constants. */
  readonly constants: readonly string[];
  /** The names of all types that are not the language's own. */
  readonly types: readonly string[];
}

/** What the names that a domain defines stand for. */
export interface Definitions {
  /** Gives an expression by its name; undefined: there is none; null: it is wrong, which is reported where it stands. */
  expression(name: string): Expression | null | undefined;
  readonly names: readonly string[];
}

/** Where the uses of effects in a file are noted: all of them must agree. */
export interface EffectTable {
  /** Fits the arguments of a use into the ranges that the signature says; null where one can never be in it, which is reported. */
  fitted(path: readonly string[], args: readonly Argument[]): readonly Argument[] | null;
  /** Notes a use, and reports where it disagrees with the signature, or else with the first use. */
  add(path: readonly string[], args: readonly Argument[], span: Span): void;
  /** Notes what a handler says that the adapter returns; null: nothing in particular. */
  addReturn(effect: string, ref: TypeRef | null, span: Span): void;
}

/** What checking an expression needs to know. */
export interface ExpressionContext {
  /** Where it stands; null: it stands in no domain, and reads no state. */
  readonly domain: ast.DomainNode | null;
  /** The declared fields with their types; null where the type itself is wrong. */
  readonly types: ReadonlyMap<string, TypeRef | null>;
  /** What a handler or a message gives, with its type; null where the type itself is wrong. */
  readonly parameters: ReadonlyMap<string, TypeRef | null>;
  /** Whether a condition may be asked for how long it has held. */
  readonly allowsTime: boolean;
  /** What has to hold for some time, by the names of the fields that say so: filled on the way. */
  readonly durations: Map<string, Duration>;
  readonly vocabulary: Vocabulary;
  readonly definitions: Definitions;
  readonly findings: Findings;
}

/** What checking one domain needs to know wherever it stands. */
export interface Context extends ExpressionContext {
  readonly domain: ast.DomainNode;
  /** Every domain that a message may go to, by name; null: it is imported, and not there. */
  readonly domains: ReadonlyMap<string, Correspondent | null>;
  readonly effects: EffectTable;
  /** Whether what is assigned outside of a field's range becomes what is nearest, and is no fault. */
  readonly saturates: boolean;
  readonly comments: Comments;
}

/** Gives the comments that belong to a node. */
export function remarksOf(comments: Comments, span: Span): Remarks {
  return { above: comments.above(span), behind: comments.behind(span) };
}
