import { emit } from "../emit.js";
import type { Definition } from "../kernel/definition.js";
import type { State } from "../kernel/value.js";

/**
 * Makes two nodes of which at least one must be up; each is drained when wanted, by an effect or at once. They are made by hand,
 * for the tests of the kernel.
 */
export const nodes = (isSlow: boolean, doWait = true): Definition => ({
  name: "Nodes",
  initial: { drainA: false, drainB: false, upA: true, upB: true },
  merge: (state, changes) => ({ ...state, ...changes }) as State,
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  goals: { Drained: ({ drainA, drainB, upA, upB }) => (upA === !drainA && upB === !drainB ? "A" : null) },
  transitions: Object.fromEntries(
    ["A", "B"].map((node) => {
      const isWanted = (state: State) => state[`drain${node}`] === true && state[`up${node}`] === true;
      const plan = { intents: isSlow ? [emit(`Drain${node}`)] : [], writes: { [`up${node}`]: false } };
      const transition = {
        waitsFor: doWait ? [`Drain${node === "A" ? "B" : "A"}`] : [],
        reads: [`drain${node}`, `up${node}`],
        uses: [`Drain${node}`],
        guards: ["upA", "upB"],
        enabled: isWanted,
        plan: (state: State) => (isWanted(state) ? plan : null),
      };
      return [`Drain${node}`, transition];
    }),
  ),
  invariants: { OneUp: ({ upA, upB }) => upA === true || upB === true },
  effects: ["DrainA", "DrainB"],
});
