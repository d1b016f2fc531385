import { parse } from "../../1-parse/parse.js";
import { type Diagnostic, hasErrors, type Source } from "../../diagnostics/diagnostic.js";
import { aligned } from "./align.js";
import { Cursor } from "./cursor.js";
import { textOf } from "./doc.js";
import { file } from "./file.js";
import { silencesTheSame } from "./silenced.js";

/** So often a text is printed once more, until it stays the same. */
const maxLooks = 3;

/** A source in the one style that there is; or why it cannot be read, and then there is no text. */
export interface Formatted {
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Formats a source. Its syntax tree and its comments stay as they are; what has syntax errors is not formatted. Lines end with
 * a line feed alone, whatever they ended with. Where a comment that silences findings stands in the middle of something, so that it
 * would silence others once it has moved, the source stays as it is but for that.
 */
export function format({ path, text }: Source): Formatted {
  const source = { path, text: text.replaceAll("\r\n", "\n") };
  const result = settled(source);
  if (result.text === null || silencesTheSame(source, { path, text: result.text })) return result;
  return { ...result, text: source.text };
}

function settled(source: Source): Formatted {
  const { path } = source;
  const first = printed(source);
  // A comment that was moved may let a line fit that did not fit before.
  let last = first;
  for (let looks = 0; looks < maxLooks && last.text !== null; looks += 1) {
    const next = printed({ path, text: last.text });
    if (next.text === last.text) break;
    last = next;
  }
  return { ...last, diagnostics: first.diagnostics };
}

function printed(source: Source): Formatted {
  const { file: tree, diagnostics } = parse(source);
  if (hasErrors(diagnostics)) return { text: null, diagnostics };
  const text = textOf(file(tree, source.text, new Cursor(source))).replace(/[ \n]*$/, "");
  return { text: text === "" ? "" : aligned(`${text}\n`), diagnostics };
}
