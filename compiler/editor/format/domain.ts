import type { DomainNode, MemberNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import { block } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { effect } from "./effect.js";
import { goal } from "./goal.js";
import { handler } from "./handler.js";
import { inOrder } from "./in-order.js";
import { invariant } from "./invariant.js";
import { receiver } from "./receiver.js";
import { state } from "./state.js";
import { transition } from "./transition.js";

/** Prints a domain. */
export function domain(node: DomainNode, cursor: Cursor): Doc {
  const head = [cursor.take("domain"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" ")];
  return group([head, block(cursor, inOrder(node), member, { isTall: true })]);
}

/** Prints what stands in a domain, or in a file without one. */
export function member(node: MemberNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "state":
      return state(node, cursor);
    case "goal":
      return goal(node, cursor);
    case "transition":
      return transition(node, cursor);
    case "invariant":
      return invariant(node, cursor);
    case "effect":
      return effect(node, cursor);
    case "handler":
      return handler(node, cursor);
    case "receiver":
      return receiver(node, cursor);
    case "later":
      throw new Error("What is not supported yet is an error, and what has errors is not printed");
    default:
      return unreachable(node);
  }
}
