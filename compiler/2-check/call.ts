import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { clockNote, environmentNote, isClock, isEnvironment } from "../language/foreign-name.js";
import { expectedText, type FunctionRule, functionRule, functionRules, signatureText } from "../language/function.js";
import { withArticle } from "../language/type.js";
import type { ExpressionContext } from "./context.js";
import type { Expression } from "./program.js";
import { conjoined, countGiven } from "./words.js";

/**
 * Checks a call of one of the language's functions; `args` are null where something in them was reported. Null: something was.
 */
export function checkCall(
  node: ast.CallNode,
  args: readonly (Expression | null)[],
  context: ExpressionContext,
): Expression | null {
  const name = node.path.names.map(({ text }) => text).join(".");
  const rule = functionRule(name);
  if (rule === undefined) {
    const { span } = node.path;
    const fix = suggest(
      name,
      functionRules.map((each) => each.name),
      span,
    );
    const functions = conjoined(functionRules.map((each) => `\`${each.name}\``));
    const notes = fix === null ? [wayOut(node, name, context)] : [];
    context.findings.report("VED2010", node.span, { call: name, functions }, { fix, notes });
    return null;
  }
  const sound = args.filter((argument) => argument !== null);
  if (!haveShape(node, rule, context) || sound.length < args.length || !haveTypes(sound, rule, context)) return null;
  return { kind: "call", rule, arguments: sound, type: rule.result, span: node.span };
}

/** Says what stands for a call. */
function wayOut(node: ast.CallNode, name: string, { types }: ExpressionContext): string {
  if (isClock(name)) return clockNote;
  if (isEnvironment(name)) return environmentNote;
  const [owner, ...more] = node.path.names;
  if (more.length > 0 && types.get(owner?.text ?? "")?.type === "string") {
    return `\`${owner?.text}\` is a string, and strings can only be compared and joined; what else is to be known of it is observed.`;
  }
  return `Observe it: a field such as \`${observedAs(node)}: bool\` that nothing assigns is set from outside.`;
}

/** Gives a name for a field that would hold what a call asks for. */
function observedAs({ path: { names } }: ast.CallNode): string {
  const last = names.at(-1)?.text ?? "";
  const words = last.replace(/^(?:is|has|get|check|fetch|exists)_?(?=[A-Z_a-z])/, "").replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_");
  return words === "" || /^(?:exists|get|check|fetch)$/.test(last) ? "present" : words.toLowerCase();
}

/** Says whether there are as many arguments as there are parameters, all of them by position. */
function haveShape({ arguments: args, span }: ast.CallNode, rule: FunctionRule, { findings }: ExpressionContext): boolean {
  const named = args.find(({ name }) => name !== null)?.name ?? null;
  if (named === null && args.length === rule.parameters.length) return true;
  const found = named === null ? countGiven(args.length) : `\`${named.text}\` is given by name`;
  findings.report("VED3021", span, { signature: signatureText(rule), found });
  return false;
}

function haveTypes(args: readonly Expression[], rule: FunctionRule, { findings }: ExpressionContext): boolean {
  return args.every(({ type, span }, index) => {
    const wanted = rule.parameters[index] ?? [];
    if (wanted.includes(type)) return true;
    findings.report("VED3022", span, { name: rule.name, expected: expectedText(wanted), found: withArticle(type) });
    return false;
  });
}
