// Oscillation and faults: state like any other.
import { describe, expect, it } from "vitest";
import { startProgram } from "../testing/start.js";

describe("oscillation", () => {
  const program = `domain Flip {
    state { go: bool, on: bool }
    goal G { predicate !go }
    transition On { step { if go && !on { on = true } } }
    transition Off { step { if go && on { on = false } } }
  }`;

  it("is found at the third visit, published, and slowed down ever more", async () => {
    const { running, clock, of } = await startProgram(program, []);
    await running.observe({ go: true });
    expect((await running.settled()).phase).toBe("oscillating");
    expect(of("committed")).toHaveLength(5);
    const began = clock.now();
    await clock.advance(16_000);
    expect(of("oscillating").map(({ at }) => at - began)).toEqual([0, 1000, 3000, 7000, 15_000]);
    await running.observe({ go: false });
    expect([running.status.phase, clock.pending]).toEqual(["resting", []]);
  });

  it("is also that one event causes a thousand commits", async () => {
    const { running, of } = await startProgram(
      `domain Up { state { n: int } goal G { predicate n == 0 } transition More { step { if n > 0 { n += 1 } } } }`,
      [],
    );
    await running.observe({ n: 1 });
    expect([running.status.phase, of("committed").length]).toEqual(["oscillating", 1000]);
  });

  it("lets every transition have its turn", async () => {
    const { running } = await startProgram(
      `domain Fair {
        state { go: bool, a: int, b: int, noise: int }
        goal G { predicate !go || (a >= 2 && b >= 2) }
        transition Noise { step { if go { noise += 1 } } }
        transition A { step { if go && a < 2 { a += 1 } } }
        transition B { step { if go && b < 2 { b += 1 } } }
      }`,
      [],
    );
    await running.observe({ go: true });
    expect(running.status.phase).toBe("resting");
    expect(running.state).toMatchObject({ a: 2, b: 2 });
  });
});

describe("a transition that goes round in circles", () => {
  it("does not keep the others from their turn, however slow it all gets", async () => {
    const { running, adapters, clock } = await startProgram(
      `domain D {
        state { go: bool, x: bool, seen: bool }
        goal G { predicate !go || seen }
        transition Flip { step { if go { x = !x } } }
        transition Ask { step { if go && !seen { emit Act() } } }
      }`,
      ["Act"],
    );
    adapters.Act.behave = () => "done";
    await running.observe({ go: true });
    await clock.advance(300_000);
    expect(adapters.Act.calls.length).toBeGreaterThan(3);
  });
});

describe("faults are state", () => {
  const program = `domain Share {
    state { total: int, people: int, share: int, other: bool }
    goal Shared { predicate share == total }
    goal Others { predicate other }
    transition Divide { step { share = total / people } }
    transition Other { step { other = true } }
  }`;

  it("a step that faults is marked, hinders nothing else, and is tried again after the next change", async () => {
    const { running, of } = await startProgram(program, []);
    await running.observe({ total: 6 });
    expect(running.state.other).toBe(true);
    expect(running.status).toMatchObject({
      phase: "stuck",
      faults: [{ kind: "transition", name: "Divide", reason: "6 / 0 is a division by zero" }],
    });
    await running.observe({ people: 1 });
    expect(running.status).toMatchObject({ phase: "resting", faults: [] });
    expect(of("faulted").length).toBeGreaterThan(0);
  });

  it("a predicate that faults does not hold, and is listed", async () => {
    const { running } = await startProgram(
      `domain D { state { n: int } goal G { predicate 10 / n > 1 } transition T { step { if n < 0 { n = 1 } } } }`,
      [],
    );
    expect(running.status).toMatchObject({
      phase: "stuck",
      goals: { G: { holds: false } },
      faults: [{ kind: "goal", name: "G" }],
    });
    await running.observe({ n: 2 });
    expect(running.status).toMatchObject({ phase: "resting", faults: [] });
  });

  it("a string that doubles at every commit ends as a fault", async () => {
    const { running } = await startProgram(
      `domain D { state { s: string } goal G { predicate s == "" } transition T { step { if s != "" { s = s + s } } } }`,
      [],
    );
    await running.observe({ s: "x" });
    expect(running.status.faults).toMatchObject([
      { name: "T", reason: "a string of more than 65536 characters is out of budget" },
    ]);
  });

  it("an int that leaves its range is a fault", async () => {
    const { running } = await startProgram(
      `domain D { state { n: int } goal G { predicate n == 0 } transition T { step { if n > 0 { n *= 2 } } } }`,
      [],
    );
    await running.observe({ n: Number.MAX_SAFE_INTEGER });
    expect(running.status.faults).toMatchObject([{ name: "T", reason: "9007199254740991 * 2 is out of the range of int" }]);
  });
});
