// What of the runtime a program has a use for. The library has all of it. `vedc build` puts `false` in the place of what no
// program of a bundle uses, and with that the code for it is gone: an artifact contains nothing that its program cannot reach.
// (Vue's feature flags do the same.) What comes with data of its own, as durations and handlers do, is brought along by the
// generated code instead.

/** Whether something is emitted. */
export const hasEffects: boolean = true;

/** Whether something is sent or broadcast, or a transition is asked for by messages. */
export const hasMessages: boolean = true;

/** Whether something must never be broken. */
export const hasInvariants: boolean = true;

/** Whether a transition has more than one step. */
export const hasLaterSteps: boolean = true;

/** Whether a transition cools down. */
export const hasCooldowns: boolean = true;

/** Whether an int has a range. */
export const hasRanges: boolean = true;

/** Whether somebody asks for the keys of instances. */
export const hasOwnKeys: boolean = true;

/** Whether some transitions are more important than others. */
export const hasPriorities: boolean = true;
