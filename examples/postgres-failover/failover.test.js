import { expect, it } from "vitest";
import { hasPostgres, play } from "./scenario.js";

const isThere = hasPostgres();
if (!isThere)
  it.skip("a real PostgreSQL fails over: skipped, as PostgreSQL is not installed (apt-get install postgresql)", () => {});

/** The scenario takes ten seconds; on a busy machine more. In ms. */
const timeout = 240_000;

const expected = { lost: 0, pagesBefore: 0, pages: 1, route: "primary", roles: ["primary", "standby"] };

it.runIf(isThere)(
  "a real PostgreSQL fails over, pages, and is restored, while a client writes and loses nothing",
  { timeout },
  async () => {
    const result = await play();
    expect(result).toMatchObject(expected);
    expect(result.written).toBeGreaterThan(100);
  },
);

it.runIf(isThere)(
  "the same, with `vedc run` itself killed by SIGKILL in the middle of the failover and of the way back",
  async () => {
    expect(await play({ kills: 2 })).toMatchObject({ ...expected, kills: 4 });
  },
);
