import type { EffectCall } from "../../../runtime-lib/host/call.js";
import type { EffectDescription } from "../../2-check/description.js";

/** The values that a template may name. */
export type TemplateValues = Readonly<Record<string, unknown>>;

/** `{name}`, or a brace that stands for itself (`{{`, `}}`). */
export const placeholder = /\{\{|\}\}|\{([\w.]+)\}/g;

/** Gives the names that a text uses: `{name}`; `{{` and `}}` stand for braces. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** Gives all texts inside a JSON value, with where they are. */
export function textsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): { path: readonly (string | number)[]; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...path, name]));
}

/** Fills the placeholders of a text. @param as how a value becomes a part of the text */
export function fill(text: string, values: TemplateValues, as: (value: string) => string = (value) => value): string {
  return text.replace(placeholder, (found, name: string | undefined) => {
    if (name === undefined) return found.slice(1);
    return as(textOf(values[name]));
  });
}

/** Fills the placeholders of the texts in a JSON value; a text that is one placeholder becomes what that stands for. */
export function fillJson(value: unknown, values: TemplateValues): unknown {
  if (typeof value === "string") {
    const [, whole] = /^\{([\w.]+)\}$/.exec(value) ?? [];
    return whole === undefined ? fill(value, values) : values[whole];
  }
  if (Array.isArray(value)) return value.map((each) => fillJson(each, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillJson(each, values)]));
}

/** What every call has, beside the arguments. */
const callNames = ["call.key", "call.attempt", "call.activation", "call.domain", "call.instance", "call.effect"];

/** Gives the names that templates of an effect may use: its arguments by name or by place, and what every call has. */
export function templateNames({ parameters, named }: EffectDescription): string[] {
  const positions = named ? [] : parameters.map((_, index) => String(index));
  return [...positions, ...parameters.map(({ name }) => name), ...callNames];
}

/** Gives what those names stand for in a call. */
export function templateValues(
  { name, parameters, named }: EffectDescription,
  args: readonly unknown[],
  call: EffectCall,
): TemplateValues {
  const list = listOf(named, parameters, args);
  return Object.fromEntries([
    ...list.map((value, index) => [String(index), value]),
    ...parameters.map((parameter, index) => [parameter.name, list[index]]),
    ["call.key", call.key],
    ["call.attempt", call.attempt],
    ["call.activation", call.activation],
    ["call.domain", call.domain],
    ["call.instance", call.instance],
    ["call.effect", name],
  ]);
}

function listOf(named: boolean, parameters: EffectDescription["parameters"], args: readonly unknown[]): readonly unknown[] {
  const [first] = args;
  if (!named || typeof first !== "object" || first === null) return args;
  return parameters.map(({ name }) => Reflect.get(first, name));
}

/** Gives the arguments as JSON has them: an object where they have names, else a list. */
export function argumentsOf({ named }: EffectDescription, args: readonly unknown[]): unknown {
  return named ? args[0] : args;
}

function textOf(value: unknown): string {
  return value === undefined ? "" : String(value);
}
