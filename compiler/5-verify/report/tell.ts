import type { StoryStep } from "./story.js";
import type { Model, Told } from "./teller.js";

/** What happens along moves that lead from one situation to the next. */
export function tellAlong(model: Model, from: Uint16Array, moves: readonly number[]): Told[] {
  let words: Uint16Array = from.slice();
  return moves.map((move) => {
    const told = model.tell(words, move);
    words = told.words;
    return told;
  });
}

/** The steps along moves that lead from one situation to the next. */
export function storyOf(model: Model, from: Uint16Array, moves: readonly number[]): StoryStep[] {
  return tellAlong(model, from, moves).map(({ step }) => step);
}
