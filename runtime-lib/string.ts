import { VedFault } from "./errors.js";

/** The longest string that a step may build, in UTF-16 code units: what doubles at every commit must end somewhere. */
const maxLength = 65_536;

/** Joins two strings: `a + b`. @throws VedFault where the result is longer than 65,536 UTF-16 code units. */
export function join(a: string, b: string): string {
  if (a.length + b.length > maxLength) throw new VedFault(`a string of more than ${maxLength} characters is out of budget`);
  return a + b;
}
