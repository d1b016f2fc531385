/**
 * How tightly things bind in an expression, loosest first. The parser makes trees by it, canonical texts and generated code put
 * parentheses by it. What is generated as an operator of JavaScript binds there as it does here.
 */
export const precedence = {
  or: 1,
  and: 2,
  /** `condition for 30s`. */
  timed: 3,
  equality: 4,
  order: 5,
  sum: 6,
  product: 7,
  unary: 8,
  /** Literals, names, calls and what stands in parentheses. */
  primary: 9,
} as const;
