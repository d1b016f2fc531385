import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { type Diagnostic, Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { type Context, remarksOf } from "./context.js";
import { EffectUses } from "./effect.js";
import { checkGoal } from "./goal.js";
import { reportDuplicates, reportForbidden, reportTaken } from "./names.js";
import type { Domain, Program, Type } from "./program.js";
import { checkField, checkType } from "./state.js";
import { checkTransition } from "./transition.js";
import { waitsOf } from "./waits.js";
import { warn } from "./warnings.js";

/** The outcome of checking a file: a typed program when nothing, in this stage or the one before, was an error. */
export interface Checked {
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Resolves names and checks types. All errors are reported; warnings too, where there are none. */
export function check(parsed: Parsed): Checked {
  const findings = new Findings(parsed.source);
  const domains = parsed.file.domains.filter((domain) => !parsed.damaged.has(domain));
  const names = parsed.file.domains.map((domain) => domain.name);
  reportDuplicates("domain", names, findings);
  reportForbidden(names, findings);
  reportTaken(names, findings);
  const effects = new EffectUses(findings);
  const checked = domains.map((domain) => checkDomain(domain, parsed, effects, findings)).filter((domain) => domain !== null);
  const soFar = [...parsed.diagnostics, ...findings.all()];
  if (hasErrors(soFar)) return { program: null, diagnostics: findings.all() };
  const program: Program = { source: parsed.source, domains: checked.map((domain) => withEffects(domain, effects)) };
  warn(program, findings);
  const diagnostics = findings.all();
  return { program: hasErrors(diagnostics) ? null : program, diagnostics };
}

function checkDomain(node: ast.DomainNode, { comments }: Parsed, effects: EffectUses, findings: Findings): Domain | null {
  const [state, ...repeated] = node.states;
  for (const again of repeated) {
    const related = state === undefined ? [] : [{ span: state.span, message: "the first one" }];
    findings.report("VED2003", again.span, { what: `state block in domain \`${node.name.text}\`` }, { related });
  }
  const fieldNodes = node.states.flatMap(({ fields }) => fields);
  reportNames(node, fieldNodes, findings);
  const types = new Map<string, Type | null>(fieldNodes.map((field) => [field.name.text, checkType(field.type, findings)]));
  const context: Context = { domain: node, types, effects, comments, findings };
  const fields = fieldNodes.map((field) => checkField(field, types.get(field.name.text) ?? null, comments, findings));
  const goals = node.goals.map((goal) => checkGoal(goal, context)).filter((goal) => goal !== null);
  const partial = node.transitions.map((transition) => checkTransition(transition, context)).filter((one) => one !== null);
  const transitions = partial.map((transition) => ({ ...transition, waitsFor: waitsOf(transition, partial) }));
  const written = new Set(transitions.flatMap(({ writes }) => writes));
  return {
    name: node.name.text,
    span: node.name.span,
    remarks: remarksOf(comments, node.span),
    fields: fields.filter((field) => field !== null).map((field) => ({ ...field, observed: !written.has(field.name) })),
    goals,
    transitions,
    effects: [],
  };
}

function reportNames(node: ast.DomainNode, fields: readonly ast.FieldNode[], findings: Findings): void {
  const kinds = [
    ["field", fields],
    ["goal", node.goals],
    ["transition", node.transitions],
  ] as const;
  for (const [kind, declared] of kinds) {
    const names = declared.map(({ name }) => name);
    reportDuplicates(kind, names, findings);
    reportForbidden(names, findings);
  }
}

/** Effects are described last, when every use in the file is known. */
function withEffects(domain: Domain, effects: EffectUses): Domain {
  const used = new Set(domain.transitions.flatMap((transition) => transition.effects));
  return { ...domain, effects: [...used].map((name) => effects.describe(name)) };
}
