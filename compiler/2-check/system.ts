import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { defaultKey } from "../language/default.js";
import { typeOf, withArticle } from "../language/type.js";
import type { Correspondent, Directory, Vocabulary } from "./context.js";
import { literalValue } from "./literal.js";
import { reportRepeated } from "./names.js";
import type { Start, System } from "./program.js";
import { findDomain } from "./send.js";
import { checkField } from "./state.js";
import { checkType } from "./type.js";

interface SystemContext {
  readonly domains: Directory<Correspondent>;
  readonly vocabulary: Vocabulary;
  readonly comments: Comments;
  readonly findings: Findings;
}

/** Checks what a file says that its system starts with. Gives it; null where the file does not say so. */
export function checkSystem([system, ...repeated]: readonly ast.SystemNode[], context: SystemContext): System | null {
  if (system === undefined) return null;
  reportRepeated(
    "system in this file",
    system.name,
    repeated.map(({ name }) => name),
    context.findings,
  );
  const started = new Map<string, ast.StartNode>();
  const starts = system.starts.flatMap((node): Start[] => {
    const start = checkStart(node, context);
    if (start === null) return [];
    const name = `${start.domain}["${start.key}"]`;
    const first = started.get(name);
    if (first !== undefined)
      reportRepeated(`start of \`${start.key === defaultKey ? start.domain : name}\``, first, [node], context.findings);
    started.set(name, node);
    return [start];
  });
  return { name: system.name.text, starts };
}

function checkStart(node: ast.StartNode, context: SystemContext): Start | null {
  const key = checkKey(node.key, context);
  const target = findDomain(node.domain, "start", context);
  if (target === null) return null;
  const state = node.fields.flatMap((field) => checkInitial(field, target, context) ?? []);
  const [first] = node.fields.filter(
    ({ name }, index) => node.fields.findIndex((other) => other.name.text === name.text) < index,
  );
  if (first !== undefined) context.findings.report("VED2003", first.span, { what: `value of \`${first.name.text}\`` });
  return { domain: node.domain.text, key, state };
}

function checkKey(node: ast.ExpressionNode | null, { vocabulary, findings }: SystemContext): string {
  if (node === null) return defaultKey;
  const value = literalValue(node, vocabulary);
  if (typeof value === "string" && value !== "") return value;
  const found = value === null ? "an expression" : value === "" ? "an empty one" : withArticle(typeOf(value));
  findings.report("VED3018", node.span, { found });
  return defaultKey;
}

/** Gives a field of a domain with the value that an instance begins with; it is checked as its default would be. */
function checkInitial(
  { name, value, span }: ast.StartFieldNode,
  { node, source, vocabulary }: Correspondent,
  context: SystemContext,
) {
  const { findings } = context;
  const fields = node.states.flatMap((state) => state.fields);
  const field = fields.find((other) => other.name.text === name.text);
  if (field === undefined) {
    const names = fields.map((other) => other.name.text);
    findings.report(
      "VED2001",
      name.span,
      { name: name.text, domain: node.name.text },
      { fix: suggest(name.text, names, name.span) },
    );
    return null;
  }
  // What is wrong with its type is said where the domain is checked.
  const ref = checkType(field.type, vocabulary, new Findings(source));
  const checked = checkField({ ...field, name, default: value, span }, ref, context);
  return checked === null ? null : { field: name.text, value: checked.initial };
}
