/** The length of the longest key of an instance that anybody can ask for, in characters. */
export const maxKeyLength = 200;

/** What is said of what is no key. */
export const noKey = `a key has 1 to ${maxKeyLength} characters, and none that cannot be seen`;

/** Says whether a text may be the key of an instance: no control characters, and nothing that was not decodable. */
export function isKey(text: string): boolean {
  return text !== "" && text.length <= maxKeyLength && !/[\p{Cc}\p{Cs}\ufffd]/u.test(text);
}
