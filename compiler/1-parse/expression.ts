import type { Node as OhmNode } from "ohm-js";
import { at } from "../language/at.js";
import { durationOf } from "../language/duration.js";
import type { ArithmeticOperator, ComparisonOperator, LogicalOperator, UnaryOperator } from "../language/operator.js";
import { unreachable } from "../language/unreachable.js";
import { convert, convertAll, convertOptional, spanOf } from "./convert.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import { type Infix, type Row, treeOf } from "./precedence.js";
import { decodeInt, decodeString } from "./scan.js";

/** An expression of any kind. */
export type ExpressionNode =
  | LiteralNode
  | PathNode
  | UnaryNode
  | ArithmeticNode
  | ComparisonNode
  | LogicalNode
  | TimedNode
  | DurationNode
  | ChainNode
  | CallNode
  | EventNode
  | SelfNode;

/** An int, a boolean or a string as it stands in the source: `7`, `true`, `"failed"`. */
export interface LiteralNode extends Node {
  readonly kind: "literal";
  readonly value: number | boolean | string;
}

/** A name, or several joined by dots: `status`, `Network.UpdateDNS`. */
export interface PathNode extends Node {
  readonly kind: "path";
  readonly names: readonly Name[];
}

/** `!a` or `-a`. */
export interface UnaryNode extends Node {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
}

/** A sum or a product, from left to right: `a + b - c` is one, however long it is. */
export interface ArithmeticNode extends Node {
  readonly kind: "arithmetic";
  readonly first: ExpressionNode;
  readonly rest: readonly TermNode[];
}

/** What follows the first operand of a sum or a product. */
export interface TermNode extends Node {
  readonly kind: "term";
  readonly operator: ArithmeticOperator;
  readonly operand: ExpressionNode;
}

