import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/** Where it listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Ends all connections: those that are idle at once, others when they are done, or after a second. */
  close(): Promise<void>;
}

/** Slow senders are given so long: for the head of a request, and for all of it, in ms. */
const headTime = 10_000;
const requestTime = 20_000;

/** What connections may take. */
export interface ConnectionLimits {
  /** One on which nothing moves for so long is closed, whatever waits for it, in ms; streams move more often. */
  readonly idleTime?: number;
  /** More at a time are not taken: files have to be opened as well. */
  readonly maxConnections?: number;
}

/** What is still open then is cut off, in ms. */
const lastWait = 1000;

/** Listens. @throws (as a rejection) the error of the system: the port is taken, the address is not this machine's */
export async function listen(
  app: Hono,
  host: string,
  port: number,
  { idleTime = 60_000, maxConnections = 4000 }: ConnectionLimits = {},
): Promise<Listening> {
  const serverOptions = {
    connectionsCheckingInterval: 5000,
    headersTimeout: headTime,
    requestTimeout: requestTime,
    keepAliveTimeout: 5000,
  };
  // Without TLS it is a plain server of Node's.
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
  server.setTimeout(idleTime);
  server.maxConnections = maxConnections;
  // Their size has a limit; with one on their number, what is over it would be dropped without a word.
  server.maxHeadersCount = 0;
  await new Promise<void>((accept, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.removeListener("error", reject);
      accept();
    });
  });
  const address = server.address();
  return {
    host,
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((accept) => {
    const last = setTimeout(() => server.closeAllConnections(), lastWait);
    server.close(() => {
      clearTimeout(last);
      accept();
    });
    server.closeIdleConnections();
  });
}
