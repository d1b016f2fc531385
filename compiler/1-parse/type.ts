import { spanOf } from "./convert.js";
import { type LiteralNode, stringLiteral } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";

/** A type by its name, or a union of strings. */
export type TypeNode = TypeNameNode | UnionNode;

/** A type by its name: `int`. */
export interface TypeNameNode extends Node {
  readonly kind: "typeName";
  readonly text: string;
}

/** A union of strings: `"up" | "down"`. */
export interface UnionNode extends Node {
  readonly kind: "union";
  readonly members: readonly LiteralNode[];
}

/** Turns matches of types into nodes. */
export const typeActions: VedActionDict<unknown> = {
  Type_union(first, _bars, rest): UnionNode {
    const members = [first, ...rest.children].map(stringLiteral);
    return { kind: "union", members, span: spanOf(this) };
  },
  Type_named(name): TypeNameNode {
    return { kind: "typeName", text: name.sourceString, span: spanOf(this) };
  },
};
