/**
 * The field of a part of a domain, and the goal about it, that say whether something elsewhere does not hold. No program can spell it.
 */
export const elsewhere = "somewhere else";
