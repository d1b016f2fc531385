import { expect, it } from "vitest";
import type { Line } from "./catalogue.js";
import { measurePairs } from "./pairs.js";

function measurement(name: string) {
  const line: Line = { name, figure: "rate", unit: "/s" };
  return { name, lines: [line] };
}

it("measures each pair as a whole, and begins every other with the head", async () => {
  const calls: string[] = [];
  await measurePairs([measurement("a"), measurement("b")], 3, async ({ name }, side) => {
    calls.push(`${name} ${side}`);
    return { rate: 1 };
  });
  const baseFirst = ["a base", "a head", "b base", "b head"];
  expect(calls).toEqual([...baseFirst, "a head", "a base", "b head", "b base", ...baseFirst]);
});

it("gives each line the values of its figure, pair by pair", async () => {
  let rate = 0;
  const lines: Line[] = [
    { name: "cycles", figure: "rate", unit: "/s" },
    { name: "memory", figure: "bytes", unit: "B" },
  ];
  const measured = await measurePairs([{ lines }], 2, async (_, side) => {
    rate += 1;
    return { rate, bytes: side === "base" ? 10 : 20 };
  });
  expect(measured).toEqual([
    {
      name: "cycles",
      figure: "rate",
      unit: "/s",
      pairs: [
        { base: 1, head: 2 },
        { base: 4, head: 3 },
      ],
    },
    {
      name: "memory",
      figure: "bytes",
      unit: "B",
      pairs: [
        { base: 10, head: 20 },
        { base: 10, head: 20 },
      ],
    },
  ]);
});

it("says which figure a measurement did not print", async () => {
  await expect(measurePairs([measurement("a")], 5, async () => ({}))).rejects.toThrow("printed no rate");
});
