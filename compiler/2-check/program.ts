import type { Source, Span } from "../diagnostics/diagnostic.js";
import type { BinaryRule, UnaryRule } from "./operators.js";

/** The types of level 1. */
export type Type = "int" | "bool" | "string";

/** A value of one of the types. */
export type Value = number | boolean | string;

/** The type that a value has. */
export function typeOf(value: Value): Type {
  if (typeof value === "number") return "int";
  return typeof value === "boolean" ? "bool" : "string";
}

/** Comments that belong to a declaration or a statement: the lines above it, and the one behind it. */
export interface Remarks {
  readonly above: readonly string[];
  readonly behind: string | null;
}

interface Declared {
  readonly name: string;
  /** The span of the name. */
  readonly span: Span;
  readonly remarks: Remarks;
}

/** A file without errors, with every name resolved and every expression typed. */
export interface Program {
  readonly source: Source;
  readonly domains: readonly Domain[];
}

export interface Domain extends Declared {
  readonly fields: readonly Field[];
  readonly goals: readonly Goal[];
  readonly transitions: readonly Transition[];
  /** What the transitions emit, in the order of first use. */
  readonly effects: readonly Effect[];
}

export interface Field extends Declared {
  readonly type: Type;
  readonly initial: Value;
  /** No transition assigns it: only the outside sets it. */
  readonly observed: boolean;
}

export interface Goal extends Declared {
  readonly predicate: Expression;
  /** The operands of the predicate's outermost `||`: the ways in which the goal may hold. */
  readonly realities: readonly Reality[];
}

export interface Reality {
  /** A, B, C … in the order of the source. */
  readonly letter: string;
  readonly condition: Expression;
  readonly remarks: Remarks;
}

export interface Transition extends Declared, Usage {
  readonly body: readonly Statement[];
  /** The transitions whose activations in flight hold this one up. */
  readonly waitsFor: readonly Wait[];
}

/** What a step depends on and touches, whichever way it takes. */
export interface Usage {
  /** Fields whose value from before the step can matter. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Effects by their dotted names. */
  readonly effects: readonly string[];
}

/** One transition waits for another, and why. */
export interface Wait {
  readonly transition: string;
  readonly reasons: readonly string[];
}

export interface Effect {
  /** The dotted name, as in `Network.UpdateDNS`. */
  readonly name: string;
  readonly path: readonly string[];
  /** Arguments by name arrive as one object. */
  readonly named: boolean;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
}

export type Statement = Emit | Assign | If;

export interface Emit {
  readonly kind: "emit";
  readonly effect: string;
  readonly named: boolean;
  readonly arguments: readonly Argument[];
  readonly span: Span;
  readonly remarks: Remarks;
}

export interface Argument {
  /** Null for a positional argument. */
  readonly name: string | null;
  readonly value: Expression;
}

/** `field = value`; `field += 1` is `field = field + 1`. */
export interface Assign {
  readonly kind: "assign";
  readonly field: string;
  readonly value: Expression;
  readonly span: Span;
  readonly remarks: Remarks;
}

export interface If {
  readonly kind: "if";
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Statement[] | null;
  readonly span: Span;
  readonly remarks: Remarks;
}

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export type Expression = Literal | FieldRead | Unary | Binary | Logical;

interface Typed {
  readonly type: Type;
  readonly span: Span;
}

export interface Literal extends Typed {
  readonly kind: "literal";
  readonly value: Value;
}

export interface FieldRead extends Typed {
  readonly kind: "field";
  readonly field: string;
}

export interface Unary extends Typed {
  readonly kind: "unary";
  readonly rule: UnaryRule;
  readonly operand: Expression;
}

export interface Binary extends Typed {
  readonly kind: "binary";
  readonly rule: BinaryRule;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Typed {
  readonly kind: "logical";
  readonly operator: "||" | "&&";
  readonly operands: readonly Expression[];
}

/** The expressions directly inside one. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "logical":
      return expression.operands;
    case "literal":
    case "field":
      return [];
  }
}
