import { declaredType } from "../declared-type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf, type Token } from "../token.js";

const patterns = "strings are compared whole, with `==` and `!=`; what a pattern would find is observed as a bool";
const bits = "an int is a number, not a row of bits; keep a bool for each of them";
const assigned = "assign with `=`, `+=`, `-=`, `*=`, `/=` or `%=`";

/** Operators of other languages that nothing in Ved stands for, and what to do instead. */
const ways: ReadonlyMap<string, string> = new Map([
  ...["=~", "like", "LIKE", "matches", "contains", "startsWith", "endsWith"].map((sign) => [sign, patterns] as const),
  ["~=", "`!=` says that two values differ; what a pattern would find is observed as a bool"],
  ["**", "a power is a product, as in `n * n`"],
  ["^", "a power is a product, as in `n * n`; of two bools one alone is true where they differ: `a != b`"],
  ["xor", "of two bools one alone is true where they differ: `a != b`"],
  ["<<", bits],
  [">>", bits],
  ["<=>", "it has `<`, `==` and `>`"],
  ["|>", "a function has in parentheses what it is given, as in `min(a, b)`"],
  ...["as", "instanceof"].map((sign) => [sign, "a value has the type of what it comes from, and is never made another"] as const),
  ["between", "write both comparisons: `n >= 1 && n <= 3`"],
  ...["**=", "^=", "<<=", ">>=", "|=", "&=", "??=", "~="].map((sign) => [`${sign} assigned`, assigned] as const),
]);

/** Explains operators that Ved has nothing like, in words alone: whatever sign were written for them would be wrong. */
export const explainNoOperator: Explainer = (failure) => {
  const { token, index, expected, block } = failure;
  const isValue = expected.includes("a value");
  const isBehind = expected.includes("an operator");
  if (block === "body" && expected.includes("`=`")) return noOperator(token, ways.get(`${token.text} assigned`));
  if (!isValue && !isBehind) return null;
  if (token.text === "~" && !isValue) return noOperator(token, patterns);
  if (/^[&|~]$/.test(token.text)) return isOfInts(failure) ? noOperator(token, bits) : null;
  if (token.kind === "word" && (!isBehind || /^[-+*/%]?=$|^[.({]$/.test(failure.at(index + 1).text))) return null;
  return noOperator(token, ways.get(token.text));
};

function noOperator(token: Token, way: string | undefined) {
  return way === undefined ? null : explanation("VED1043", spanOf(token), { found: token.text, way });
}

/** Says whether a sign stands beside an int. */
function isOfInts(failure: Failure): boolean {
  return [failure.at(failure.index - 1), failure.at(failure.index + 1)].some(
    ({ kind, text, start }) => kind === "number" || (kind === "word" && declaredType(failure.source, text, start) === "int"),
  );
}
