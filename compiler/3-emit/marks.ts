import { addSegment, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Source, Span } from "../diagnostics/diagnostic.js";
import { Lines } from "../diagnostics/position.js";

/** A source map, version 3, as JSON data. */
export type SourceMap = ReturnType<typeof toEncodedMap>;

// Generated code is printed by ts-morph, which does not say where a piece ends up. So each piece carries a comment with
// its offset in the source, which is taken out again. U+0001 cannot stand in any text that comes from the source: strings
// and comments are escaped.

/** Marks what follows it as coming from a span of the source. */
export function mark(span: Span): string {
  return `/*\u0001${span.start}*/`;
}

const marks = /\/\*\u0001(\d+)\*\//g;

/** Says how wide a text is without its marks, in columns. */
export function widthOf(text: string): number {
  return text.replace(marks, "").length;
}

/** Takes the marks out of a generated text and makes the source map of them. */
export function extractMap(marked: string, file: string, source: Source): { readonly text: string; readonly map: SourceMap } {
  const map = new GenMapping({ file });
  const lines = new Lines(source.text);
  setSourceContent(map, source.path, source.text);
  const text = marked
    .split("\n")
    .map((line, index) => {
      let removed = 0;
      return line.replace(marks, (mark, offset: string, at: number) => {
        const { line: row, column } = lines.at(Number(offset));
        addSegment(map, index, at - removed, source.path, row - 1, column - 1);
        removed += mark.length;
        return "";
      });
    })
    .join("\n");
  return { text, map: toEncodedMap(map) };
}
