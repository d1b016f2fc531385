import { convert, convertAll, ofKind, spanOf } from "./convert.js";
import { type DomainNode, type LooseNode, type MemberNode, membersByKind } from "./domain.js";
import type { EffectNode } from "./effect.js";
import type { ImportNode } from "./import.js";
import type { LaterNode } from "./later.js";
import type { Node } from "./node.js";
import type { SystemNode } from "./system.js";
import type { VedActionDict } from "./ved.ohm-bundle.js";

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

type Beside = "effect" | "later" | "import" | "domain" | "system";
type LooseMember = Exclude<DeclarationNode, { readonly kind: Beside }>;

const beside: ReadonlySet<string> = new Set<Beside>(["effect", "later", "import", "domain", "system"]);

/** What stands beside the domains and belongs into one; null: nothing does. */
function looseMembers(declarations: readonly DeclarationNode[]): LooseNode | null {
  const loose = declarations.filter((node): node is LooseMember => !beside.has(node.kind));
  const [first, last] = [loose[0], loose.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { kind: "loose", ...membersByKind(loose), span: { start: first.span.start, end: last.span.end } };
}

/** Turns matches of files into nodes. */
export const fileActions: VedActionDict<unknown> = {
  File(_, declarations): FileNode {
    const all = convertAll<DeclarationNode>(declarations);
    return {
      kind: "file",
      domains: ofKind(all, "domain"),
      loose: looseMembers(all),
      effects: ofKind(all, "effect"),
      imports: ofKind(all, "import"),
      systems: ofKind(all, "system"),
      later: ofKind(all, "later"),
      span: spanOf(this),
    };
  },
  Declaration: (declaration, _) => convert(declaration),
};
