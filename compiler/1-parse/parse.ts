import { type Diagnostic, Findings, type Source } from "../diagnostics/diagnostic.js";
import { withAnonymous } from "./anonymous.js";
import type { DomainNode, FileNode } from "./ast.js";
import { Comments } from "./comments.js";
import { reportDeepNesting, reportDeepTree } from "./limits.js";
import { match } from "./match.js";
import { matchBrackets } from "./match-brackets.js";
import { Recovery } from "./recover.js";
import { reportChains } from "./report-chains.js";
import { reportLater } from "./report-later.js";
import { scan, type Token, tokensOf } from "./scan.js";
import { joined, partsOf } from "./split.js";

/** A parsed file. What could be read is in `file`, even when there are errors. */
export interface Parsed {
  readonly source: Source;
  readonly file: FileNode;
  readonly comments: Comments;
  readonly diagnostics: readonly Diagnostic[];
  /** The domains that lost a part to a syntax error: nothing more can be said about them. */
  readonly damaged: ReadonlySet<DomainNode>;
}

/** More syntax errors than this are not looked for in one file. */
const maxErrors = 20;

/**
 * Reads one file. After a syntax error it goes on at the next declaration, so that all of them are reported; it never
 * throws, whatever the text.
 */
export function parse(source: Source): Parsed {
  if (source.isUnreadable === true) return { ...parse({ path: source.path, text: "" }), source };
  const findings = new Findings(source);
  const { tokens, masked } = scan(source.text, findings);
  const comments = new Comments(source.text, tokens);
  const empty: FileNode = {
    kind: "file",
    domains: [],
    loose: null,
    effects: [],
    constants: [],
    aliases: [],
    imports: [],
    systems: [],
    later: [],
    span: { start: 0, end: source.text.length },
  };
  const matched = reportDeepNesting(tokens, findings) ? null : (matchParts(masked, tokens) ?? matchAll(masked, findings));
  const whole = matched === null || reportDeepTree(matched, findings) ? empty : matched;
  const file = withAnonymous(whole, source.path);
  const errors = findings.all();
  const damaged = file.domains.filter(({ span }) =>
    errors.some((error) => error.span.start >= span.start && error.span.start <= span.end),
  );
  reportLater(file, findings);
  reportChains(file, findings);
  return { source, file, comments, diagnostics: findings.all(), damaged: new Set(damaged) };
}

/** Matches a file part by part; null where one of them does not match. */
function matchParts(masked: string, tokens: readonly Token[]): FileNode | null {
  const files: FileNode[] = [];
  for (const part of partsOf(tokens, masked.length)) {
    const result = match(masked, part);
    if (result.kind === "failure") return null;
    files.push(result.file);
  }
  return joined(files, masked.length);
}

function matchAll(masked: string, findings: Findings): FileNode | null {
  let text = matchBrackets(masked, tokensOf(masked), findings);
  const recovery = new Recovery(findings);
  for (let errors = 0; errors < maxErrors; errors += 1) {
    const result = match(text);
    if (result.kind === "tree") return result.file;
    text = recovery.afterFailure(text, result.position, result.expected);
  }
  return null;
}
