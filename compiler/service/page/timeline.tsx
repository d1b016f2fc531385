import { visible } from "../../diagnostics/visible.js";
import type { Entry } from "../views.js";
import { clock, relative } from "./words.js";

const kinds: Readonly<Record<string, string>> = {
  observed: "seen",
  received: "seen",
  refused: "bad",
  done: "good",
  committed: "good",
  rested: "good",
  failed: "bad",
  unknown: "bad",
  stuck: "bad",
  oscillating: "bad",
  faulted: "bad",
  invariantBroken: "bad",
  notShown: "bad",
  stopped: "bad",
  withheld: "seen",
};

/** Shows what happened, the newest first. */
export function Timeline({ entries, now }: { entries: readonly Entry[]; now: number }) {
  const newest = [...entries].reverse();
  return (
    <section class="card wide" aria-label="Timeline">
      <h2>Timeline</h2>
      {newest.length === 0 ? <p class="quiet">Nothing is known of the time before.</p> : null}
      <ol class="timeline" tabIndex={0} aria-label="What happened, the newest first">
        {newest.map(({ number, at, type, text }, index) => (
          <li key={number > 0 ? number : `before-${newest.length - index}`} class={kinds[type] ?? ""}>
            <time dateTime={new Date(at).toISOString()} title={relative(at, now)}>
              {clock(at, now)}
            </time>
            <span>{visible(text)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
