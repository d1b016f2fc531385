import { assign, createActor, fromPromise, setup } from "xstate";

/** Starts the failover loop as an XState machine. */
export function startXState(effects) {
  const machine = setup({
    actors: {
      updateDNS: fromPromise(({ input }) => effects.Network.UpdateDNS(input)),
      page: fromPromise(({ input }) => effects.Alerts.PageEngineers(input)),
    },
  }).createMachine({
    context: { active_route: "primary", alert_sent: false },
    initial: "normal",
    states: {
      normal: { on: { failed: "failingOver" } },
      failingOver: {
        type: "parallel",
        onDone: "degraded",
        states: {
          routing: {
            initial: "running",
            states: {
              running: {
                invoke: {
                  src: "updateDNS",
                  input: "replica",
                  onDone: { target: "done", actions: assign({ active_route: "replica" }) },
                },
              },
              done: { type: "final" },
            },
          },
          paging: {
            initial: "running",
            states: {
              running: {
                invoke: {
                  src: "page",
                  input: "Primary DB Down",
                  onDone: { target: "done", actions: assign({ alert_sent: true }) },
                },
              },
              done: { type: "final" },
            },
          },
        },
      },
      degraded: { on: { healthy: "restoring" } },
      restoring: {
        invoke: {
          src: "updateDNS",
          input: "primary",
          onDone: { target: "normal", actions: assign({ active_route: "primary", alert_sent: false }) },
        },
      },
    },
  });
  const actor = createActor(machine);
  const isAtRest = () => actor.getSnapshot().value === "normal" || actor.getSnapshot().value === "degraded";
  let waiting = null;
  actor.subscribe(() => {
    if (waiting === null || !isAtRest()) return;
    const resolve = waiting;
    waiting = null;
    resolve();
  });
  actor.start();
  return {
    async observe({ primary_status }) {
      actor.send({ type: primary_status });
    },
    settled: () => (isAtRest() ? Promise.resolve() : new Promise((resolve) => (waiting = resolve))),
  };
}
