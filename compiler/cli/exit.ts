/** What the command ends with. */
export const exitCode = {
  ok: 0,
  /** The programs have errors or are not formatted, or a proof was refuted. */
  findings: 1,
  /** Wrong usage, or a file that cannot be read or written. */
  usage: 2,
  /** Something was proved up to a bound only. */
  bounded: 3,
  /** A search was given up before it knew. */
  gaveUp: 4,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
  /** A bug in vedc. */
  bug: 70,
} as const;

/** Something the user can mend about the call itself: a message without a stack, and exit code 2. */
export class UsageError extends Error {}
