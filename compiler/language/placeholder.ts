// What other languages fill in: `"node ${name} is down"`. Ved joins strings with `+` instead.

const placeholder = /\$\{([^{}"]*)\}/g;

/** Says whether a string literal holds what another language would fill in. */
export function hasPlaceholder(literal: string): boolean {
  return literal.search(placeholder) >= 0;
}

/** Gives what stands in the placeholders of a string literal, with the offset of each in it. */
export function placeholdersIn(literal: string): { readonly inner: string; readonly start: number; readonly end: number }[] {
  return [...literal.matchAll(placeholder)].map(({ 0: whole, 1: inner = "", index }) => ({
    inner: inner.trim(),
    start: index,
    end: index + whole.length,
  }));
}

/** Writes a string literal with placeholders as Ved does: `"node " + name + " is down"`. */
export function joinedText(literal: string, inWords: (inner: string) => string = (inner) => inner): string {
  const parts: string[] = [];
  let at = 1;
  const add = (to: number) => to > at && parts.push(`"${literal.slice(at, to)}"`);
  for (const { inner, start, end } of placeholdersIn(literal)) {
    add(start);
    if (inner !== "") parts.push(inWords(inner));
    at = end;
  }
  add(literal.length - 1);
  return parts.length === 0 ? '""' : parts.join(" + ");
}
