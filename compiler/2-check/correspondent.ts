import type * as ast from "../1-parse/ast.js";
import { Findings, type Source } from "../diagnostics/diagnostic.js";
import type { Correspondent, Vocabulary } from "./context.js";
import type { Parameter } from "./program.js";
import { checkType } from "./type.js";

/** Gives what a domain shows to those who send to it. */
export function correspondent(node: ast.DomainNode, source: Source, vocabulary: Vocabulary): Correspondent {
  const parametersOf = (nodes: readonly ast.ParameterNode[]) => checkedParameters(nodes, vocabulary, source);
  const messages = new Map<string, readonly Parameter[] | null>();
  for (const { name, parameters } of node.transitions) messages.set(name.text, parametersOf(parameters ?? []));
  for (const { message, parameters } of node.receivers) {
    if (!("kind" in message)) messages.set(message.text, parametersOf(parameters));
  }
  return { node, source, vocabulary, messages };
}

function checkedParameters(nodes: readonly ast.ParameterNode[], vocabulary: Vocabulary, source: Source): Parameter[] | null {
  // What is wrong with a type is said where the domain itself is checked.
  const unheard = new Findings(source);
  const types = nodes.map(({ type }) => checkType(type, vocabulary, unheard));
  const parameters = nodes.flatMap(({ name }, index) => {
    const ref = types[index];
    return ref ? { name: name.text, ...ref } : [];
  });
  return parameters.length < nodes.length ? null : parameters;
}
