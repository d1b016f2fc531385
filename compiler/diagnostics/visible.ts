// What is foreign (keys, values, paths, what servers and programs say) goes through here before a terminal or a log gets it: it
// could move the cursor, forge lines, or read otherwise than it is.

/** What a terminal obeys, or nobody sees: controls, format characters such as those of bidi and of width zero, ends of lines. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Writes a text on one line, with each character that a terminal would obey, or nobody would see, as an escape: `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(unseen, (found) => (found === "\t" ? found : `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`));
}

/**
 * Writes a value as JSON that says the same in characters that can be seen.
 * @param space how far it is indented; on one line when absent
 */
export function visibleJson(value: unknown, space?: number): string {
  // Line breaks are its own: those of texts are escapes already.
  return JSON.stringify(value, null, space).replace(unseen, (found) => (found === "\n" ? found : escaped(found)));
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
