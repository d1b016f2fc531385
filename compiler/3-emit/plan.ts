import { assigned, assume, cannotBe, type Facts, factsOf, join } from "../2-check/facts.js";
import {
  type Argument,
  type Assign,
  type Broadcast,
  type Domain,
  type Emit,
  type Field,
  type If,
  type Parameter,
  type Send,
  type Statement,
  stepsOf,
} from "../2-check/program.js";
import { assignmentsIn, expressionsIn, fieldsIn, sendsIn } from "../2-check/usage.js";
import { behindLine, linesAbove } from "./comments.js";
import { printExpression, printTest, type Scope } from "./expression.js";
import { block, indented } from "./lines.js";
import { mark } from "./marks.js";
import { isInherited, variableName } from "./names.js";
import { printSend } from "./send.js";

/** The body of a step's `plan`: what the step would do, or null. */
export function printPlan(body: readonly Statement[], fields: readonly (Field | Parameter)[], stateType: string): string[] {
  return printDirect(body, fields) ?? printCollecting(body, fields, stateType);
}

/** Whether some plan of a domain is collected on the way, and not returned straight from its blocks; if asked, with messages. */
export function collects({ transitions, receivers, fields }: Domain, hasSends: boolean): boolean {
  const plans = [
    ...transitions.flatMap((one) => stepsOf(one).map((body) => ({ body, parameters: one.parameters ?? [] }))),
    ...receivers,
  ];
  return plans.some(({ body, parameters }) => {
    if (hasSends && sendsIn(body).length === 0) return false;
    return printDirect(body, [...fields, ...parameters]) === null;
  });
}

/** The body of a handler: what it writes. */
export function printWrites(body: readonly Statement[], typed: readonly (Field | Parameter)[], stateType: string): string[] {
  const facts = factsOf(typed);
  const isBlock = body.every((statement) => statement.kind === "assign");
  if (isBlock && isSelfContained(body) && !typed.some(({ name }) => isInherited(name))) {
    const scope = { variables: new Set<string>(), facts };
    return listed(
      "return {",
      body.flatMap((statement) => (statement.kind === "assign" ? printListedWrite(statement, scope) : [])),
      "};",
    );
  }
  // What is read again after it was set needs a variable.
  const read = new Set(expressionsIn(body).flatMap(fieldsIn));
  const variables = [...new Set(assignmentsIn(body).map(({ field }) => field))].filter((field) => read.has(field));
  const { code } = new Collecting(new Set(variables)).statements(body, facts);
  return [
    ...variables.map((field) => `let ${variableName(field)} = state.${field};`),
    `const writes: Partial<${stateType}> = {};`,
    ...code,
    "return writes;",
  ];
}

// A step whose every way ends in one block of emits and assignments returns its plan straight from there.

function printDirect(body: readonly Statement[], fields: readonly (Field | Parameter)[]): string[] | null {
  // TypeScript takes a `constructor` that a literal lacks for the one that every object has.
  if (fields.some(({ name }) => isInherited(name))) return null;
  const lines = printTail(body, factsOf(fields));
  if (lines === null) return null;
  return lines.at(-1) === "};" ? lines : [...lines, "return null;"];
}

function printTail(body: readonly Statement[], facts: Facts | null): string[] | null {
  const [only] = body;
  if (body.length === 1 && only?.kind === "if") return printIfTail(only, facts);
  const isBlock = body.every((statement) => statement.kind !== "if");
  if (!isBlock) return null;
  if (body.length === 0) return [];
  return isSelfContained(body) && isSurelyEnabled(body, facts) ? printReturn(body, { variables: new Set(), facts }) : null;
}

function printIfTail({ branches, otherwise, remarks }: If, before: Facts | null): string[] | null {
  const code = linesAbove(remarks);
  let untaken = before;
  for (const [index, { condition, body }] of branches.entries()) {
    const inner = printTail(body, untaken === null ? null : assume(condition, true, untaken));
    if (inner === null) return null;
    const scope = { variables: new Set<string>(), facts: untaken };
    code.push(...printTest(index === 0 ? "if (" : "} else if (", condition, ") {", scope), ...indented(inner));
    untaken = untaken === null ? null : assume(condition, false, untaken);
  }
  const last = printTail(otherwise ?? [], untaken);
  if (last === null) return null;
  return [...code, ...(last.length > 0 ? ["} else {", ...indented(last)] : []), "}"];
}

/** No expression of the block reads what the block has assigned before it, and nothing is assigned twice. */
function isSelfContained(body: readonly Statement[]): boolean {
  const written = new Set<string>();
  return body.every((statement) => {
    if (statement.kind === "if") return false;
    const values = expressionsIn([statement]);
    if (values.some((value) => fieldsIn(value).some((field) => written.has(field)))) return false;
    if (statement.kind !== "assign") return true;
    const isFirst = !written.has(statement.field);
    written.add(statement.field);
    return isFirst;
  });
}

function isSurelyEnabled(body: readonly Statement[], facts: Facts | null): boolean {
  return body.some((statement) => {
    if (statement.kind !== "assign") return statement.kind !== "if";
    return facts !== null && statement.value.kind === "literal" && cannotBe(statement.field, statement.value.value, facts);
  });
}

