import { signal } from "@preact/signals";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { ask, isTokenWanted, token } from "./api.js";

/** Whether the page hears of changes. */
export const isLive = signal(false);

/** After a lost connection the next try comes so much later, in ms. */
const pause = 1000;

/**
 * Calls back at once, and then whenever something has changed; the result ends that. What is shown stays while nobody answers.
 */
export function onChange(query: string, update: (signal: AbortSignal) => Promise<void>): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  void (async () => {
    while (!signal.aborted) {
      await listen(`/api/changes${query}`, signal, update).catch(() => {});
      if (signal.aborted) return;
      isLive.value = false;
      await new Promise((resolve) => setTimeout(resolve, pause));
      // Nothing is asked while the user is asked for the token.
      while (isTokenWanted.value && !signal.aborted) await tokenGiven();
    }
  })();
  return () => ended.abort();
}

async function listen(path: string, signal: AbortSignal, update: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { body } = await ask(path, signal);
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return;
    if (value.event !== "changed") continue;
    isLive.value = true;
    await update(signal);
  }
}

function tokenGiven(): Promise<void> {
  return new Promise((resolve) => {
    const before = token.value;
    const end = token.subscribe((now) => {
      if (now === before && isTokenWanted.value) return;
      queueMicrotask(() => end());
      resolve();
    });
  });
}
