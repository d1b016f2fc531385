import { describe, expect, it } from "vitest";
import type { Played } from "../../../runtime-lib/simulate/cue.js";
import { programOf } from "../../testing/load.js";
import { deviationFrom, stepsToPlay } from "./deviation.js";
import type { Story } from "./report.js";

const { domains } = programOf(`domain D {
  state { up: bool, n: int }
  goal G { predicate up }
  transition T { step { if !up { emit X() n += 1 } } }
}`);

/** A story in which `up` comes to be something step by step. */
function storyOf(values: readonly boolean[], rest: Partial<Story> = {}): Story {
  const steps = values.map((up, index) => {
    return { text: `this is ${index + 1}`, cue: { kind: "resume" as const }, consequences: [], state: { up, n: index } };
  });
  return { steps, repeatsFrom: null, end: [], mailbox: null, ...rest };
}

function played(values: readonly boolean[], phase: Played["phase"] = "working"): Played[] {
  return values.map((up) => ({ phase, state: { up, n: 0 } }));
}

function deviation(story: Story, all: readonly Played[], obstacle: string | null = null): string | null {
  return deviationFrom(story, { played: all, obstacle }, domains);
}

describe("what was played", () => {
  it("is as it is told where all fields are but those that only count", () => {
    expect(deviation(storyOf([false, true]), played([false, true]))).toBeNull();
  });

  it("deviates at the first step after which a field is otherwise", () => {
    expect(deviation(storyOf([false, true, true]), played([false, false, false]))).toBe(
      "after step 2 (this is 2) `up` is false, and not true",
    );
  });

  it("deviates where it cannot go on, and perhaps has before", () => {
    const cannot = "step 3 (this is 3) cannot be played, as T calls nothing here";
    expect(deviation(storyOf([false, true, true]), played([false, true]), "T calls nothing here")).toBe(cannot);
    expect(deviation(storyOf([true, true, true]), played([false, true]), "T calls nothing here")).toBe(
      `after step 1 (this is 1) \`up\` is false, and not true; ${cannot}`,
    );
  });
});

describe("a circle", () => {
  const circle = storyOf([false, true, false], { repeatsFrom: 1 });

  it("is played three times", () => {
    expect(stepsToPlay(circle).map(({ state }) => state.up)).toEqual([false, true, false, true, false, true, false]);
    expect(deviation(circle, played([false, true, false, true, false, true, false]))).toBeNull();
  });

  it("deviates in a later round, too", () => {
    const clause = (round: string) => `after step 2 of the ${round} round (this is 2) \`up\` is false, and not true`;
    expect(deviation(circle, played([false, true, false, false]))).toBe(clause("second"));
    expect(deviation(circle, played([false, true, false, true, false, false]))).toBe(clause("third"));
  });

  it("does not rest", () => {
    const all = played([false, true, false, true, false, true, false], "resting");
    expect(deviation(circle, all)).toBe("it comes to rest");
    expect(deviation(circle, [...all.slice(0, 1), ...played([true, false, true, false, true, false])])).toBeNull();
  });

  it("is elsewhere for a while once it is slowed down", () => {
    const slowed = [...played([false, true, false]), ...played([false, false], "oscillating"), ...played([true, true])];
    expect(deviation(circle, slowed)).toBeNull();
    expect(deviation(circle, slowed.slice(0, 5), "T calls nothing here")).toBeNull();
    expect(deviation({ ...circle, repeatsFrom: null }, slowed.slice(0, 5), "T calls nothing here")).toContain("cannot be played");
    expect(deviation(circle, slowed.slice(0, 3), "T calls nothing here")).toContain("cannot be played");
    expect(deviation(circle, [...slowed, ...played([true], "resting")], "T calls nothing here")).toBe("it comes to rest");
  });
});

describe("what stays where it is", () => {
  const dead = storyOf([false], { end: ["G A does not hold"] });
  const system = (instances: NonNullable<Played["instances"]>) =>
    deviation(dead, [{ ...played([false])[0], instances } as Played]);

  it("is stuck, by itself", () => {
    expect(deviation(dead, played([false], "stuck"))).toBeNull();
    expect(deviation(dead, played([false], "resting"))).toBe("in the end it is resting, and not stuck");
  });

  it("has an instance in a system that is stuck or waits for room, whoever is at work beside it", () => {
    expect(system({ "D/a": "working", "D/b": "stuck" })).toBeNull();
    expect(system({ "D/a": "waiting for room", "D/b": "resting" })).toBeNull();
    expect(system({ "D/a": "working", "D/b": "resting" })).toBe("in the end nobody is stuck");
  });
});
