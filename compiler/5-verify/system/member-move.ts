import type { Input } from "../../../runtime-lib/kernel/event.js";
import type { Instance } from "../../../runtime-lib/kernel/instance.js";
import type { Cue } from "../../../runtime-lib/simulate/cue.js";
import type { Fresh } from "./symmetry.js";

/** Something that may happen to an instance of a system. */
export interface MemberMove {
  /** The same for moves that are the same in different situations. */
  readonly key: string;
  /** What is fair of it: what is possible all the way round is done some day, by a move of the same label. */
  readonly label: string;
  readonly text: string;
  readonly cue: Cue;
  /** What has happened by then, behind "until". */
  readonly end: string;
  /** Whether it remains when the world is quiet and effects succeed in the end. */
  readonly isQuiet: boolean;
  readonly isDone: boolean;
  /** Whether it is an observation, or a message from outside. */
  readonly isNews: boolean;
  readonly isMessage: boolean;
  /** The strings that come from outside and that no domain knows. */
  readonly fresh: readonly Fresh[];
  /** The instance at the time of the input. */
  readonly from: Instance;
  readonly input: Input;
  /** Whether all is over by then that anybody waits for, and no timer has rung. */
  readonly isLate: boolean;
}

/** What has to be said of a move. */
export type Given = Pick<MemberMove, "key" | "text" | "cue" | "from" | "input"> & Partial<MemberMove>;

/** Makes a move; what is not said of it is not so. */
export function move(given: Given): MemberMove {
  const { key } = given;
  return {
    label: key,
    end: "it goes on",
    isQuiet: false,
    isDone: false,
    isNews: false,
    isMessage: false,
    fresh: [],
    isLate: false,
    ...given,
  };
}

/** The input by which time passes. */
export const timer: Input = { type: "timer", now: 0 };
