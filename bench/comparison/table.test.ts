import { expect, it } from "vitest";
import { resultOf } from "./result.js";
import { renderTable } from "./table.js";

const five = (base: number, head: number) => Array.from({ length: 5 }, () => ({ base, head }));
const cycles = resultOf({ name: "cycles", figure: "perSecond", unit: "/s", pairs: five(400_000, 300_000) });
const check = resultOf({ name: "check", figure: "cpuMilliseconds", unit: "CPU ms", pairs: five(178.52, 150) });
const size = resultOf({ name: "size-seed", figure: "gzipped", unit: "B", pairs: five(12_785, 12_785) });
const comparison = {
  machine: { cores: 2, node: "v20.20.2" },
  base: { revision: "main", commit: "bd31dbe6d5a2c0a8f5c7" },
  head: { revision: null, commit: null },
  pairs: 5,
};

it("says of each line which is faster, and by how much, whatever is better of it: more or less", () => {
  expect(renderTable({ ...comparison, results: [cycles, check, size] })).toMatchInlineSnapshot(`
    "A is main (bd31dbe), B is the working tree; 5 pairs, 2 cores, Node v20.20.2

                     A        B          ratio   90 % interval
    cycles     400,000  300,000  /s      0.750  0.750 to 0.750  worse
    check        178.5      150  CPU ms  1.190  1.190 to 1.190  better
    size-seed   12,785   12,785  B       1.000  1.000 to 1.000  same

    Worse: cycles.
    "
  `);
});

it("says where nothing is worse", () => {
  expect(renderTable({ ...comparison, results: [check, size] })).toContain("\nNothing is worse.\n");
});
