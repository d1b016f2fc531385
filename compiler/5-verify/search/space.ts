import type { Steps } from "./steps.js";

/** What a search explores: situations, each a few 16-bit words, and the moves between them. */
export interface Space {
  /** Words of a situation. */
  readonly width: number;
  /** Why it cannot be explored any further, as a clause; null: it can. */
  readonly obstacle: string | null;
  /** How many states of the fields were met. */
  readonly states: number;
  /** What was done beside following moves, in as many moves as take that long. */
  readonly toil: number;
  /** Gives the words of the situation in which nothing has happened yet. */
  first(): Uint16Array;
  /** Notes a situation before it is expanded. Gives false where something was left out that must not be: then all begins again. */
  enter(words: Uint16Array): boolean;
  /**
   * Whether nothing was left out that turns out to matter once all was explored: else it is explored again, and no more is left out.
   * @throws LimitReached when it is told to give up
   */
  isWhole(): Steps<boolean>;
  /**
   * Follows all that may happen in a situation; gives false, and follows nothing, where an int is outside the bound.
   * @param node its number
   */
  expand(words: Uint16Array, successors: Successors, node: number): boolean;
  /** Whether all goals hold, and nothing is in flight. */
  isAtRest(words: Uint16Array): boolean;
  /** Whether a goal does not hold, nothing is in flight, and neither time nor the world has anything to bring. */
  isStuck(words: Uint16Array): boolean;
  /** Whether nothing is left to do, as a mailbox is full and stays so. */
  isJammed(words: Uint16Array): boolean;
  /** Who, among several, can do nothing by itself although a goal does not hold, whatever others do meanwhile. */
  stuckIn(words: Uint16Array): readonly string[];
  /** Whether an int is outside the bound. */
  isBeyond(words: Uint16Array): boolean;
}

/** Where the moves out of a situation lead. The words are copied. */
export interface Successors {
  /** Takes a move that comes from outside, or fails: nobody can rely on it. @param isNews whether it comes from outside */
  add(words: Uint16Array, move: number, isNews: boolean): void;
  /**
   * Takes a move that remains when the world is quiet and effects succeed in the end.
   * @param label what is fair of it: what is possible all the way round is done some day, by a move of the same label
   * @param info see `infoOf`
   */
  addQuiet(words: Uint16Array, move: number, label: number, info: number): void;
}

const commitsMask = 0x1f;
const changesBit = 0x20;
const doneBit = 0x40;
const elsewhereBit = 0x80;

/**
 * Packs what is told of a quiet move: how many activations it commits, whether that changes something, whether an effect is done, and
 * whether it happens elsewhere, so that nobody goes round by it.
 */
export function infoOf(commits: number, isChange: boolean, isDone: boolean, isElsewhere = false): number {
  return Math.min(commits, commitsMask) | (isChange ? changesBit : 0) | (isDone ? doneBit : 0) | (isElsewhere ? elsewhereBit : 0);
}

/** Whether a quiet move happens elsewhere. */
export function isElsewhereIn(info: number): boolean {
  return (info & elsewhereBit) !== 0;
}

/** How many activations a quiet move commits. */
export function commitsIn(info: number): number {
  return info & commitsMask;
}

/** Whether a quiet move changes something. */
export function changesIn(info: number): boolean {
  return (info & changesBit) !== 0;
}

/** Whether a quiet move is that an effect is done. */
export function isDoneIn(info: number): boolean {
  return (info & doneBit) !== 0;
}
