import type { Source, Span } from "../diagnostics/diagnostic.js";
import type { FunctionRule } from "../language/function.js";
import type { ArithmeticRule, ComparisonRule, LogicalRule, UnaryRule } from "../language/operator.js";
import { nearestIn, type Range, type TypeRef, type Value } from "../language/type.js";

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
  /** The domains of other files that belong to the same system: what is imported here, and what that imports. */
  readonly imported: readonly Imported[];
  /** What runs; null: every domain once. */
  readonly system: System | null;
}

/** A domain of another file. */
export interface Imported {
  readonly name: string;
  /** The path of its file, as its source has it. */
  readonly path: string;
}

/** What a program starts with. */
export interface System {
  readonly name: string;
  readonly starts: readonly Start[];
}

/** An instance that a system starts with. */
export interface Start {
  readonly domain: string;
  readonly key: string;
  /** The fields that begin with another value than their default. */
  readonly state: readonly { readonly field: string; readonly value: Value }[];
}

/** A domain whose names and types are resolved. */
export interface Domain extends Declared {
  readonly fields: readonly Field[];
  /** What has to hold for some time, each once, those inside others first. */
  readonly durations: readonly Duration[];
  readonly invariants: readonly Invariant[];
  readonly handlers: readonly Handler[];
  readonly receivers: readonly Receiver[];
  readonly goals: readonly Goal[];
  readonly transitions: readonly Transition[];
  /** What the transitions emit, in the order of first use. */
  readonly effects: readonly Effect[];
}

/** A field of a domain. */
export interface Field extends Declared, TypeRef {
  readonly initial: Value;
  /** Where its type stands. */
  readonly typeSpan: Span;
  /** No transition assigns it: only the outside sets it. */
  readonly observed: boolean;
}

/** A goal of a domain: what is to hold. */
export interface Goal extends Declared {
  readonly predicate: Expression;
  /** The operands of the predicate's outermost `||`: the ways in which the goal may hold. */
  readonly realities: readonly Reality[];
  /** Higher numbers first; 100 where none is given. */
  readonly priority: number;
  /** The transitions that serve it; null: all do. */
  readonly strategy: readonly string[] | null;
}

/** A condition that no commit may break. */
export interface Invariant extends Declared {
  readonly condition: Expression;
}

/** `condition for 30s`: the runtime keeps whether the condition has held for so long, in a field that no program can name. */
export interface Duration {
  /** The name of that field, as in `status == "failed" for 30s`. */
  readonly name: string;
  readonly condition: Expression;
  /** The condition in one spelling: two versions of a program that agree in it share the clock. */
  readonly text: string;
  readonly ms: number;
}

/** One of the ways in which a goal may hold. */
export interface Reality {
  /** Its own; A, B, C … in the order of the source where it has none. */
  readonly name: string;
  readonly condition: Expression;
  readonly remarks: Remarks;
}

/** A transition: what it does, and when it may run. */
export interface Transition extends Declared, Usage {
  /** What a message gives it; null: that is nothing, and it runs whenever a goal asks for it. */
  readonly parameters: readonly Parameter[] | null;
  /** The first step: it decides whether the transition is enabled. */
  readonly body: readonly Statement[];
  /** The steps after it, in order. */
  readonly laterSteps: readonly Step[];
  /** Its place among those that are enabled: higher numbers first. */
  readonly priority: number;
  /** The goals that it serves, where some goal says which transitions serve it; null: all goals. */
  readonly serves: readonly string[] | null;
  /** The time between two of its commits, in ms; 0: none. */
  readonly cooldown: number;
  /** The fields of the invariants of which it writes a field. */
  readonly guards: readonly string[];
  /** The transitions whose activations in flight hold this one up. */
  readonly waitsFor: readonly Wait[];
}

/** A step that follows others: each commits on its own. */
export interface Step {
  readonly body: readonly Statement[];
}

/** What is done about what became of an effect, in the same commit. */
export interface Handler {
  readonly effect: string;
  readonly outcome: Outcome;
  /** What the adapter returned, or the message of what it threw; null where it is not asked for. */
  readonly parameter: Parameter | null;
  readonly body: readonly Statement[];
  readonly writes: readonly string[];
  readonly span: Span;
  readonly remarks: Remarks;
}

/** What is done about a message, or about an event that somebody broadcasts: a commit of its own. */
export interface Receiver extends Usage {
  readonly kind: "message" | "event";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly span: Span;
  readonly remarks: Remarks;
}

/** What an attempt at an effect can come to. */
export type Outcome = "done" | "failed" | "unknown";

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