/** `a == b`, `a < b` and the like. */
export interface ComparisonNode extends Node {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** `a < b < c`: comparisons do not chain, and this is reported where it is read. */
export interface ChainNode extends Node {
  readonly kind: "chain";
  readonly operands: readonly ExpressionNode[];
}

/** Operands joined by one logical operator; the operands of a goal's outermost `||` are its realities. */
export interface LogicalNode extends Node {
  readonly kind: "logical";
  readonly operator: LogicalOperator;
  readonly operands: readonly ExpressionNode[];
}

/** `condition for 30s`: the condition has held without a break for so long. */
export interface TimedNode extends Node {
  readonly kind: "timed";
  readonly condition: ExpressionNode;
  readonly lapse: LapseNode;
}

/** A length of time: `30s`. */
export interface DurationNode extends Node {
  readonly kind: "duration";
  readonly ms: number;
}

/** A length of time: written down, or the name of a constant that is one. */
export type LapseNode = DurationNode | PathNode;

/** `min(a, b)`: a call of one of the language's functions, or of something that looks like one. */
export interface CallNode extends Node {
  readonly kind: "call";
  readonly path: PathNode;
  readonly arguments: readonly ArgumentNode[];
}

/** What is passed to an effect, a message or a function, by place or by name. */
export interface ArgumentNode extends Node {
  readonly kind: "argument";
  readonly name: Name | null;
  readonly value: ExpressionNode;
}

/** `Event::DatabaseReady`: what somebody may broadcast. */
export interface EventNode extends Node {
  readonly kind: "event";
  readonly scope: Name;
  readonly name: Name;
}

/** `self`: the instance's own key. */
export interface SelfNode extends Node {
  readonly kind: "self";
}

/** Turns matches of expressions into nodes. */
export const expressionActions: VedActionDict<unknown> = {
  Argument_named(name, _, value): ArgumentNode {
    return {
      kind: "argument",
      name: convert<Name>(name),
      value: convert<ExpressionNode>(value),
      span: spanOf(this),
    };
  },
  Argument_value(value): ArgumentNode {
    return { kind: "argument", name: null, value: convert<ExpressionNode>(value), span: spanOf(this) };
  },
  Expression: operation,
  Timed(expression, _, lasting): ExpressionNode {
    const condition = convert<ExpressionNode>(expression);
    const lapse = convertOptional<LapseNode>(lasting);
    return lapse === null ? condition : { kind: "timed", condition, lapse, span: spanOf(this) };
  },
  Operation: operation,
  Unary(operators, primary): ExpressionNode {
    return operators.children.reduceRight<ExpressionNode>((operand, operator) => {
      const span = { start: spanOf(operator).start, end: operand.span.end };
      // The grammar lets nothing else through here.
      return { kind: "unary", operator: operator.sourceString as UnaryOperator, operand, span };
    }, convert<ExpressionNode>(primary));
  },
  Primary_parenthesised(_open, expression, _close): ExpressionNode {
    return { ...convert<ExpressionNode>(expression), span: spanOf(this) };
  },
  Primary_duration: (duration) => convert(duration),
  duration(_): DurationNode {
    return { kind: "duration", ms: durationOf(this.sourceString), span: spanOf(this) };
  },
  Primary_int(literal): LiteralNode {
    return { kind: "literal", value: decodeInt(literal.sourceString), span: spanOf(this) };
  },
  Primary_string: (literal): LiteralNode => stringLiteral(literal),
  Primary_boolean(literal): LiteralNode {
    return { kind: "literal", value: literal.sourceString === "true", span: spanOf(this) };
  },
  Primary_event(scope, _colons, name): EventNode {
    return { kind: "event", scope: convert<Name>(scope), name: convert<Name>(name), span: spanOf(this) };
  },
  Primary_call(path, _open, args, _comma, _close): CallNode {
    return {
      kind: "call",
      path: convert<PathNode>(path),
      arguments: convert<ArgumentNode[]>(args),
      span: spanOf(this),
    };
  },
  Primary_self(_): SelfNode {
    return { kind: "self", span: spanOf(this) };
  },
  Primary_path: (path) => convert(path),
  constantName(_): PathNode {
    return { kind: "path", names: [{ text: this.sourceString, span: spanOf(this) }], span: spanOf(this) };
  },
  Path(first, _, rest): PathNode {
    return { kind: "path", names: [convert<Name>(first), ...convertAll<Name>(rest)], span: spanOf(this) };
  },
};

/** Makes a tree of operands and the operators between them. */
function operation(first: OhmNode, operators: OhmNode, others: OhmNode): ExpressionNode {
  const row: Row<ExpressionNode> = {
    operands: [convert<ExpressionNode>(first), ...convertAll<ExpressionNode>(others)],
    operators: operators.children.map((operator) => ({ text: operator.sourceString, start: spanOf(operator).start })),
  };
  return treeOf(row, joined);
}

/** Makes one node of operands joined by operators of one level. */
function joined({ operands, operators }: Row<ExpressionNode>): ExpressionNode {
  const [left, right] = [at(operands, 0), at(operands, 1)];
  const span = { start: left.span.start, end: at(operands, operands.length - 1).span.end };
  // The grammar lets nothing else through here.
  const operator = at(operators, 0).text as LogicalOperator | ComparisonOperator | ArithmeticOperator;
  switch (operator) {
    case "||":
    case "&&":
      return { kind: "logical", operator, operands, span };
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return { kind: "arithmetic", first: left, rest: termsOf(operands.slice(1), operators), span };
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      // Comparisons do not chain.
      return operands.length > 2 ? { kind: "chain", operands, span } : { kind: "comparison", operator, left, right, span };
    default:
      return unreachable(operator);
  }
}

function termsOf(operands: readonly ExpressionNode[], operators: readonly Infix[]): TermNode[] {
  return operands.map((operand, index) => {
    const { text, start } = at(operators, index);
    // Operators of one level are of one kind.
    return { kind: "term", operator: text as ArithmeticOperator, operand, span: { start, end: operand.span.end } };
  });
}

/** Makes a string of its literal. */
export function stringLiteral(node: OhmNode): LiteralNode {
  return { kind: "literal", value: decodeString(node.sourceString), span: spanOf(node) };
}
