import { createMachine, interpret, invoke, reduce, state, transition } from "robot3";

/** Starts the failover loop in robot3, which has no parallel states: both actions are one invocation, and there is no retry. */
export function startRobot3(effects) {
  const failOver = () => Promise.all([effects.Network.UpdateDNS("replica"), effects.Alerts.PageEngineers("Primary DB Down")]);
  const restore = () => effects.Network.UpdateDNS("primary");
  const set = (route, sent) => reduce((context) => ({ ...context, active_route: route, alert_sent: sent }));
  const machine = createMachine(
    "normal",
    {
      normal: state(transition("failed", "failingOver")),
      failingOver: invoke(failOver, transition("done", "degraded", set("replica", true))),
      degraded: state(transition("healthy", "restoring")),
      restoring: invoke(restore, transition("done", "normal", set("primary", false))),
    },
    () => ({ active_route: "primary", alert_sent: false }),
  );
  let waiting = null;
  const isAtRest = (name) => name === "normal" || name === "degraded";
  const service = interpret(machine, ({ machine: { current } }) => {
    if (waiting === null || !isAtRest(current)) return;
    const resolve = waiting;
    waiting = null;
    resolve();
  });
  return {
    async observe({ primary_status }) {
      service.send(primary_status);
    },
    settled: () => (isAtRest(service.machine.current) ? Promise.resolve() : new Promise((resolve) => (waiting = resolve))),
  };
}
