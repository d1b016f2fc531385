import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings, Source, Span } from "../diagnostics/diagnostic.js";
import type { TypeRef, Value } from "../language/type.js";
import type { Argument, Duration, Expression, Parameter, Remarks } from "./program.js";

/** A domain as those see it who send to it. */
export interface Addressee {
  readonly name: string;
  /** What each message gives; null where a type is wrong, which is reported where it stands. */
  readonly messages: ReadonlyMap<string, readonly Parameter[] | null>;
}

/** A domain as its system sees it: what others may send to it, and what it begins with. */
export interface Correspondent extends Addressee {
  readonly node: ast.DomainNode;
  readonly source: Source;
  /** What the names of constants and types stand for in it. */
  readonly vocabulary: Vocabulary;
}

/** The domains of a system, looked up by name. */
export interface Directory<D extends Addressee> {
  /** Gives a domain; undefined: there is none; null: it is imported, and not there. */
  get(name: string): D | null | undefined;
  readonly names: readonly string[];
}

/** What a constant stands for: a value, or a length of time in ms. */
export type Constant = { readonly kind: "value"; readonly value: Value } | { readonly kind: "duration"; readonly ms: number };

/** What the names of constants and types stand for, in a file or in one of its domains. */
export interface Vocabulary {
  /** Gives a constant by its name; undefined: there is none; null: it is wrong, which is reported where it stands. */
  constant(name: string): Constant | null | undefined;
  /** Gives the type that a name stands for; undefined: there is none; null: it is wrong, which is reported where it stands. */
  type(name: string): TypeRef | null | undefined;
  /** Says whether a constant is called so; what it stands for is not looked for. */
  hasConstant(name: string): boolean;
  /** Says whether a type that is not the language's own is called so. */
  hasType(name: string): boolean;
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

/** What holds around a domain, which is all that it knows of the rest of its file and of others. */
export interface Surroundings {
  /** What names stand for in its file. */
  readonly vocabulary: Vocabulary;
  /** Every domain that a message may go to. */
  readonly domains: Directory<Addressee>;
  /** Gives the parameters that the signature of an effect names; none where it has no signature. */
  parametersOf(effect: string): readonly Parameter[];
}

/** Where the uses of effects in a domain are noted: all of a file must agree. */
export interface EffectTable {
  /** Fits the arguments of a use into the ranges that the signature says; null where one can never be in it, which is reported. */
  fitted(path: readonly string[], args: readonly Argument[]): readonly Argument[] | null;
  /** Notes a use. */
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
  /** Fields that are declared and cannot be read here, as in a constant. */
  readonly outOfReach?: ReadonlySet<string>;
  /** The strings of the union that the expression is compared with or assigned to, where it is a name. */
  readonly wanted?: readonly string[] | undefined;
  readonly findings: Findings;
}

/** What checking one domain needs to know wherever it stands. */
export interface Context extends ExpressionContext {
  readonly domain: ast.DomainNode;
  /** Every domain that a message may go to. */
  readonly domains: Directory<Addressee>;
  readonly effects: EffectTable;
  /** Whether what is assigned outside of a field's range becomes what is nearest, and is no fault. */
  readonly saturates: boolean;
  readonly comments: Comments;
}

/** No comments. */
export const noRemarks: Remarks = { above: [], behind: null };

/** Gives the comments that belong to a node. */
export function remarksOf(comments: Comments, span: Span): Remarks {
  return { above: comments.above(span), behind: comments.behind(span) };
}
