import type * as ast from "../1-parse/ast.js";
import { Findings, type Source } from "../diagnostics/diagnostic.js";
import type { Correspondent, Directory, Vocabulary } from "./context.js";
import type { Located } from "./imports.js";
import type { Parameter } from "./program.js";
import { checkType } from "./type.js";
import type { Vocabularies } from "./vocabulary.js";

/** The domains of a system: what each shows to others is found out when somebody asks for it. */
export class Correspondents implements Directory<Correspondent> {
  readonly #known = new Map<string, Correspondent | null>();

  constructor(
    private readonly located: ReadonlyMap<string, Located | null>,
    private readonly vocabularies: Vocabularies,
  ) {}

  get names(): readonly string[] {
    return [...this.located.keys()];
  }

  get(name: string): Correspondent | null | undefined {
    const [known, located] = [this.#known.get(name), this.located.get(name)];
    if (known !== undefined || located === undefined) return known;
    const found = located === null ? null : correspondent(located, this.vocabularies);
    this.#known.set(name, found);
    return found;
  }
}

/** Gives what a domain shows to those who send to it. */
function correspondent({ node, file }: Located, vocabularies: Vocabularies): Correspondent {
  const { source } = file;
  const vocabulary = vocabularies.ofDomain(node, file);
  const parametersOf = (nodes: readonly ast.ParameterNode[]) => checkedParameters(nodes, vocabulary, source);
  const messages = new Map<string, readonly Parameter[] | null>();
  for (const { name, parameters } of node.transitions) messages.set(name.text, parametersOf(parameters ?? []));
  for (const { message, parameters } of node.receivers) {
    if (!("kind" in message)) messages.set(message.text, parametersOf(parameters));
  }
  return { name: node.name.text, node, source, vocabulary, messages };
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
