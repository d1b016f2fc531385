import type { Socket } from "node:net";
import type { RecentEvent, RecentEvents } from "../recent-events.js";

/** Whose events are wanted; absent: everybody's. */
export interface StreamFilter {
  readonly domain?: string | undefined;
  readonly key?: string | undefined;
}

/** One reader, with a connection of its own. */
interface Reader {
  readonly socket: Socket;
  readonly filter: StreamFilter;
  /** Whether it gets every event, or only that there was one. */
  readonly isWhole: boolean;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  hasNews: boolean;
}

/** As many bytes may wait for a slow reader; then its connection is closed, and it has to come back. */
const maxWaiting = 256 * 1024;

/** Between two messages that something has changed, in ms. */
const pause = 300;

/** Sent now and then, so that nobody in between takes the stream for dead, in ms. */
const heartbeat = 15_000;

/** What the answer to a request for a stream begins with. */
export const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
} as const;

const encoder = new TextEncoder();

/** Server-sent events (WHATWG HTML, 9.2) for any number of readers, up to a limit on the connections that they hold. */
export class Streams {
  readonly #recentEvents: RecentEvents;
  readonly #max: number;
  readonly #readers = new Set<Reader>();
  /** Those that are open, whether anybody reads from them or not. */
  readonly #sockets = new Set<Socket>();
  readonly #unread: () => void;
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(recentEvents: RecentEvents, max = 2000) {
    this.#recentEvents = recentEvents;
    this.#max = max;
    this.#unread = recentEvents.read((recent) => this.#tell(recent));
  }

  /** How many connections are open for streams. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Whether there is no room for another one. */
  get isFull(): boolean {
    return this.#sockets.size >= this.#max;
  }

  /** Says whether a connection has a stream: what is sent behind one never arrives. */
  has(socket: Socket): boolean {
    return this.#sockets.has(socket);
  }

  /**
   * Streams every event from now on, and those since an entry as far as they are still kept: where they are not, it begins with
   * `gap`.
   */
  events(socket: Socket, filter: StreamFilter, since: number | null): Response {
    return this.#open(socket, filter, true, (reader) => {
      if (since === null) return;
      const { entries, hasGap } = this.#recentEvents.since(since);
      if (hasGap) this.#send(reader, `event: gap\ndata: {"number":${this.#recentEvents.number}}\n\n`);
      for (const recent of entries) if (isWanted(recent, filter)) this.#send(reader, eventText(recent));
    });
  }

  /** Streams only that something has changed: at once at the beginning, and then with pauses. */
  changes(socket: Socket, filter: StreamFilter): Response {
    return this.#open(socket, filter, false, (reader) => this.#send(reader, this.#changeText()));
  }

  /** Ends all streams. */
  close(): void {
    this.#unread();
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    for (const reader of this.#readers) this.#end(reader);
  }

  #open(socket: Socket, filter: StreamFilter, isWhole: boolean, begin: (reader: Reader) => void): Response {
    let own: Reader | null = null;
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          own = { socket, filter, isWhole, controller, hasNews: false };
          this.#readers.add(own);
          // What is sent at once makes the headers go out as well.
          this.#send(own, "retry: 1000\n\n");
          begin(own);
        },
        cancel: () => {
          if (own !== null) this.#readers.delete(own);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: maxWaiting }),
    );
    this.#beat ??= setInterval(() => this.#toAll(": still here\n\n"), heartbeat).unref();
    return new Response(stream, { headers: streamHeaders });
  }

  #tell(recent: RecentEvent): void {
    let text: string | null = null;
    for (const reader of this.#readers) {
      if (!isWanted(recent, reader.filter)) continue;
      if (reader.isWhole) {
        text ??= eventText(recent);
        this.#send(reader, text);
      } else reader.hasNews = true;
    }
    this.#timer ??= setTimeout(() => this.#tellNews(), pause).unref();
  }

  #tellNews(): void {
    this.#timer = undefined;
    for (const reader of this.#readers) {
      if (!reader.hasNews) continue;
      reader.hasNews = false;
      this.#send(reader, this.#changeText());
    }
  }

  #changeText(): string {
    return `event: changed\ndata: {"number":${this.#recentEvents.number}}\n\n`;
  }

  #toAll(text: string): void {
    for (const reader of this.#readers) this.#send(reader, text);
  }

  #send(reader: Reader, text: string): void {
    try {
      reader.controller.enqueue(encoder.encode(text));
      if ((reader.controller.desiredSize ?? 0) <= 0) this.#cutOff(reader);
    } catch {
      // It has gone, and nobody has told us yet.
      this.#readers.delete(reader);
    }
  }

  /** Drops what waits for a stream together with its connection: it would hold both as long as it does not read. */
  #cutOff(reader: Reader): void {
    this.#readers.delete(reader);
    reader.socket.resetAndDestroy();
  }

  #end(reader: Reader): void {
    this.#readers.delete(reader);
    try {
      reader.controller.close();
    } catch {
      // It was closed already.
    }
  }
}

function isWanted(recent: RecentEvent, { domain, key }: StreamFilter): boolean {
  return (domain === undefined || recent.domain === domain) && (key === undefined || recent.key === key);
}

function eventText({ number, at, type, domain, key, text, event }: RecentEvent): string {
  return `id: ${number}\nevent: ${type}\ndata: ${JSON.stringify({ number, at, type, domain, key, text, event })}\n\n`;
}
