/** Every kind of character that a terminal obeys, or that cannot be seen; and a line break, which forges lines. */
export const hostile =
  "\u001b[31m\u0007\b\r\u007f\u009b2J\u202e\u202a\u2066\u2069\u061c\u200e\u200f\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\nforged";

/** Gives what of a text a terminal would obey, or nobody sees; its lines may end. */
export function unseenIn(text: string): string[] {
  return [...text.matchAll(/[^\n\t\P{C}]|[\p{Zl}\p{Zp}]/gu)].map(([found]) => `U+${(found.codePointAt(0) ?? 0).toString(16)}`);
}
