import type * as ast from "../1-parse/ast.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { rangeText, withArticle } from "../language/type.js";
import { type Addressee, type Context, type Directory, remarksOf } from "./context.js";
import { checkExpression } from "./expression.js";
import type { Broadcast, Expression, Parameter, Send } from "./program.js";
import { fitted } from "./range.js";
import { checkMembers } from "./union.js";
import { countGiven } from "./words.js";

/** Checks a message to an instance. Gives it; null when something in it was reported. */
export function checkSend(node: ast.SendNode, outer: Context): Send | null {
  const context = { ...outer, allowsTime: false };
  const key = node.key === null ? null : checkKey(node.key, context);
  const args = node.arguments.map((argument) => checkExpression(argument, context));
  const sound = args.filter((argument) => argument !== null);
  const target = findDomain(node.target, "send to", context);
  if (target === null) return null;
  const parameters = findMessage(node.message, target, context);
  if (parameters === null || sound.length < args.length || (node.key !== null && key === null)) return null;
  if (!checkArguments(node, sound, parameters, context)) return null;
  const fit = sound.flatMap(
    (argument, index) => fitted(parameters[index]?.name ?? "", parameters[index]?.range, argument, context) ?? [],
  );
  if (fit.length < sound.length) return null;
  return {
    kind: "send",
    target: node.target.text,
    key,
    message: node.message.text,
    arguments: fit,
    isHigh: node.isHigh,
    span: node.span,
    remarks: remarksOf(context.comments, node.span),
  };
}

/** Finds the domain of a name; null when there is none, which is reported. */
export function findDomain<D extends Addressee>(
  { text, span }: ast.Name,
  use: string,
  { domains, findings }: { readonly domains: Directory<D>; readonly findings: Findings },
): D | null {
  const found = domains.get(text);
  if (found !== undefined) return found;
  const notes = ['A domain of another file is imported: `import { Name } from "./file.ved"`.'];
  findings.report("VED2020", span, { name: text, use }, { fix: suggest(text, domains.names, span), notes });
  return null;
}

function findMessage(
  { text, span }: ast.Name,
  { name: domain, messages }: Addressee,
  { findings }: Context,
): readonly Parameter[] | null {
  const found = messages.get(text);
  if (found !== undefined) return found;
  const values = { domain, name: text };
  const notes = messages.size === 0 ? [`\`${domain}\` takes no messages at all.`] : [];
  findings.report("VED2021", span, values, { fix: suggest(text, messages.keys(), span), notes });
  return null;
}

function checkKey(node: ast.ExpressionNode, context: Context): Expression | null {
  const key = checkExpression(node, context);
  if (key === null) return null;
  const found =
    key.type !== "string" ? withArticle(key.type) : key.kind === "literal" && key.value === "" ? "an empty one" : null;
  if (found === null) return key;
  context.findings.report("VED3018", node.span, { found });
  return null;
}

function checkArguments(
  { message, target, span }: ast.SendNode,
  args: readonly Expression[],
  parameters: readonly Parameter[],
  context: Context,
): boolean {
  if (args.length !== parameters.length) {
    const values = { message: message.text, domain: target.text, expected: listOf(parameters), found: countGiven(args.length) };
    context.findings.report("VED3019", span, values);
    return false;
  }
  return parameters.every(({ name, type, members }, index) => {
    const argument = args[index];
    if (argument === undefined) return false;
    if (argument.type === type) return members === undefined || checkMembers(name, members, argument, context);
    const values = { name, message: message.text, expected: withArticle(type), found: withArticle(argument.type) };
    context.findings.report("VED3020", argument.span, values);
    return false;
  });
}

function listOf(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return "no arguments";
  const shown = parameters.map(
    ({ name, type, members, range }) =>
      `${name}: ${members?.map((each) => JSON.stringify(each)).join(" | ") ?? type}${range === undefined ? "" : ` ${rangeText(range)}`}`,
  );
  return `\`(${shown.join(", ")})\``;
}

/** Gives the event that `emit Broadcast(Event::X)` broadcasts; null where it is another effect. */
export function broadcastEvent({ path, arguments: args }: ast.EmitNode): ast.EventNode | null {
  const [first, ...more] = args;
  const isBroadcast = path.names.length === 1 && path.names[0]?.text === "Broadcast";
  return isBroadcast && more.length === 0 && first?.name === null && first.value.kind === "event" ? first.value : null;
}

/** Checks a broadcast, which reaches every instance that listens to it. Gives it; null when something in it was reported. */
export function checkBroadcast(event: ast.EventNode, span: Span, context: Context): Broadcast | null {
  const name = checkEvent(event, context);
  return name === null ? null : { kind: "broadcast", event: name, span, remarks: remarksOf(context.comments, span) };
}

/** Checks the name of an event. Gives it; null where it is none, which is reported. */
export function checkEvent({ scope, name, span }: ast.EventNode, { findings }: Context): string | null {
  if (scope.text === "Event") return name.text;
  const fix = { message: `Did you mean \`Event::${name.text}\`?`, span: scope.span, replacement: "Event" };
  findings.report("VED2022", span, { scope: scope.text, name: name.text }, { fix });
  return null;
}
