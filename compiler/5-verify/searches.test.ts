import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { verify } from "../index.js";
import { programOf } from "../testing/load.js";
import { renderReport } from "./report/render.js";

/** Gives the warnings of each report on a program. */
async function warningsOf(text: string): Promise<string[][]> {
  const reports = await verify(programOf(text));
  return reports.map(({ findings }) => findings.map(({ diagnostic }) => `${diagnostic.code} ${diagnostic.message}`));
}

/** One lamp is started big, and the other one as it is declared; both ask the same question. */
const lamps = (asked: string) => `system Main { start Lamp["a"] start Lamp["b"] { big = true } }
  domain Lamp {
    state { hot: bool, on: bool, big: bool }
    goal Lit { predicate on == hot }
    transition Light { step { if on != hot { if ${asked} { emit L.Bright() on = hot big = true } else { emit L.Dim() on = hot big = false } } } }
  }`;

it("does not say that something makes no difference that does to an instance which begins otherwise", async () => {
  const text = readFileSync("fixtures/verify/systems/start-state-mended.ved", "utf8");
  expect(await warningsOf(text)).toEqual([[], []]);
});

it("does not say of one condition that it is always true and always false", async () => {
  expect(await warningsOf(lamps("big"))).toEqual([[], []]);
});

it("says what makes no difference however an instance begins", async () => {
  const own = ["VED5106 `on != hot` is always true here, in every state in which it is asked."];
  expect(await warningsOf(lamps("on != hot || big"))).toEqual([own, own]);
});

it("tells apart in the first line what begins with values of its own", async () => {
  const reports = await verify(programOf(lamps("big")));
  expect(reports.map((report) => renderReport(report).split(":")[0])).toEqual(["Lamp", "Lamp started with big = true"]);
});

/** Each is served but the one that is called "west". */
const tenants = (system: string) => `${system} domain Tenant {
  state { on: bool, done: bool }
  goal Done { predicate on == done }
  transition Serve { if on && !done && self != "west" { emit Tenant.Serve(self) done = true } }
  transition Rest { if !on && done { done = false } }
}`;

it("looks at each key that a system starts, and at every key where nothing says what there is", async () => {
  const firstLines = async (system: string) => {
    const reports = await verify(programOf(tenants(system)));
    return reports.map((report) => renderReport(report).split(":", 2).join(":"));
  };
  expect(await firstLines("")).toEqual(["Tenant: refuted"]);
  expect(await firstLines('system Main { start Tenant["east"] start Tenant["west"] }')).toEqual([
    'Tenant started with self = "east": proved',
    'Tenant started with self = "west": refuted',
  ]);
});

it("says that keys which a system does not start were not looked at", async () => {
  const [report] = await verify(programOf(tenants('system Main { start Tenant["east"] }')));
  expect(report?.assumes).toContain("nobody outside brings a `Tenant` to life that its system does not start");
});
