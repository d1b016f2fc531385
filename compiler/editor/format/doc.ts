import { builders, printer, utils } from "prettier/doc";

/** What is printed, with the places where a line may end in it. */
export type Doc = builders.Doc;

export const { group, hardline, ifBreak, indent, join, line, lineSuffix, literalline, softline } = builders;

/** No line is longer than this, in columns, where it can be broken. */
const width = 100;

/** Gives a document as it is where all of it is on one line; a place where a line has to end is a space. */
export function flat(doc: Doc): Doc {
  return utils.mapDoc(doc, (part): Doc => {
    if (typeof part === "string" || Array.isArray(part)) return part;
    if (part.type === "line") return "soft" in part && part.soft ? "" : " ";
    if (part.type === "if-break") return part.flatContents;
    return part.type === "break-parent" ? "" : part;
  });
}

/** Prints a document: each group on one line where that fits, else over several. */
export function textOf(doc: Doc): string {
  return printer.printDocToString(doc, { printWidth: width, tabWidth: 2 }).formatted;
}
