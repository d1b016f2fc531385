// An operator settles an intent whose outcome nobody else will ever tell.
import { describe, expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { startFailover } from "../testing/failover.js";

/** A failover whose page has timed out: nobody knows. */
async function withHangingPage() {
  const all = await startFailover();
  all.dns.behave = () => undefined;
  await all.routing.observe({ primary_status: "failed" });
  await all.clock.advance(30_000);
  const [page] = all.routing.status.activations;
  if (page === undefined) throw new Error("the page is pending");
  return { ...all, page };
}

describe("resolve", () => {
  it("as happened commits, with who and why in the events, and gives up the call under way", async () => {
    const { routing, pager, clock, page, events } = await withHangingPage();
    await clock.advance(1000);
    await routing.resolve(page.key, "happened", { by: "ada", why: "the pager is gone for good" });
    expect(routing.status).toMatchObject({ phase: "resting", goals: { RoutingStable: { reality: "B" } } });
    expect(events.find(({ type }) => type === "settled")).toMatchObject({
      key: page.key,
      happened: true,
      by: "ada",
      why: "the pager is gone for good",
    });
    expect(pager.last.call.signal.aborted).toBe(true);
    pager.last.resolve();
    await quiet();
    expect(routing.status.phase).toBe("resting");
  });

  it("as not happened tries again while that is wanted", async () => {
    const { routing, pager, page } = await withHangingPage();
    await routing.resolve(page.key, "did not happen");
    expect(pager.last.call).toMatchObject({ key: page.key, attempt: 2 });
  });

  it("as not happened abandons what is no longer wanted", async () => {
    const { routing, page, types } = await withHangingPage();
    await routing.observe({ primary_status: "healthy" });
    expect(routing.status.phase).toBe("working");
    await routing.resolve(page.key, "did not happen");
    expect([routing.status.phase, types().includes("abandoned")]).toEqual(["resting", true]);
  });

  it("is refused for a key that no pending intent has", async () => {
    const { routing } = await withHangingPage();
    await expect(routing.resolve("DatabaseRouting/orders-db/k3f9a1/99/0", "happened")).rejects.toThrow(
      "no pending intent of DatabaseRouting has the key DatabaseRouting/orders-db/k3f9a1/99/0",
    );
  });
});
