/** Breaks a text into lines of a width, at spaces; what goes on is indented by `hang` columns. */
export function wrap(text, width, hang = 0) {
  const lines = [];
  let rest = text;
  while (rest.length > width) {
    const start = rest.search(/\S/);
    const space = rest.lastIndexOf(" ", width);
    const at = space > start ? space : rest.indexOf(" ", width);
    if (at === -1) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = " ".repeat(hang) + rest.slice(at + 1).trimStart();
  }
  return [...lines, rest];
}
