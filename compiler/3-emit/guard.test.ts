import { expect, it } from "vitest";
import { loadDomains } from "../testing/load.js";

it("evaluates an argument that may fault as a whole, whatever it consists of", async () => {
  const { Disk } = await loadDomains(`domain Disk {
    state { total: int  told: bool }
    goal Told { predicate told }
    transition Tell { step { if !told { emit Monitor.Full(total == 0 || 100 / total > 9) told = true } } }
  }`);
  expect(Disk?.transitions.Tell?.enabled({ total: 0, told: false })).toBe(true);
  expect(Disk?.transitions.Tell?.plan({ total: 0, told: false })?.intents).toEqual([{ effect: "Monitor.Full", args: [true] }]);
  expect(Disk?.transitions.Tell?.enabled({ total: 5, told: true })).toBe(false);
});
