import { assigned, assume, type Facts, factsOf, join } from "../2-check/facts.js";
import type { Argument, Domain, Emit, Field, If, Parameter, Remarks, Statement } from "../2-check/program.js";
import {
  assignmentsIn,
  type Body,
  blocksIn,
  bodiesOf,
  expressionsIn,
  expressionsOf,
  fieldsAssignedBy,
  fieldsIn,
  sendsIn,
} from "../2-check/traverse.js";
import { unreachable } from "../language/unreachable.js";
import { behindLine, hasNone, linesAbove } from "./comments.js";
import { printExpression, printTest, type Scope } from "./expression.js";
import { block, indented } from "./lines.js";
import { mark } from "./marks.js";
import { isInherited, variableName } from "./names.js";
import { printSend } from "./send.js";
import { isSurelyNews } from "./step.js";

/** Prints the body of a step's `plan`: what the step would do, or null. */
export function printPlan(body: readonly Statement[], fields: readonly (Field | Parameter)[], stateType: string): string[] {
  return printDirect(body, fields) ?? printCollecting(body, fields, stateType);
}

/**
 * Says whether some plan of a domain is collected on the way, and not returned straight from its blocks; if asked, with messages.
 */
export function collects(domain: Domain, hasSends: boolean): boolean {
  return bodiesOf(domain).some((body) => {
    const given = givenToPlan(body);
    if (given === null || (hasSends && sendsIn(body.statements).length === 0)) return false;
    return printDirect(body.statements, [...domain.fields, ...given]) === null;
  });
}

/** What the plan of a body is given; null: what it does is no plan. */
function givenToPlan({ kind, owner }: Body): readonly Parameter[] | null {
  switch (kind) {
    case "step":
    case "receiver":
      return owner.parameters ?? [];
    case "handler":
      return null;
    default:
      return unreachable(kind);
  }
}

/** The body of a handler: what it writes. */
export function printWrites(body: readonly Statement[], typed: readonly (Field | Parameter)[], stateType: string): string[] {
  const facts = factsOf(typed);
  if (isSelfContained(body) && !typed.some(({ name }) => isInherited(name))) {
    return listed("return {", listsOf(body, { variables: new Set(), facts }).writes, "};");
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
  if (body.length === 0) return [];
  if (body.length === 1 && only?.kind === "if") return printIfTail(only, facts);
  const isDirect = isSelfContained(body) && body.some((statement) => isSurelyNews(statement, facts));
  return isDirect ? printReturn(body, { variables: new Set(), facts }) : null;
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

/**
 * Says whether a block can be read at once: nothing stands inside it, no expression of it reads what the block has assigned
 * before it, and nothing is assigned twice.
 */
function isSelfContained(body: readonly Statement[]): boolean {
  const written = new Set<string>();
  return body.every((statement) => {
    if (blocksIn(statement).length > 0) return false;
    if (expressionsOf(statement).some((value) => fieldsIn(value).some((field) => written.has(field)))) return false;
    const own = fieldsAssignedBy(statement);
    const isFirst = own.every((field) => !written.has(field));
    for (const field of own) written.add(field);
    return isFirst;
  });
}

function printReturn(body: readonly Statement[], scope: Scope): string[] {
  const { intents, sends, writes } = listsOf(body, scope);
  const sent = sends.length === 0 ? [] : listed("sends: [", sends, "],");
  return block("return ", [...listed("intents: [", intents, "],"), ...sent, ...listed("writes: {", writes, "},")], ";");
}

/** What stands in a list or an object of the code, with the comments of its statement. */
interface Item {
  readonly code: string;
  readonly remarks: Remarks;
}

interface Lists {
  readonly intents: Item[];
  readonly sends: Item[];
  readonly writes: Item[];
}

/** Gives what a block without blocks inside emits, sends and assigns. */
function listsOf(body: readonly Statement[], scope: Scope): Lists {
  const lists: Lists = { intents: [], sends: [], writes: [] };
  for (const statement of body) {
    const { remarks } = statement;
    switch (statement.kind) {
      case "emit":
        lists.intents.push({ code: printIntent(statement, scope), remarks });
        break;
      case "send":
      case "broadcast":
        lists.sends.push({ code: printSend(statement, scope), remarks });
        break;
      case "assign": {
        const { field, value, span } = statement;
        lists.writes.push({ code: `${mark(span)}${field}: ${printExpression(value, scope)}`, remarks });
        break;
      }
      case "if":
        break;
      default:
        unreachable(statement);
    }
  }
  return lists;
}

/**
 * Writes a list on one line where it has at most one item and no comment, which would swallow what follows; else with one line
 * for each.
 */
function listed(open: string, items: readonly Item[], close: string): string[] {
  const [first] = items;
  if (first === undefined) return [open + close];
  const space = open.endsWith("{") ? " " : "";
  if (items.length === 1 && hasNone(first.remarks)) return [open + space + first.code + space + close];
  const lines = items.flatMap(({ code, remarks }) => [...linesAbove(remarks), `${code},${behindLine(remarks)}`]);
  return [open, ...indented(lines), close];
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
      default:
        return unreachable(statement);
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
