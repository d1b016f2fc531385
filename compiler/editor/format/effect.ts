import type { EffectNode, ExpectsNode } from "../../1-parse/ast.js";
import { block, list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, hardline, indent, line } from "./doc.js";
import { expression, path } from "./expression.js";
import { parameter } from "./parameter.js";

/** Prints the signature of an effect, and what is expected of it. */
export function effect(node: EffectNode, cursor: Cursor): Doc {
  const head = [cursor.take("effect"), cursor.tight(" "), path(node.path, cursor)];
  return group([head, signature(node, cursor), node.expects === null ? "" : expects(node.expects, cursor)]);
}

/** Prints the arguments of an effect; one without any has parentheses also where it was written without. */
function signature(node: EffectNode, cursor: Cursor): Doc {
  if (cursor.is("(")) return list(cursor, node.parameters, parameter);
  return cursor.is("{") ? [cursor.tight(" "), named(node, cursor)] : "()";
}

/** Prints a signature of named arguments, which has a block in its block. */
function named(node: EffectNode, cursor: Cursor): Doc {
  return group(block(cursor, [node], payload));
}

function payload({ parameters }: EffectNode, cursor: Cursor): Doc {
  return [cursor.take("payload"), cursor.tight(" "), group(block(cursor, parameters, parameter, { separator: "," }))];
}

function expects({ condition, within }: ExpectsNode, cursor: Cursor): Doc {
  const gap = cursor.gap(cursor.beginsLine() ? hardline : line);
  const expected = [gap, cursor.take("expects"), cursor.tight(" "), expression(condition, cursor)];
  const limit = () => [cursor.tight(" "), cursor.take("within"), cursor.tight(" "), cursor.take()];
  return indent([expected, within === null ? "" : limit()]);
}
