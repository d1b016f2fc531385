import type * as ast from "../1-parse/ast.js";
import { Findings, type Kept, kept, type Source } from "../diagnostics/diagnostic.js";
import type { Surroundings, Vocabulary } from "./context.js";
import type { Use } from "./effect-uses.js";
import { pathText } from "./expression.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import type { Parameter } from "./program.js";
import { checkType } from "./type.js";
import { OwnVocabulary } from "./vocabulary.js";

/** What a file or a domain says of the arguments of an effect. */
export interface Signature extends Use {
  readonly effect: string;
  readonly named: boolean;
  readonly parameters: readonly Parameter[];
  /** A type in it is wrong, which is reported: nothing more is said of the effect. */
  readonly isBroken: boolean;
}

/** Checks what declares an effect by itself. */
export function checkSignature(node: ast.EffectNode, vocabulary: Vocabulary, findings: Findings): Signature {
  const names = node.parameters.map(({ name }) => name);
  reportForbidden([...node.path.names, ...names], findings);
  reportOwnKey(names, findings);
  reportDuplicates("parameter", names, findings);
  const types = node.parameters.map(({ type }) => checkType(type, vocabulary, findings));
  const parameters = node.parameters.map(({ name }, index) => ({
    name: name.text,
    ...(types[index] ?? { type: "int" as const }),
  }));
  const passed = parameters.map(({ name, ...ref }, index) => ({
    name: node.named ? name : null,
    ref,
    span: node.parameters[index]?.span ?? node.span,
    isUnion: ref.members !== undefined,
    field: null,
  }));
  return {
    effect: pathText(node.path),
    path: node.path.names.map(({ text }) => text),
    named: node.named,
    parameters,
    arguments: passed,
    isBroken: types.includes(null),
    span: node.path.span,
  };
}

/** The signatures in a domain, and what is wrong with them. */
export interface Signatures {
  readonly signatures: readonly Signature[];
  readonly found: readonly Kept[];
}

/** Checks the signatures in a domain, each by itself. */
export function signaturesIn(node: ast.DomainNode, { vocabulary }: Surroundings, source: Source): Signatures {
  const findings = new Findings(source);
  // What is wrong with its own constants and types is said where the domain is checked.
  const own = new OwnVocabulary(node, vocabulary, new Findings(source));
  const signatures = node.effects.map((effect) => checkSignature(effect, own, findings));
  return { signatures, found: kept(findings.all()) };
}
