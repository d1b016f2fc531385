import type { DomainNode, FileNode } from "../../1-parse/ast.js";
import { skipSeparators } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, hardline } from "./doc.js";
import { domain, member } from "./domain.js";
import { imported } from "./import.js";
import { inOrder, type Listed } from "./in-order.js";
import { system } from "./system.js";

/** What stands in a file, where no `domain` is around it as well. */
type DeclarationNode = Listed<FileNode> | Listed<DomainNode>;

/** Prints a file. */
export function file(node: FileNode, text: string, cursor: Cursor): Doc {
  skipSeparators(cursor);
  const start = cursor.start();
  const declarations = declarationsOf(node, text).map((each, index): Doc => {
    const gap = index === 0 ? "" : cursor.gap(hardline, "before");
    const doc = declaration(each, cursor);
    skipSeparators(cursor);
    return [gap, doc];
  });
  return [start, declarations, cursor.end()];
}

function declaration(node: DeclarationNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "import":
      return imported(node, cursor);
    case "system":
      return system(node, cursor);
    case "domain":
      return domain(node, cursor);
    default:
      return member(node, cursor);
  }
}

/** Gives the declarations in the order of the source. The parser made a domain of what stands in the file without one. */
function declarationsOf(node: FileNode, text: string): DeclarationNode[] {
  const declarations = inOrder(node).flatMap((each): DeclarationNode[] => {
    const isAnonymous = each.kind === "domain" && !text.startsWith("domain", each.span.start);
    return isAnonymous ? inOrder(each) : [each];
  });
  return declarations.sort((a, b) => a.span.start - b.span.start);
}
