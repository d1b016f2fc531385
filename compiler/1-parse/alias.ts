import { convert, spanOf } from "./convert.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { TypeNode } from "./type.js";

/** `type Region = "west" | "east"`: a name for a type. */
export interface AliasNode extends Node {
  readonly kind: "alias";
  readonly name: Name;
  readonly type: TypeNode;
}

/** Turns matches of names for types into nodes. */
export const aliasActions: VedActionDict<unknown> = {
  Alias(_, name, _equals, type): AliasNode {
    return { kind: "alias", name: convert<Name>(name), type: convert<TypeNode>(type), span: spanOf(this) };
  },
};
