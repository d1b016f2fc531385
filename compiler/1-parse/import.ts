import { convert, spanOf } from "./convert.js";
import { type LiteralNode, stringLiteral } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";

/** `import { Worker } from "./worker.ved"`. */
export interface ImportNode extends Node {
  readonly kind: "import";
  readonly names: readonly Name[];
  readonly from: LiteralNode;
}

/** Turns matches of imports into nodes. */
export const importActions: VedActionDict<unknown> = {
  Import(_, _open, names, _comma, _close, _from, path): ImportNode {
    return { kind: "import", names: convert<Name[]>(names), from: stringLiteral(path), span: spanOf(this) };
  },
};
