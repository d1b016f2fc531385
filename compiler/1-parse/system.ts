import { convert, convertAll, convertOptional, spanOf, spanTo } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";

/** What runs, and from which states. */
export interface SystemNode extends Node {
  readonly kind: "system";
  readonly name: Name;
  readonly starts: readonly StartNode[];
}

/** An instance that a system starts with. */
export interface StartNode extends Node {
  readonly kind: "start";
  readonly domain: Name;
  /** Null: it is called `default`. */
  readonly key: ExpressionNode | null;
  readonly fields: readonly StartFieldNode[];
}

/** A field with the value that an instance begins with. */
export interface StartFieldNode extends Node {
  readonly kind: "startField";
  readonly name: Name;
  readonly value: ExpressionNode;
}

/** Turns matches of systems into nodes. */
export const systemActions: VedActionDict<unknown> = {
  System(_, name, _open, _separators, starts, _close): SystemNode {
    return { kind: "system", name: convert<Name>(name), starts: convertAll<StartNode>(starts), span: spanOf(this) };
  },
  Start(word, _domain, name, key, fields, _separators): StartNode {
    return {
      kind: "start",
      domain: convert<Name>(name),
      key: convertOptional<ExpressionNode>(key),
      fields: convertOptional<StartFieldNode[]>(fields) ?? [],
      span: spanTo(word, fields.children[0] ?? key.children[0] ?? name),
    };
  },
  StartState: (_open, _separators, fields, _close) => convertAll<StartFieldNode>(fields),
  StartField(name, _, value, _separators): StartFieldNode {
    return {
      kind: "startField",
      name: convert<Name>(name),
      value: convert<ExpressionNode>(value),
      span: spanTo(name, value),
    };
  },
};
