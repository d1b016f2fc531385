// Makes of the grammar of Ved's text, `ved.ohm`, the grammar of its tokens, `generated/ved.ohm`, in which each token is one character:
// Ohm takes the longer the more characters there are. Their codes go to `generated/token-codes.ts`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const generated = new URL("./generated/", import.meta.url);

/** Words that may be names as well have the first codes, and all else that has more than one character those behind them. */
const [firstWord, firstOther] = [0xe000, 0xe200];

/** The tokens that stand for many, as the grammar writes their codes. */
const kinds = { name: "a", int: "0", duration: "5", string: '\\"' };

const literal = /"((?:[^"\\]|\\.)*)"/g;

const { rules, reserved } = partsOf(readFileSync(new URL("./ved.ohm", import.meta.url), "utf8"));
const codes = codesOf(rules, reserved);
const words = `"\\u{${firstWord.toString(16)}}".."\\u{${(firstOther - 1).toString(16)}}"`;

mkdirSync(generated, { recursive: true });
writeFileSync(
  new URL("ved.ohm", generated),
  `${rules.replaceAll(literal, (whole, text) => (codes.has(text) ? `"${codes.get(text)}"` : whole))}
  duration (a duration) = "${kinds.duration}"
  int (a value) = "${kinds.int}"
  string (a string) = "${kinds.string}"
  constantName (a constant) = "${kinds.name}" | ${words}
  name (a name) = "${kinds.name}" | ${words}
  comment = ~any any
  blank = lineBreak*
  lineBreak = "\\n"
  spaces := lineBreak*
}
`,
);
writeFileSync(
  new URL("token-codes.ts", generated),
  `/** The words behind which a line break ends what belongs together. */
export const laterWords: ReadonlySet<string> = new Set([${laterWordsIn(rules)}]);

/** The character that each word and each longer symbol of the grammar is to the parser. */
export const tokenCodes: ReadonlyMap<string, string> = new Map([
${[...codes].map(([text, code]) => `  ["${text}", "${code}"],`).join("\n")}
]);
`,
);

/** Gives the rules that tokens have as well, and the words that cannot be names. */
function partsOf(grammar) {
  const [above, characters] = grammar.split("  // Characters:");
  if (characters === undefined) throw new Error("ved.ohm: expected a comment `// Characters:` above the rules for characters");
  const reservedRule = /^ {2}reserved = \((.*)\) ~namePart\n/m.exec(above);
  if (reservedRule === null) throw new Error("ved.ohm: expected a rule `reserved`");
  // Where a token ends is known already.
  const rules = above
    .replace(reservedRule[0], "")
    .replaceAll(/ ~(namePart|"=")/g, "")
    .replaceAll(/^ *\/\/.*\n/gm, "");
  return { rules: rules.trimEnd(), reserved: [...reservedRule[1].matchAll(/"(\w+)"/g)].map(([, word]) => word) };
}

/** Gives the words of later levels, as they are written. */
function laterWordsIn(rules) {
  const words = [...rules.matchAll(/later\w+Word .*\n? *= \((.*)\)$/gm)].flatMap(([, literals]) => literals.split(" | "));
  return [...new Set(words)].join(", ");
}

/** Gives each literal of more than one character a code. */
function codesOf(rules, reserved) {
  const literals = [...rules.matchAll(literal)].map(([, text]) => text);
  const isName = (text) => /^\w+$/.test(text) && !reserved.includes(text);
  const all = [...new Set([...reserved, ...literals.filter((text) => text.length > 1)])].sort();
  const numbered = (texts, first) => texts.map((text, index) => [text, `\\u{${(first + index).toString(16)}}`]);
  const named = all.filter(isName);
  if (firstWord + named.length > firstOther) throw new Error("ved.ohm: there are more words than codes");
  return new Map([
    ...numbered(named, firstWord),
    ...numbered(
      all.filter((text) => !isName(text)),
      firstOther,
    ),
  ]);
}