/** An effect on the world, as an adapter carries it out. */
export interface Effect {
  /** The dotted name, as in `Network.UpdateDNS`. */
  readonly name: string;
  readonly path: readonly string[];
  /** Arguments by name arrive as one object. */
  readonly named: boolean;
  readonly parameters: readonly Parameter[];
  /** What its adapter returns, where a handler asks for it. */
  readonly returns: TypeRef | null;
  readonly contract: Contract | null;
}

/** What the world is expected to show once an effect has happened. */
export interface Contract {
  readonly condition: Expression;
  /** In ms. */
  readonly within: number;
}

/** A parameter of an effect, a handler, a message or a transition. */
export interface Parameter extends TypeRef {
  readonly name: string;
}

/** A statement of any kind. */
export type Statement = Emit | Send | Broadcast | Assign | If;

/** A message to an instance of a domain; it is part of the commit. */
export interface Send {
  readonly kind: "send";
  readonly target: string;
  /** Null: the instance that is called `default`. */
  readonly key: Expression | null;
  readonly message: string;
  readonly arguments: readonly Expression[];
  readonly isHigh: boolean;
  readonly span: Span;
  readonly remarks: Remarks;
}

/** What reaches every instance of every domain that listens to it. */
export interface Broadcast {
  readonly kind: "broadcast";
  readonly event: string;
  readonly span: Span;
  readonly remarks: Remarks;
}

/** An effect that a step emits. */
export interface Emit {
  readonly kind: "emit";
  readonly effect: string;
  readonly named: boolean;
  readonly arguments: readonly Argument[];
  readonly span: Span;
  readonly remarks: Remarks;
}

/** What is passed to an effect. */
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

/** An `if` with its `else if` and `else`. */
export interface If {
  readonly kind: "if";
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Statement[] | null;
  readonly span: Span;
  readonly remarks: Remarks;
}

/** A condition of an `if`, and what is done where it is the first to hold. */
export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

/** An expression of any kind; each has a type. */
export type Expression = Literal | FieldRead | ParameterRead | Timed | Unary | Arithmetic | Comparison | Logical | Call | Ranged;

interface Typed extends TypeRef {
  readonly span: Span;
  /** The name that stands in the source for all of this; absent where it is written out. */
  readonly called?: string;
}

/** A value as it stands in the source. */
export interface Literal extends Typed {
  readonly kind: "literal";
  readonly value: Value;
}

/** The value of a field. */
export interface FieldRead extends Typed {
  readonly kind: "field";
  readonly field: string;
}

/** What a handler or a message gives. */
export interface ParameterRead extends Typed {
  readonly kind: "parameter";
  readonly parameter: string;
}

/** Whether a condition has held for some time: the value of the duration's own field. */
export interface Timed extends Typed {
  readonly kind: "timed";
  /** The name of that field. */
  readonly field: string;
  readonly condition: Expression;
  readonly ms: number;
}

/** An operator before its operand: `!a`, `-a`. */
export interface Unary extends Typed {
  readonly kind: "unary";
  readonly rule: UnaryRule;
  readonly operand: Expression;
}

/** A sum or a product, from left to right: `a + b - c` is one, however long it is. */
export interface Arithmetic extends Typed {
  readonly kind: "arithmetic";
  readonly first: Expression;
  readonly rest: readonly ArithmeticTerm[];
}

/** What is added to what stands before it, or taken from it, and so on. */
export interface ArithmeticTerm {
  readonly rule: ArithmeticRule;
  readonly operand: Expression;
}

/** Two operands of one type, compared. */
export interface Comparison extends Typed {
  readonly kind: "comparison";
  readonly rule: ComparisonRule;
  readonly left: Expression;
  readonly right: Expression;
}

/** Operands joined by one logical operator, from left to right. */
export interface Logical extends Typed {
  readonly kind: "logical";
  readonly rule: LogicalRule;
  readonly operands: readonly Expression[];
}

/** A call of one of the language's functions. */
export interface Call extends Typed {
  readonly kind: "call";
  readonly rule: FunctionRule;
  readonly arguments: readonly Expression[];
}

/** A value that is to be in the range of what it is given to. */
export interface Ranged extends Typed {
  readonly kind: "ranged";
  readonly range: Range;
  readonly operand: Expression;
  /** What is outside becomes what is nearest; else it is a fault. */
  readonly saturates: boolean;
}

/** Gives what an int comes to where it is to be in a range; null where that is a fault. */
export function intoRange({ range, saturates }: Pick<Ranged, "range" | "saturates">, value: number): number | null {
  const nearest = nearestIn(range, value);
  return saturates || nearest === value ? nearest : null;
}

/** Gives the strings that an expression can come to, where it says so itself; null where it does not, or is no string. */
export function membersOf(expression: Expression): readonly string[] | null {
  if (expression.kind === "literal") return typeof expression.value === "string" ? [expression.value] : null;
  return expression.members ?? null;
}
