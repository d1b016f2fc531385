// `priority`, `strategy`, `@priority`: who serves which goal, and who comes first.
import { expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { startProgram } from "../testing/start.js";

it("considers what is more important first, wherever it is declared", async () => {
  const text = `domain D {
    state { go: bool, order: string }
    goal G { predicate !go || order != "" }
    @priority(low) transition Third { step { if go { order = order + "3" } } }
    transition Second { step { if go { order = order + "2" } } }
    @priority(critical) transition First { step { if go { order = order + "1" } } }
  }`;
  const { running } = await startProgram(text, []);
  await running.observe({ go: true });
  expect(running.state.order).toBe("1");
});

it("looks at what is more important again after each commit, and takes those of one priority round robin", async () => {
  const text = `domain D {
    state { go: bool, log: string, urgent: int }
    goal G { predicate !go || log == "uaubuc" }
    transition A { step { if go && urgent == 0 { log = log + "a" urgent = 1 } } }
    transition B { step { if go && urgent == 0 { log = log + "b" urgent = 1 } } }
    transition C { step { if go && urgent == 0 { log = log + "c" urgent = 1 } } }
    @priority(high) transition U { step { if go && urgent > 0 { log = log + "u" urgent = 0 } } }
  }`;
  const { running } = await startProgram(text, []);
  await running.observe({ go: true, urgent: 1 });
  expect(running.state.log).toBe("uaubuc");
});

it("gives a transition the place of the most important goal that it serves", async () => {
  const text = `domain D {
    state { go: bool, log: string }
    goal Minor { priority low predicate !go || log != "" strategy { Minor } }
    goal Major { priority 900 predicate !go || log != "" strategy { Major } }
    transition Minor { step { if go { log = log + "minor" } } }
    transition Major { step { if go { log = log + "major" } } }
  }`;
  const { running } = await startProgram(text, []);
  await running.observe({ go: true });
  expect(running.state.log).toBe("major");
});

it("runs no transition whose goals hold, whatever else is broken", async () => {
  const text = `domain D {
    state { up: bool = true, clean: bool = true }
    goal Up { predicate up strategy { Restart } }
    goal Clean { predicate clean strategy { Sweep } }
    transition Restart { step { if !clean || !up { emit Restart() up = true } } }
    transition Sweep { step { if !clean { emit Sweep() clean = true } } }
  }`;
  const { running, adapters } = await startProgram(text, ["Restart", "Sweep"]);
  await running.observe({ clean: false });
  expect(adapters.Restart.calls).toHaveLength(0);
  adapters.Sweep.last.resolve();
  await quiet();
  expect(running.status.phase).toBe("resting");
});

it("gives up what waits once the goals that it serves hold", async () => {
  const text = `domain D {
    state { up: bool = true, clean: bool = true }
    goal Up { predicate up strategy { Restart } }
    goal Clean { predicate clean strategy { Sweep } }
    transition Restart { step { if !up { emit Restart() up = true } } }
    transition Sweep { step { if !clean { emit Sweep() clean = true } } }
  }`;
  const { running, adapters, of } = await startProgram(text, ["Restart", "Sweep"]);
  await running.observe({ up: false, clean: false });
  adapters.Restart.last.reject(new Error("503"));
  await quiet();
  await running.observe({ up: true });
  expect(of("abandoned")).toMatchObject([{ transition: "Restart", reason: "no longer wanted" }]);
});
