import { expect, it } from "vitest";
import { compileAll, openSession } from "../index.js";

const worker = `domain Worker {
  state { up: bool, swept: bool }
  goal Up { predicate up strategy { Start } }
  transition Start { if !up { up = true } }
  transition Sweep { if !swept { emit Broom.Sweep() swept = true } }
}`;
const shop = `import { Worker } from "./worker.ved"
domain Shop { state { open: bool } goal Shut { predicate !open } transition Close { if open { send Worker Sweep open = false } } }`;

it("does not say that a transition never runs which a domain of another file asks for", () => {
  const codes = (files: readonly string[]) => {
    const sources = files.map((text, index) => ({ path: index === 0 ? "worker.ved" : "shop.ved", text }));
    return compileAll(sources).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
  };
  expect(codes([worker])).toContain("VED4011");
  expect(codes([worker, shop])).not.toContain("VED4011");
});

it("says it again in a session once nobody asks any more", () => {
  const session = openSession();
  const isSaid = () => session.diagnostics("worker.ved").some(({ code }) => code === "VED4011");
  session.update({ path: "worker.ved", text: worker });
  session.update({ path: "shop.ved", text: shop });
  expect(isSaid()).toBe(false);
  session.update({ path: "shop.ved", text: shop.replace("Sweep", "Start") });
  expect(isSaid()).toBe(true);
});
