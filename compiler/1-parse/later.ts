import type { Span } from "../diagnostics/diagnostic.js";
import { spanOf } from "./convert.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";

/** A construct of a later level: recognised, named, and not built yet. */
export interface LaterNode extends Node {
  readonly kind: "later";
  readonly construct: string;
  readonly level: 4 | 5;
}

/** Turns matches of constructs of later levels into nodes. */
export const laterActions: VedActionDict<unknown> = {
  LaterDeclaration: (word, _): LaterNode => later(word.sourceString, spanOf(word)),
  LaterMember: (word, _): LaterNode => later(word.sourceString, spanOf(word)),
};

/** Makes a node for a construct that is not built yet. */
function later(construct: string, span: Span): LaterNode {
  return { kind: "later", construct, level: construct === "test" ? 5 : 4, span };
}
