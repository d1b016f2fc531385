import { elsewhere } from "./elsewhere.js";
import type { Node } from "./node.js";
import type { Walker } from "./walker.js";

/** Whether all goals hold in a node that are not those of other parts. */
function isMetIn({ machine }: Walker, { plain }: Node): boolean {
  return plain.allHold || machine.goals.every(({ name }, index) => name === elsewhere || plain.realities[index] !== null);
}

/** Whether a goal does not hold in a node, and nothing is left to do. */
export function isStuckIn(walker: Walker, node: Node): boolean {
  const { plain, about, isHeld, isUnborn } = node;
  if (isMetIn(walker, node) || plain.isBeyond || isHeld || isUnborn) return false;
  // Time or the world still has something to bring.
  if (walker.moves.durations.some((_, index) => walker.isRunning(node, index))) return false;
  if (walker.owedIn(node).some((contract) => walker.showing(plain, contract).length > 0)) return false;
  // Once what is let alone may be tried again, nobody wants it.
  return about.every((entry, index) => entry === null || (entry.kind === "paused" && !walker.mayStart(node, index)));
}
