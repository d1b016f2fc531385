/** Always possible, and never what the reader is looking for. */
const unhelpful = new Set([";", ",", ".", "::", "`for`", "a range"]);

/** What begins the declarations of a domain, in the grammar's words. */
const declarations = [
  "`state`",
  "`goal`",
  "`transition`",
  "`invariant`",
  "`effect`",
  "`on`",
  "`@priority`",
  "`const`",
  "`type`",
  "`define`",
];

/** Puts what could have stood in a place into words, from the grammar's own: `a name or \`}\``. */
export function expectedText(raw: readonly string[]): string {
  const words = raw.map((text) => (text === "end of input" ? "the end of the file" : text));
  const useful = words.filter((text) => !unhelpful.has(text) && !text.startsWith("a later "));
  const shown = useful.length > 0 ? useful : words;
  const seen = new Set(shown.map((text) => (/^[^\w`]+$/.test(text) ? `\`${text}\`` : text)));
  // A name, a string and an opening parenthesis all begin a value.
  if (seen.has("a value") && seen.delete("a name")) for (const part of ["a string", "a duration", "`(`"]) seen.delete(part);
  // Every statement begins with a word or a name; the arguments of the one before may be left out.
  if (seen.has("a statement")) for (const part of ["`if`", "a name", "`(`"]) seen.delete(part);
  // A name before an operator could also be a function that is called.
  if (seen.has("an operator")) seen.delete("`(`");
  groupDeclarations(seen);
  // Ohm names the latest alternative first; what ends the construct is said last.
  const list = [...seen]
    .reverse()
    .sort((a, b) => Number(ends(a)) - Number(ends(b)) || Number(b === "`domain`") - Number(a === "`domain`"));
  const last = list.pop() ?? "something else";
  return list.length === 0 ? last : `${list.join(", ")} or ${last}`;
}

function ends(text: string): boolean {
  return /^`[})]|^the end/.test(text);
}

/** Names all that begins declarations in two words; outside a domain only that by its own which mostly stands there. */
function groupDeclarations(seen: Set<string>): void {
  if (seen.has("`domain`")) {
    for (const word of [...seen]) if (word !== "`domain`" && !ends(word)) seen.delete(word);
    seen.add("another declaration");
  } else if (seen.has("`state`") && seen.has("`goal`")) {
    for (const word of declarations) seen.delete(word);
    seen.add("a declaration");
  }
}
