import { Graph } from "../search/graph.js";
import type { DomainModel } from "./domain-model.js";
import type { Node } from "./node.js";
import type { Walker } from "./walker.js";

/** The graph of a domain by itself. */
export class DomainGraph extends Graph<DomainModel> {
  get walker(): Walker {
    return this.space.walker;
  }

  /** Reads a node; the object is the same for each. */
  read(node: number, into?: Node): Node {
    return this.space.read(this.words(node), into);
  }

  /** Where a move leads. @param node one from which the move was followed, or leads to where it was */
  after(node: number, move: number): number {
    return this.find(this.space.after(this.words(node), move));
  }
}
