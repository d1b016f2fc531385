import type { ChartCache } from "../chart-cache.js";
import type { Fleet } from "../fleet.js";
import type { Metrics } from "../metrics.js";
import type { RunProgram } from "../program.js";
import type { RecentEvents } from "../recent-events.js";
import type { Streams } from "./streams.js";

/** What the HTTP face of a service shows and asks. */
export interface HttpContext {
  readonly program: RunProgram;
  readonly version: string;
  readonly observeOnly: boolean;
  /** Null: whoever reaches it may call. */
  readonly token: string | null;
  readonly fleet: Fleet;
  readonly recentEvents: RecentEvents;
  readonly metrics: Metrics;
  readonly streams: Streams;
  readonly charts: ChartCache;
  readonly page: readonly PageFile[];
  /** Why it is not ready: it begins, or it stops; null: it is. */
  notReady(): string | null;
  /** Why it has failed; null: it has not. */
  failure(): string | null;
  /** Epoch ms. */
  now(): number;
  /** Notes what went wrong inside. */
  report(error: unknown): void;
}

/** A file of the page. */
export interface PageFile {
  /** Such as `/app.js`. */
  readonly path: string;
  readonly type: string;
  readonly body: string;
}
