import { ownKey } from "../language/name.js";
import { type TypeRef, typeOnly, type Value } from "../language/type.js";
import { explainedText } from "./canonical.js";
import { environmentOf, keysOf } from "./environment.js";
import { declaredFields } from "./own-key.js";
import type { Domain, Effect, Parameter, Program, Remarks, Start } from "./program.js";

/** What the tools need to know of a program: its names, types and texts, as plain data. It is written beside built modules. */
export interface ProgramDescription {
  /** The name of the source file. */
  readonly source: string;
  readonly domains: readonly DomainDescription[];
  /** The names of the domains of other files that belong to the same system. */
  readonly imported: readonly string[];
  /** The instances that a `system` starts with; null: there is none. */
  readonly starts: readonly Start[] | null;
}

/** A domain, described. */
export interface DomainDescription {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly FieldDescription[];
  /** The fields in which the runtime keeps whether something has held for long enough. */
  readonly durations: readonly string[];
  /** Keys that it tells apart, and one that it does not know, where it asks what its instances are called: then a state has the key in it. */
  readonly keys?: readonly string[];
  readonly goals: readonly GoalDescription[];
  readonly transitions: readonly TransitionDescription[];
  readonly effects: readonly EffectDescription[];
  /** What an instance may be sent. */
  readonly messages: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[];
}

/** A field, described. */
export interface FieldDescription extends TypeRef {
  readonly name: string;
  readonly doc: string;
  readonly initial: Value;
  /** Only the outside sets it. */
  readonly observed: boolean;
  /** The values that the program tells apart, where it can be observed; else none. */
  readonly values: readonly Value[];
}

/** A goal, described. */
export interface GoalDescription {
  readonly name: string;
  readonly doc: string;
  readonly realities: readonly { readonly name: string; readonly condition: string; readonly doc: string }[];
}

/** A transition, described. */
export interface TransitionDescription {
  readonly name: string;
  readonly doc: string;
  /** The effects that it emits, by their dotted names. */
  readonly effects: readonly string[];
  /** It runs only when a message asks for it. */
  readonly isAsked: boolean;
}

/** An effect, described. */
export interface EffectDescription {
  /** The dotted name. */
  readonly name: string;
  /** Its arguments arrive as one object. */
  readonly named: boolean;
  readonly parameters: readonly Parameter[];
  /** What its adapter has to return, where a handler asks for it. */
  readonly returns: TypeRef | null;
}

/** Gives the names of what a state has beside its fields: the runtime keeps it, and nobody observes it. */
export function keptIn({ durations, keys }: Pick<DomainDescription, "durations" | "keys">): string[] {
  return [...durations, ...(keys === undefined ? [] : [ownKey])];
}

/** Describes what there is in a program. */
export function describeProgram({ source, domains, imported, system }: Program): ProgramDescription {
  return {
    source: source.path.split(/[\\/]/).at(-1) ?? "",
    domains: domains.map(describeDomain),
    imported: imported.map(({ name }) => name),
    starts: system?.starts ?? null,
  };
}

function describeDomain(domain: Domain): DomainDescription {
  const values = environmentOf(domain);
  const keys = keysOf(domain);
  const asked = domain.transitions.flatMap(({ name, parameters }) => (parameters === null ? [] : [{ name, parameters }]));
  const heard = domain.receivers.flatMap(({ kind, name, parameters }) => (kind === "message" ? [{ name, parameters }] : []));
  return {
    name: domain.name,
    doc: textOf(domain.remarks),
    fields: declaredFields(domain).map(({ name, remarks, initial, observed, ...type }) => {
      return {
        name,
        doc: textOf(remarks),
        ...typeOnly(type),
        initial,
        observed,
        values: Object.hasOwn(values, name) ? (values[name] ?? []) : [],
      };
    }),
    durations: domain.durations.map(({ name }) => name),
    ...(keys === null ? {} : { keys }),
    goals: domain.goals.map(({ name, remarks, realities }) => ({
      name,
      doc: textOf(remarks),
      realities: realities.map((reality) => ({
        name: reality.name,
        condition: explainedText(reality.condition),
        doc: textOf(reality.remarks),
      })),
    })),
    transitions: domain.transitions.map(({ name, remarks, effects, parameters }) => {
      return { name, doc: textOf(remarks), effects, isAsked: parameters !== null };
    }),
    effects: domain.effects.map(describeEffect),
    messages: [...asked, ...heard].map(({ name, parameters }) => ({ name, parameters: parameters.map(describeParameter) })),
  };
}

function describeEffect({ name, named, parameters, returns }: Effect): EffectDescription {
  return { name, named, parameters: parameters.map(describeParameter), returns: returns === null ? null : typeOnly(returns) };
}

function describeParameter({ name, ...type }: Parameter): Parameter {
  return { name, ...typeOnly(type) };
}

function textOf({ above, behind }: Remarks): string {
  return [...above, ...(behind === null ? [] : [behind])].join("\n").trim();
}
