// A client as clients are: it writes one number after the other through the proxy, and connects anew whenever it is cut off.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Begins to write. What it counts as written was acknowledged. */
export async function startWriter(port) {
  const connection = {
    host: "127.0.0.1",
    port,
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: 2000,
    query_timeout: 3000,
  };
  const acknowledged = [];
  const state = { isOver: false, longestOutage: 0, outages: 0, lastAt: Date.now() };
  const write = async () => {
    for (let number = 1; !state.isOver; ) {
      const client = new pg.Client(connection);
      client.on("error", () => {});
      try {
        await client.connect();
        while (!state.isOver) {
          await client.query("insert into written (number) values ($1) on conflict do nothing", [number]);
          acknowledged.push(number);
          const now = Date.now();
          const gap = now - state.lastAt;
          if (gap > 200) state.outages += 1;
          state.longestOutage = Math.max(state.longestOutage, gap);
          state.lastAt = now;
          number += 1;
          await sleep(5);
        }
      } catch {
        // Whether the last one was written is not known: it counts only once it is acknowledged.
        await sleep(20);
      } finally {
        await client.end().catch(() => {});
      }
    }
  };
  const written = write();
  return {
    acknowledged,
    state,
    /** Stops writing, and gives the numbers that were acknowledged and are not there. */
    async stop() {
      state.isOver = true;
      await written;
      const client = new pg.Client(connection);
      await client.connect();
      const { rows } = await client.query("select number from written");
      await client.end();
      const there = new Set(rows.map(({ number }) => number));
      return acknowledged.filter((number) => !there.has(number));
    },
  };
}
