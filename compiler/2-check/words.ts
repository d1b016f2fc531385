/** Gives parts of a list in a sentence: `a, b and c`. */
export function conjoined(parts: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = parts.at(-1) ?? "nothing";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** Gives how many arguments are given, in a sentence. */
export function countGiven(number: number): string {
  return number === 0 ? "none is given" : number === 1 ? "1 is given" : `${number} are given`;
}
