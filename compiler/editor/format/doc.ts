import { builders, printer } from "prettier/doc";

/** What is printed, with the places where a line may end in it. */
export type Doc = builders.Doc;

export const { group, hardline, ifBreak, indent, join, line, lineSuffix, literalline, softline } = builders;

/** No line is longer than this, in columns, where it can be broken. */
const width = 100;

/** Prints a document: each group on one line where that fits, else over several. */
export function textOf(doc: Doc): string {
  return printer.printDocToString(doc, { printWidth: width, tabWidth: 2 }).formatted;
}
