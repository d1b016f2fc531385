import { convert, convertAll, listsOf, spanOf } from "./convert.js";
import { type DomainNode, type LooseNode, type MemberNode, memberLists } from "./domain.js";
import type { EffectNode } from "./effect.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { ImportNode } from "./import.js";
import type { LaterNode } from "./later.js";
import type { Node } from "./node.js";
import type { SystemNode } from "./system.js";

/** A whole file; its domains and what of later levels stands beside them. */
export interface FileNode extends Node {
  readonly kind: "file";
  readonly domains: readonly DomainNode[];
  /** What stands beside the domains and belongs into one; null: nothing does. */
  readonly loose: LooseNode | null;
  /** Signatures of effects that stand beside the domains. */
  readonly effects: readonly EffectNode[];
  readonly imports: readonly ImportNode[];
  readonly systems: readonly SystemNode[];
  readonly later: readonly LaterNode[];
}

/** What may stand in a file. */
export type DeclarationNode = MemberNode | ImportNode | DomainNode | SystemNode;

/** The lists of what stands in a file itself. */
const fileLists = { domain: "domains", effect: "effects", import: "imports", system: "systems", later: "later" } as const;

type BesideNode = Extract<DeclarationNode, { readonly kind: keyof typeof fileLists }>;

function isBeside(node: DeclarationNode): node is BesideNode {
  return node.kind in fileLists;
}

/** What stands beside the domains and belongs into one; null: nothing does. */
function looseMembers(loose: readonly Exclude<DeclarationNode, BesideNode>[]): LooseNode | null {
  const [first, last] = [loose[0], loose.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { kind: "loose", ...listsOf(loose, memberLists), span: { start: first.span.start, end: last.span.end } };
}

/** Turns matches of files into nodes. */
export const fileActions: VedActionDict<unknown> = {
  File(_, declarations): FileNode {
    const all = convertAll<DeclarationNode>(declarations);
    const { domains, ...others } = listsOf(all.filter(isBeside), fileLists);
    return {
      kind: "file",
      domains,
      loose: looseMembers(all.filter((node) => !isBeside(node))),
      ...others,
      span: spanOf(this),
    };
  },
  Declaration: (declaration, _) => convert(declaration),
};
