// What goes without saying. The runtime has the same, which a test compares: generated code leaves it out.

/** The key of an instance where none is given. */
export const defaultKey = "default";

/** Words for priorities: higher numbers first. */
export const priorityWords: Readonly<Record<string, number>> = { critical: 1000, high: 500, normal: 100, low: 50, background: 0 };

/** The priority of what has none of its own. */
export const defaultPriority = 100;

/** How long the world may take to show what an effect is expected to bring about, in ms. */
export const defaultPatience = 30_000;
