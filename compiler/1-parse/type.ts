import { convert, convertOptional, spanOf } from "./convert.js";
import { type LiteralNode, type PathNode, stringLiteral } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";
import { decodeInt } from "./scan.js";

/** A type by its name, or a union of strings. */
export type TypeNode = TypeNameNode | UnionNode;

/** A type by its name: `int`. */
export interface TypeNameNode extends Node {
  readonly kind: "typeName";
  readonly text: string;
  /** The ints that it may be; null: nothing is said of that. */
  readonly range: RangeNode | null;
}

/** The ints from one to another: `0..10`, `0..MOST`, `0..`. */
export interface RangeNode extends Node {
  readonly kind: "range";
  /** Null: there is no least one. */
  readonly min: RangeEndNode | null;
  /** Null: there is no largest one. */
  readonly max: RangeEndNode | null;
}

/** Where a range ends: an int, or the name of a constant. */
export type RangeEndNode = LiteralNode | PathNode;

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
  Type_named(name, range): TypeNameNode {
    return { kind: "typeName", text: name.sourceString, range: convertOptional<RangeNode>(range), span: spanOf(this) };
  },
  Range_from(min, _dots, max): RangeNode {
    return {
      kind: "range",
      min: convert<RangeEndNode>(min),
      max: convertOptional<RangeEndNode>(max),
      span: spanOf(this),
    };
  },
  Range_upTo(_dots, max): RangeNode {
    return { kind: "range", min: null, max: convert<RangeEndNode>(max), span: spanOf(this) };
  },
  RangeEnd_int(sign, digits): LiteralNode {
    const value = decodeInt(digits.sourceString);
    // `0 - x` and not `-x`: there is no negative zero.
    return { kind: "literal", value: sign.sourceString === "-" ? 0 - value : value, span: spanOf(this) };
  },
  RangeEnd_constant: (name) => convert(name),
};
