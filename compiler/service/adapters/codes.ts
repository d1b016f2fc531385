import type { Statuses } from "../config/schema.js";

/** Says whether a status is on a list of codes, classes (`5xx`) and ranges (`500-503`). */
export function isListed(status: number, list: Statuses): boolean {
  return list.some((each) => {
    if (typeof each === "number") return each === status;
    if (each.endsWith("xx")) return Math.floor(status / 100) === Number(each[0]);
    const [from, to] = each.split("-").map(Number);
    return status >= (from ?? 0) && status <= (to ?? 0);
  });
}

/** What an answer says of an effect. */
export type Verdict = "done" | "failed" | "unknown";

/** Says what a status means: what the lists say of it, and else what it means by default. */
export function verdictOf(
  status: number,
  lists: { done?: Statuses | undefined; failed?: Statuses | undefined; unknown?: Statuses | undefined },
): Verdict {
  for (const verdict of ["done", "failed", "unknown"] as const) {
    const list = lists[verdict];
    if (list !== undefined && isListed(status, list)) return verdict;
  }
  const verdict = defaultVerdict(status);
  // Who lists what is done, means only that.
  return verdict === "done" && lists.done !== undefined ? "unknown" : verdict;
}

/**
 * Says what a status means by default: a server that broke down, or whose gateway gave up, may have done it before; one that
 * refuses has not.
 */
function defaultVerdict(status: number): Verdict {
  if (status >= 200 && status < 300) return "done";
  const isOpen = status === 408 || (status >= 500 && status !== 501 && status !== 503);
  return isOpen ? "unknown" : "failed";
}
