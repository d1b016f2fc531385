import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Something about a request that its sender can mend. */
export interface Problem {
  /** A field, or a parameter. */
  readonly at: string;
  readonly message: string;
}

/** Refuses a request: what is wrong with it, in words, and each problem by itself. */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  error: string,
  problems: readonly Problem[] = [],
): Response {
  return context.json({ error, ...(problems.length === 0 ? {} : { problems }) }, status);
}
