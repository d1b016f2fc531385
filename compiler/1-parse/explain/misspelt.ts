import { suggest } from "../../diagnostics/suggest.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf } from "../token.js";

/** Explains the misspelt word of a statement, or one with a capital letter: `emti Process.Start()`, `If up {`, `} Else {`. */
export const explainMisspeltStatement: Explainer = (failure) => {
  const { block, masked } = failure;
  if (block !== "body" && block !== "transition") return null;
  const at = [failure.index, failure.index - 1].find((each) => wordsAt(failure, each).length > 0);
  if (at === undefined) return null;
  const word = failure.at(at);
  const words = wordsAt(failure, at);
  const fix = suggest(word.text, words, spanOf(word));
  if (fix === null || words.includes(word.text)) return null;
  const expected = fix.replacement === "else" ? "`else`" : "a statement: `emit`, `send`, `if`, or `field = value`";
  const repair = replaced(masked, spanOf(word), fix.replacement);
  return explanation("VED1001", spanOf(word), { found: `\`${word.text}\``, expected }, { fix, repair });
};

/** Gives the words of statements that a word which is none of them may stand for, by what follows it. */
function wordsAt(failure: Failure, at: number): readonly string[] {
  const [word, next] = [failure.at(at), failure.at(at + 1)];
  if (word.kind !== "word" || failure.layout.beginsLine(at + 1)) return [];
  if (failure.at(at - 1).text === "}" && /^(?:\{|if)$/.test(next.text)) return ["else"];
  if (at !== failure.itemStart) return [];
  if (isBlockBehind(failure, at + 1)) return ["if"];
  return next.kind === "word" ? ["emit", "send"] : [];
}

/** Says whether a condition and a block follow. */
function isBlockBehind(failure: Failure, from: number): boolean {
  if (!/^[!(-]$/.test(failure.at(from).text) && failure.at(from).kind !== "word") return false;
  let at = from;
  while (failure.at(at).kind !== "end" && !/^[{};]$/.test(failure.at(at).text)) {
    if (/^(?:[-+*/%]?=|emit|send|if|else)$/.test(failure.at(at).text)) return false;
    at += 1;
  }
  return failure.at(at).text === "{";
}