function printReturn(body: readonly Statement[], scope: Scope): string[] {
  const intents = body.flatMap((statement) => (statement.kind === "emit" ? printListedIntent(statement, scope) : []));
  const writes = body.flatMap((statement) => (statement.kind === "assign" ? printListedWrite(statement, scope) : []));
  const sends = body.flatMap((statement) =>
    statement.kind === "send" || statement.kind === "broadcast" ? printListedSend(statement, scope) : [],
  );
  const sent = sends.length === 0 ? [] : listed("sends: [", sends, "],");
  return block("return ", [...listed("intents: [", intents, "],"), ...sent, ...listed("writes: {", writes, "},")], ";");
}

/** A list on one line where it has at most one item and no comment, else with one line for each. */
function listed(open: string, items: readonly string[], close: string): string[] {
  const [first] = items;
  if (first === undefined) return [open + close];
  if (items.length > 1) return [open, ...indented(items), close];
  const space = open.endsWith("{") ? " " : "";
  return [open + space + first.replace(/,$/, "") + space + close];
}

function printListedIntent(statement: Emit, scope: Scope): string[] {
  const line = `${printIntent(statement, scope)},${behindLine(statement.remarks)}`;
  return [...linesAbove(statement.remarks), line];
}

function printListedSend(statement: Send | Broadcast, scope: Scope): string[] {
  return [...linesAbove(statement.remarks), `${printSend(statement, scope)},${behindLine(statement.remarks)}`];
}

function printListedWrite({ field, value, span, remarks }: Assign, scope: Scope): string[] {
  const line = `${mark(span)}${field}: ${printExpression(value, scope)},${behindLine(remarks)}`;
  return [...linesAbove(remarks), line];
}

function printIntent({ effect, arguments: args, named, span }: Emit, scope: Scope): string {
  // Named arguments always come in one order: the kernel compares intents as they are written.
  const ordered = named ? [...args].sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1)) : args;
  const values = ordered.map((argument) => printArgument(argument, scope)).join(", ");
  return `${mark(span)}emit(${[JSON.stringify(effect), ...(named ? [`{ ${values} }`] : values === "" ? [] : [values])].join(", ")})`;
}

function printArgument({ name, value }: Argument, scope: Scope): string {
  const text = printExpression(value, scope);
  return name === null ? text : `${name}: ${text}`;
}

// Any other step collects its intents and writes on the way.

function printCollecting(body: readonly Statement[], fields: readonly (Field | Parameter)[], stateType: string): string[] {
  const written = new Set(assignmentsIn(body).map(({ field }) => field));
  const variables = fields.filter(({ name }) => written.has(name)).map(({ name }) => name);
  const { code } = new Collecting(new Set(variables)).statements(body, factsOf(fields));
  const sends = sendsIn(body).length > 0;
  const same = variables.map((field) => `${variableName(field)} === state.${field}`);
  return [
    ...variables.map((field) => `let ${variableName(field)} = state.${field};`),
    "const intents: Intent[] = [];",
    ...(sends ? ["const sends: Send[] = [];"] : []),
    `const writes: Partial<${stateType}> = {};`,
    ...code,
    `return ${["intents.length === 0", ...(sends ? ["sends.length === 0"] : []), ...same].join(" && ")} ? null : { intents, ${sends ? "sends, " : ""}writes };`,
  ];
}

interface Printed {
  readonly code: readonly string[];
  /** What is known behind the code; null: nobody gets there. */
  readonly facts: Facts | null;
}

class Collecting {
  constructor(private readonly variables: ReadonlySet<string>) {}

  statements(body: readonly Statement[], before: Facts | null): Printed {
    const code: string[] = [];
    let facts = before;
    for (const statement of body) {
      const printed = this.#statement(statement, facts);
      code.push(...linesAbove(statement.remarks), ...printed.code);
      facts = printed.facts;
    }
    return { code, facts };
  }

  #statement(statement: Statement, facts: Facts | null): Printed {
    const scope: Scope = { variables: this.variables, facts };
    switch (statement.kind) {
      case "emit":
        return { code: [`intents.push(${printIntent(statement, scope)});${behindLine(statement.remarks)}`], facts };
      case "send":
      case "broadcast":
        return { code: [`sends.push(${printSend(statement, scope)});${behindLine(statement.remarks)}`], facts };
      case "assign": {
        const { field, value, span, remarks } = statement;
        const kept = this.variables.has(field) ? `${variableName(field)} = ` : "";
        const line = `${mark(span)}writes.${field} = ${kept}${printExpression(value, scope)};${behindLine(remarks)}`;
        return { code: [line], facts: facts === null ? null : assigned(facts, field, value) };
      }
      case "if":
        return this.#if(statement, facts);
    }
  }

  #if({ branches, otherwise }: If, before: Facts | null): Printed {
    const code: string[] = [];
    let untaken = before;
    let after: Facts | null = null;
    branches.forEach(({ condition, body }, index) => {
      const scope = { variables: this.variables, facts: untaken };
      const inner = this.statements(body, untaken === null ? null : assume(condition, true, untaken));
      code.push(...printTest(index === 0 ? "if (" : "} else if (", condition, ") {", scope), ...indented(inner.code));
      after = join(after, inner.facts);
      untaken = untaken === null ? null : assume(condition, false, untaken);
    });
    const last = this.statements(otherwise ?? [], untaken);
    if (last.code.length > 0) code.push("} else {", ...indented(last.code));
    return { code: [...code, "}"], facts: join(after, last.facts) };
  }
}
