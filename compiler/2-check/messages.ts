import type * as ast from "../1-parse/ast.js";
import { originOf, type Parsed } from "../1-parse/parse.js";
import { walk } from "../1-parse/walk.js";

/** Gives the messages that a file may send to domains of others, as `Worker.Work`: those of a file that imports something, each once. */
export function sentBy(parsed: Parsed): string[] {
  if (parsed.file.imports.length === 0) return [];
  return [...new Set(parsed.file.domains.flatMap((domain) => sentIn(originOf(domain, parsed).node)))];
}

const knownOfDomains = new WeakMap<ast.DomainNode, readonly string[]>();

/** Gives the messages that a domain sends. @param domain as it was first read */
function sentIn(domain: ast.DomainNode): readonly string[] {
  const known = knownOfDomains.get(domain);
  if (known !== undefined) return known;
  const sent = [...walk(domain)].flatMap(({ node }) => (node.kind === "send" ? `${node.target.text}.${node.message.text}` : []));
  knownOfDomains.set(domain, sent);
  return sent;
}
