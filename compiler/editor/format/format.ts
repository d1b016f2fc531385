import { parse } from "../../1-parse/parse.js";
import { type Diagnostic, hasErrors, type Source } from "../../diagnostics/diagnostic.js";
import { aligned } from "./align.js";
import { Cursor } from "./cursor.js";
import { textOf } from "./doc.js";
import { file } from "./file.js";

/** A source in the one style that there is; or why it cannot be read, and then there is no text. */
export interface Formatted {
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Formats a source. Its syntax tree and its comments stay as they are; what has syntax errors is not formatted. Lines end with
 * a line feed alone, whatever they ended with.
 */
export function format({ path, text }: Source): Formatted {
  const source: Source = { path, text: text.replaceAll("\r\n", "\n") };
  const { file: tree, diagnostics } = parse(source);
  if (hasErrors(diagnostics)) return { text: null, diagnostics };
  const printed = textOf(file(tree, source.text, new Cursor(source))).replace(/[ \n]*$/, "");
  return { text: printed === "" ? "" : aligned(`${printed}\n`), diagnostics };
}
