import type * as ast from "../1-parse/ast.js";
import { Findings, type Source } from "../diagnostics/diagnostic.js";
import type { Parameter } from "./program.js";
import { checkType } from "./state.js";

/** A domain as others see it: what it is called, and the messages and events that it takes. */
export interface Correspondent {
  readonly node: ast.DomainNode;
  readonly source: Source;
  /** What each message gives; null where a type is wrong, which is reported where it stands. */
  readonly messages: ReadonlyMap<string, readonly Parameter[] | null>;
}

/** What a domain shows to those who send to it. */
export function correspondent(node: ast.DomainNode, source: Source): Correspondent {
  const messages = new Map<string, readonly Parameter[] | null>();
  for (const { name, parameters } of node.transitions) messages.set(name.text, parametersOf(parameters ?? [], source));
  for (const { message, parameters } of node.receivers) {
    if (!("kind" in message)) messages.set(message.text, parametersOf(parameters, source));
  }
  return { node, source, messages };
}

function parametersOf(nodes: readonly ast.ParameterNode[], source: Source): Parameter[] | null {
  // What is wrong with a type is said where the domain itself is checked.
  const unheard = new Findings(source);
  const types = nodes.map(({ type }) => checkType(type, unheard));
  const parameters = nodes.flatMap(({ name }, index) => {
    const ref = types[index];
    return ref ? { name: name.text, ...ref } : [];
  });
  return parameters.length < nodes.length ? null : parameters;
}
