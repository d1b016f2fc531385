import type { Failure } from "./failure.js";
import { type Patch, without } from "./token.js";

/** Words that end a block in languages without braces. */
const endings: ReadonlySet<string> = new Set(["end", "endif", "fi", "done", "esac"]);

/** Words that go on with the block before them. */
const branches: ReadonlySet<string> = new Set(["else", "elif", "elsif", "elseif", "except", "finally", "catch", "rescue", "in"]);

/** Leaves out an item with all lines behind it that are indented further, and the word that ends them. */
export function withoutIndented(failure: Failure): Patch {
  const { itemStart, index, tokens, layout } = failure;
  const indent = layout.indentAt(itemStart);
  let end = Math.max(index, itemStart + 1);
  let depth = 0;
  for (; end < tokens.length - 1 && (depth > 0 || failure.at(end).text !== "}"); end += 1) {
    if (failure.at(end).text === "{") depth += 1;
    if (failure.at(end).text === "}") depth -= 1;
    if (depth > 0 || !layout.beginsLine(end) || layout.indentAt(end) > indent || branches.has(failure.at(end).text)) continue;
    if (endings.has(failure.at(end).text)) end += 1;
    break;
  }
  return without(failure.masked, failure.span(itemStart, Math.max(end, failure.itemEnd) - 1));
}
