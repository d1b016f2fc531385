// A comment that silences findings speaks of a line. What stands on that line stays there, by itself.
import { ignoresIn } from "../../1-parse/ignores.js";
import { scan, type Token } from "../../1-parse/scan.js";
import { Findings, type Source } from "../../diagnostics/diagnostic.js";
import { Lines } from "../../diagnostics/position.js";

/** What must become of the gap before a word: no line ends in it, or one does. */
export type Binding = "together" | "apart";

/** Gives the words before which the lines of a source have to stay as they are, for what is silenced on them. */
export function bindingsOf(source: Source, tokens: readonly Token[]): ReadonlyMap<Token, Binding> {
  const bindings = new Map<Token, Binding>();
  const silenced = new Set(ignoresIn(source, tokens).ignores.map(({ line }) => line));
  if (silenced.size === 0) return bindings;
  const lines = new Lines(source.text);
  let last: number | null = null;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    const { line } = lines.at(token.start);
    if (last === line && silenced.has(line)) bindings.set(token, "together");
    else if (last !== line && (silenced.has(line) || silenced.has(last))) bindings.set(token, "apart");
    last = lines.at(token.end).line;
  }
  return bindings;
}

/** Says whether the comments of a source speak of the same names and values as those of its formatted text. */
export function silencesTheSame(source: Source, formatted: Source): boolean {
  const [before, after] = [meant(source), meant(formatted)];
  return before.length === after.length && before.every((each, index) => each === after[index]);
}

/** Gives for each code that a comment silences the first and the last of the names and values on its line, as places among all of them. */
function meant(source: Source): string[] {
  const { ignores } = ignoresIn(source);
  if (ignores.length === 0) return [];
  const { tokens } = scan(source.text, new Findings(source));
  const lines = new Lines(source.text);
  const spoken = tokens.filter(({ kind }) => kind === "word" || kind === "number" || kind === "string");
  const places = new Map<number, { first: number; last: number }>();
  spoken.forEach((token, last) => {
    const { line } = lines.at(token.start);
    places.set(line, { first: places.get(line)?.first ?? last, last });
  });
  return ignores.map(({ code, line }) => {
    const place = line === null ? undefined : places.get(line);
    return place === undefined ? code : `${code} ${place.first} ${place.last}`;
  });
}
