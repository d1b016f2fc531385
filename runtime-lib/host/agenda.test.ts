import fc from "fast-check";
import { expect, it } from "vitest";
import { Agenda, type Entry } from "./agenda.js";

it("gives what is due, earliest first, whatever was added and removed before", () => {
  const step = fc.record({ at: fc.nat(20), removes: fc.option(fc.nat(), { freq: 3 }), passes: fc.nat(3) });
  const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const agenda = new Agenda();
    let entries: Entry[] = [];
    let now = 0;
    for (const { at, removes, passes } of steps) {
      const entry = { at: now + at, ring: () => {} };
      agenda.add(entry);
      entries.push(entry);
      const removed = removes === null ? undefined : entries[removes % entries.length];
      if (removed !== undefined) {
        agenda.remove(removed);
        // What is not there is not missed.
        agenda.remove(removed);
        entries = entries.filter((other) => other !== removed);
      }
      now += passes;
      for (let due = agenda.take(now); due !== undefined; due = agenda.take(now)) {
        const own = due;
        expect(own.at).toBe(Math.min(...entries.map((other) => other.at)));
        entries = entries.filter((other) => other !== own);
      }
      expect(agenda.next).toBe(Math.min(Infinity, ...entries.map((other) => other.at)));
      expect(agenda.next).toBeGreaterThan(now);
    }
  });
  fc.assert(property, { numRuns: 500 });
});
