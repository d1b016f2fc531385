import type { Name } from "../1-parse/ast.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { forbiddenName, moduleExports, startName } from "../language/name.js";

/** Gives what is declared by its name; of those that are called alike the first. */
export function byName<T extends { readonly name: Name }>(nodes: readonly T[]): Map<string, T> {
  const named = new Map<string, T>();
  for (const node of nodes) if (!named.has(node.name.text)) named.set(node.name.text, node);
  return named;
}

/** Reports names that stand twice among their kind; `kind` is the word for it in the message. */
export function reportDuplicates(kind: string, names: readonly Name[], findings: Findings): void {
  const first = new Map<string, Name>();
  for (const name of names) {
    const earlier = first.get(name.text);
    if (earlier === undefined) first.set(name.text, name);
    else {
      const related = [{ span: earlier.span, message: "declared here first" }];
      findings.report("VED2002", name.span, { kind, name: name.text }, { related });
    }
  }
}

/** Reports parts of a declaration that may stand only once; `what` is the word for one in the message. */
export function reportRepeated(
  what: string,
  first: { readonly span: Span },
  repeated: readonly { readonly span: Span }[],
  findings: Findings,
): void {
  for (const { span } of repeated) {
    findings.report("VED2003", span, { what }, { related: [{ span: first.span, message: "the first one" }] });
  }
}

/** Reports the one name that no JavaScript object can hold safely. */
export function reportForbidden(names: readonly Name[], findings: Findings): void {
  for (const name of names) if (name.text === forbiddenName) findings.report("VED2007", name.span, { name: name.text });
}

/** Reports domains named like something else that their module exports. */
export function reportTaken(domains: readonly Name[], findings: Findings): void {
  const taken = new Map<string, string>(moduleExports.map((name) => [name, `every generated module exports \`${name}\``]));
  taken.set(startName, `a module with several domains exports \`${startName}\``);
  for (const { text } of domains) {
    taken.set(`${text}State`, `it is the type of the state of \`${text}\``);
    taken.set(`${text}Effects`, `it is the type of the effects of \`${text}\``);
  }
  for (const { text, span } of domains) {
    const reason = taken.get(text);
    if (reason !== undefined) findings.report("VED2008", span, { name: text, reason });
  }
}
