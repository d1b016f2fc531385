import { convert, convertAll, listsOf, spanOf } from "./convert.js";
import type { EffectNode } from "./effect.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { GoalNode } from "./goal.js";
import type { HandlerNode } from "./handler.js";
import type { InvariantNode } from "./invariant.js";
import type { LaterNode } from "./later.js";
import type { Name, Node } from "./node.js";
import type { ReceiverNode } from "./receiver.js";
import type { StateNode } from "./state.js";
import type { TransitionNode } from "./transition.js";

/** What a domain consists of. */
export interface Members {
  readonly states: readonly StateNode[];
  readonly goals: readonly GoalNode[];
  readonly transitions: readonly TransitionNode[];
  readonly invariants: readonly InvariantNode[];
  readonly handlers: readonly HandlerNode[];
  readonly receivers: readonly ReceiverNode[];
}

/** A domain: its state, goals, transitions, and all else that stands in its block. */
export interface DomainNode extends Node, Members {
  readonly kind: "domain";
  readonly name: Name;
  readonly effects: readonly EffectNode[];
  readonly later: readonly LaterNode[];
}

/** A domain's parts that stand in a file without a `domain` around them. */
export interface LooseNode extends Node, Members {
  readonly kind: "loose";
}

/** What may stand in a domain. */
export type MemberNode =
  | StateNode
  | GoalNode
  | TransitionNode
  | InvariantNode
  | EffectNode
  | HandlerNode
  | ReceiverNode
  | LaterNode;

/** The lists of what stands in a domain alone, and not beside one. */
export const memberLists = {
  state: "states",
  goal: "goals",
  transition: "transitions",
  invariant: "invariants",
  handler: "handlers",
  receiver: "receivers",
} as const;

/** Turns matches of domains into nodes. */
export const domainActions: VedActionDict<unknown> = {
  Domain(_, name, _open, _separators, memberNodes, _close): DomainNode {
    return {
      kind: "domain",
      name: convert<Name>(name),
      ...listsOf(convertAll<MemberNode>(memberNodes), { ...memberLists, effect: "effects", later: "later" }),
      span: spanOf(this),
    };
  },
  Member: (member, _) => convert(member),
};
