import type * as ast from "../1-parse/ast.js";
import type { Definitions, ExpressionContext } from "./context.js";
import { checkExpression } from "./expression.js";
import { namesIn } from "./literal.js";
import { byName } from "./names.js";
import type { Expression } from "./program.js";
import { operandsOf } from "./traverse.js";

// A definition is put in wherever its name stands. These limits, far above what a person writes, keep definitions of definitions
// from becoming expressions that no memory holds or no stack can walk.

/** How many operators and values a definition may come to. */
const maxParts = 1000;

/** How deep it may be. */
const maxDepth = 200;

/** Names that stand for each other in a longer row than this are refused, so that none exhausts the stack. */
const maxRow = 100;

/** What the names that a domain defines stand for: found out when it is asked for. */
export class OwnDefinitions implements Definitions {
  readonly names: readonly string[];
  readonly #nodes: ReadonlyMap<string, ast.DefineNode>;
  readonly #known = new Map<string, Expression | null>();
  /** The names whose meaning is being looked for. */
  readonly #row = new Set<string>();

  /** @param context what may be read in definitions, beside each other */
  constructor(
    nodes: readonly ast.DefineNode[],
    private readonly context: Omit<ExpressionContext, "definitions">,
  ) {
    this.#nodes = byName(nodes);
    this.names = [...this.#nodes.keys()];
  }

  expression(name: string): Expression | null | undefined {
    const node = this.#nodes.get(name);
    if (node === undefined) return undefined;
    const earlier = this.#known.get(name);
    if (earlier !== undefined) return earlier;
    const found = this.#isTooFar(node) ? null : this.#checked(node);
    // What was found to stand for itself on the way is wrong, whatever came of it.
    const result = this.#known.has(name) ? null : found;
    this.#known.set(name, result);
    return result;
  }

  /** Checks all definitions, used or not. */
  checkAll(): void {
    for (const name of this.names) this.expression(name);
  }

  #checked({ name, expression: node }: ast.DefineNode): Expression | null {
    this.#row.add(name.text);
    // What it is made of comes first, so that the stack need hold no expression inside another.
    for (const part of namesIn(node)) this.expression(part);
    const expression = checkExpression(node, { ...this.context, definitions: this, durations: new Map() });
    this.#row.delete(name.text);
    if (expression === null || !isLarge(expression)) return expression;
    this.context.findings.report("VED2030", name.span, { name: name.text });
    return null;
  }

  /** Reports a name that leads back to itself, or too far. */
  #isTooFar({ name: { text, span } }: ast.DefineNode): boolean {
    if (this.#row.has(text)) this.context.findings.report("VED2029", span, { name: text });
    else if (this.#row.size >= maxRow) this.context.findings.report("VED2030", span, { name: text });
    else return false;
    return true;
  }
}

function isLarge(expression: Expression): boolean {
  const pending = [{ part: expression, depth: 1 }];
  let parts = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { part, depth } = next;
    parts += 1;
    if (parts > maxParts || depth > maxDepth) return true;
    pending.push(...operandsOf(part).map((operand) => ({ part: operand, depth: depth + 1 })));
  }
  return false;
}
