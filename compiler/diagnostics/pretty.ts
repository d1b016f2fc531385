import stringWidth from "fast-string-width";
import type { Diagnostic, Fix, Related, Span } from "./diagnostic.js";
import { Lines } from "./position.js";
import { visible } from "./visible.js";

/** How a kind of text is shown; the identity where there are no colours. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly hint: (text: string) => string;
  readonly frame: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly fix: (text: string) => string;
}

const same = (text: string) => text;

/** No colours: for files, pipes and `NO_COLOR`. */
export const plain: Style = { error: same, warning: same, hint: same, frame: same, strong: same, fix: same };

/** Longer source lines are cut around the marked span, in UTF-16 code units. */
const maxWidth = 110;

/** Renders a diagnostic for a person: what is wrong, the line with the span marked, and the way out. */
export function renderPretty(diagnostic: Diagnostic, style: Style = plain): string {
  const { severity, code, message, source, span, related, notes, fix } = diagnostic;
  const lines = new Lines(source.text);
  const at = lines.at(span.start);
  const colour = style[severity];
  const marks = [{ span, message: "", colour, mark: "^" }, ...related.map((other) => mark(other, style))];
  const width = Math.max(...marks.map((one) => String(lines.at(one.span.start).line).length));
  const gutter = " ".repeat(width);
  return [
    `${colour(`${severity}[${code}]`)}${style.strong(`: ${visible(message)}`)}`,
    style.frame(`${gutter} ┌─ ${visible(source.path)}:${at.line}:${at.column}`),
    style.frame(`${gutter} │`),
    ...frame(lines, marks, width, style),
    ...[...notes.map(visible), ...(fix === null ? [] : [fixLine(fix, style)])].map(
      (note) => `${style.frame(`${gutter} =`)} ${note}`,
    ),
    "",
  ].join("\n");
}

interface Mark extends Related {
  readonly colour: (text: string) => string;
  readonly mark: string;
}

function mark(related: Related, style: Style): Mark {
  return { ...related, message: visible(related.message), colour: style.frame, mark: "-" };
}

function fixLine(fix: Fix, style: Style): string {
  return style.fix(visible(fix.message));
}

function frame(lines: Lines, marks: readonly Mark[], width: number, style: Style): string[] {
  const sorted = [...marks].sort((a, b) => a.span.start - b.span.start);
  let previous = 0;
  return sorted.flatMap((one) => {
    const { line } = lines.at(one.span.start);
    const shown = window(lines, one.span);
    const pointer = `${style.frame(`${" ".repeat(width)} │`)} ${shown.padding}${one.colour(`${one.mark.repeat(shown.length)} ${one.message}`.trimEnd())}`;
    const skipped = previous > 0 && line > previous + 1 ? [style.frame(`${" ".repeat(width)} ·`)] : [];
    const text = `${style.frame(`${String(line).padStart(width)} │`)} ${shown.text}`.trimEnd();
    const same = line === previous;
    previous = line;
    return same ? [pointer] : [...skipped, text, pointer];
  });
}

/** Gives the part of a span's first line that is shown, the padding before the mark, and the mark's length. */
function window(lines: Lines, span: Span): { text: string; padding: string; length: number } {
  const { line, column } = lines.at(span.start);
  const whole = lines.line(line);
  const from = whole.length > maxWidth && column > maxWidth / 2 ? column - 1 - Math.floor(maxWidth / 2) : 0;
  const cut = whole.slice(from, from + maxWidth);
  const before = visible(cut.slice(0, column - 1 - from));
  const inLine = Math.min(span.end - span.start, whole.length - column + 1, from + maxWidth - column + 1);
  const dots = from > 0 ? "…" : "";
  return {
    text: dots + visible(cut) + (from + maxWidth < whole.length ? "…" : ""),
    padding: dots.replace("…", " ") + columns(before),
    length: Math.max(widthOf(visible(whole.slice(column - 1, column - 1 + inLine))), 1),
  };
}

/** Makes white space as wide as a text: tabs stay tabs. */
function columns(text: string): string {
  return text
    .split("\t")
    .map((part) => " ".repeat(widthOf(part)))
    .join("\t");
}

/** Gives how many columns a terminal shows a text in: wide letters and emoji take two, what combines with them none. */
function widthOf(text: string): number {
  return stringWidth(text, { tabWidth: 1 });
}
